"""Whether a page has furigana: as the reader has chosen (a cookie, for a year), else in やさしい日本語 alone."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from musubi.base.common.languages import current_language

from .looks import YEAR

COOKIE = "furigana"
ON, OFF, AUTO = "on", "off", "auto"
CHOICES = (
    (AUTO, _("やさしい日本語のときだけ付ける")),
    (ON, _("いつも付ける")),
    (OFF, _("付けない")),
)
EASY, ENGLISH = "ja-easy", "en"


def chosen_furigana(request: HttpRequest) -> str:
    """`on`, `off` or `auto`; anything else in the cookie counts as `auto`."""
    chosen = request.COOKIES.get(COOKIE, AUTO)
    return chosen if chosen in (ON, OFF) else AUTO


def has_furigana(request: HttpRequest) -> bool:
    """Whether this page, in the language that is spoken now, has furigana; never in English."""
    chosen = chosen_furigana(request)
    is_easy = current_language().code == EASY
    return offers_furigana() and (chosen == ON or (chosen == AUTO and is_easy))


def offers_furigana() -> bool:
    """Whether pages in the language that is spoken now can have furigana."""
    return current_language().code != ENGLISH


def helps_readers(request: HttpRequest) -> bool:
    """Whether this reader may find the page hard to read: with furigana, or in やさしい日本語 without."""
    return has_furigana(request) or current_language().code == EASY


def keep_furigana(request: HttpRequest, response: HttpResponse, chosen: str) -> bool:
    """Remember a choice; False for what is none."""
    if chosen not in (ON, OFF, AUTO):
        return False
    response.set_cookie(
        COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return True
