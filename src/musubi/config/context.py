"""What every page knows: its town, whether this is the demonstration, and where one may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.base.notify.queries import unread_count_for
from musubi.base.places.models import Municipality
from musubi.flow.actors.queries import standing_of
from musubi.web.design.accent import USUAL
from musubi.web.design.furigana import has_furigana, helps_readers, offers_furigana
from musubi.web.design.looks import MEDIA, look_of
from musubi.web.design.offline.rules import wants_pages_kept


def town_and_navigation(request: HttpRequest) -> dict[str, Any]:
    """`municipality`, `demonstration`, `navigation`, and how the page looks."""
    municipality = getattr(request, "municipality", None)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    town = municipality.pk if municipality else 0
    standing = standing_of(user) if signed_in and user else None
    look = look_of(request)
    return {
        "look": look,
        "dark_media": MEDIA[look],
        "furigana": has_furigana(request),
        "furigana_offered": offers_furigana(),
        "helps_readers": helps_readers(request),
        "accent": "" if settings.ACCENT == USUAL else settings.ACCENT.removeprefix("#"),
        "worker": reverse("offline:worker") if wants_pages_kept(request) else "off",
        "municipality": municipality,
        "demonstration": settings.DEMONSTRATION,
        "navigation": {
            "signed_in": signed_in,
            "can_desk": bool(standing and town in standing.staff_in),
            "can_office": bool(standing and town in standing.office_in),
            "pages": _pages(request.path),
            "unread_count": unread_count_for(user) if signed_in and user else 0,
            "demonstration_links": _demonstration_links(municipality),
        },
    }


def _pages(path: str) -> list[tuple[str, str, bool]]:
    """The main pages: label, address, and whether this page is one of theirs."""
    home = reverse("public:home")
    pages = [
        (_("はじめ"), home),
        (_("ニーズと提供"), reverse("public:search")),
        (_("地域の困りごと"), reverse("public:issues")),
        (_("プロジェクト"), reverse("public:projects")),
        (_("事例"), reverse("public:stories")),
        (_("活動の手引き"), reverse("public:guides")),
        (_("協働メニュー"), reverse("public:menu")),
        (_("公的な登録簿"), reverse("public:register")),
    ]
    if path.startswith("/listings/"):
        path = reverse("public:search")
    return [(label, url, path == url or (url != home and path.startswith(url))) for label, url in pages]


def _demonstration_links(municipality: Municipality | None) -> list[tuple[str, str]]:
    if not settings.DEMONSTRATION or (municipality and not municipality.is_demonstration):
        return []
    return [(_("登場人物として入る"), reverse("demo:people")), (_("郵便受け"), reverse("demo:mail"))]
