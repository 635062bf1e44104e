"""A form bound to what was posted, or to what an expired sign-in had kept."""

from typing import Any, TypeVar

from django.http import HttpRequest

from musubi.web.design.forms import Form
from musubi.web.design.kept import kept_for

F = TypeVar("F", bound=Form)


def typed(request: HttpRequest, form_class: type[F], **arguments: Any) -> F:
    """The posted form, or an unjudged one with what was typed before (`form.was_kept`), or an empty one."""
    if request.method == "POST":
        return form_class(request.POST, **arguments)
    kept = kept_for(request)
    form = form_class(kept, **arguments)
    if kept is not None:
        form.keep_unchecked()
        form.was_kept = True  # type: ignore[attr-defined]
    return form
