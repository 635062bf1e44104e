"""A sheet as the answer to a request: quickly again, not without end, and with a sentence where it cannot be."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from musubi.base.places.models import Municipality
from musubi.web.design.wording import era_day

from ..limits import asks_too_often
from .codes import code_of
from .fonts import PACKAGE, Fitting, FontMissing, Fonts, fonts
from .typesetting import set_in_type

KEPT_BY_BROWSERS = 300


def pdf_answer(
    request: HttpRequest,
    sheet: str,
    *,
    title: str,
    town: Municipality,
    link: str,
    values: dict[str, Any],
    open_to_all: bool = False,
) -> HttpResponseBase:
    """`sheets/<sheet>.typ` with the shared parts around `values`, as a download named after `title`.

    `link` is the page that the QR code leads to. Without a Japanese font 503 and whom to ask for what.
    """
    try:
        found = fonts()
    except FontMissing:
        return render(request, "503.html", {"package": PACKAGE}, status=503)
    content = _fitted(found, title=title, town=town, link=link, values=values)
    day = timezone.localdate()
    etag = f'"{hashlib.sha256(f"{sheet}{day}{content}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        if asks_too_often(request, "paper"):
            return render(request, "429.html", status=429)
        pdf = set_in_type(sheet, content, day, found)
        answer = HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": _named(title)},
        )
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={KEPT_BY_BROWSERS}" if open_to_all else "private, no-cache"
    return answer


def _fitted(found: Fonts, *, title: str, town: Municipality, link: str, values: dict[str, Any]) -> str:
    fitting = Fitting(found)
    whole = fitting.fit(
        {
            "title": title,
            "town": town.name,
            "contact": town.contact,
            "link": link,
            "printed": _("印刷した日：%(day)s") % {"day": era_day(timezone.localdate())},
            "values": values,
        }
    )
    assert isinstance(whole, dict)
    whole["code"] = code_of(link)
    whole["code_words"] = _("%(link)s を開くQRコード") % {"link": link}
    whole["language"] = (get_language() or "ja").partition("-")[0]
    whole["missing"] = (
        _("印刷できない字を〓にしました（%(codes)s）。正しい字は、この紙にあるアドレスのページで見られます。")
        % {"codes": fitting.missing_codes}
        if fitting.missing
        else ""
    )
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _named(title: str) -> str:
    clean = "".join(char if char.isalnum() or char in "ー・（）-_" else " " for char in title)
    return content_disposition_header(True, f"{' '.join(clean.split())[:80]}.pdf") or "attachment"
