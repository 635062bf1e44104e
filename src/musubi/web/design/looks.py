"""The light and the dark look: as the device says, unless the reader has chosen; kept in a cookie for a year."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "look"
YEAR = 365 * 24 * 60 * 60
LOOKS = (
    ("auto", _("端末の設定に合わせる")),
    ("light", _("明るい（白い背景に黒い字）")),
    ("dark", _("暗い（黒い背景に白い字）")),
)
MEDIA = {"auto": "screen and (prefers-color-scheme: dark)", "light": "not all", "dark": "screen"}


def look_of(request: HttpRequest) -> str:
    """`auto`, `light` or `dark`; anything else in the cookie counts as `auto`."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in MEDIA else "auto"
