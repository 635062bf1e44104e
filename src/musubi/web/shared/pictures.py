"""A picture's bytes: the small one for who asks for it, and nothing for who has it already."""

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import get_conditional_response

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from musubi.base.files.models import StoredFile


def picture_answer(request: HttpRequest, file: "StoredFile", *, cache: str) -> "HttpResponseBase":
    """`?small` asks for the picture of a telephone; `cache` says who may keep it for how long. Lost bytes: 404."""
    is_small = "small" in request.GET and bool(file.small)
    etag = f'"{file.sha256[:32]}{"-small" if is_small else ""}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag)
    if answer is None:
        try:
            content = (file.small if is_small else file.file).open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        answer = FileResponse(content, content_type=file.content_type)
    answer["Cache-Control"] = cache
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
