"""What every page knows: its town, whether this is the demonstration, and where one may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.base.notify.queries import unread_count_for
from musubi.base.places.models import Municipality
from musubi.flow.actors.queries import standing_of


def town_and_navigation(request: HttpRequest) -> dict[str, Any]:
    """`municipality`, `demonstration` and `navigation`."""
    municipality = getattr(request, "municipality", None)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    town = municipality.pk if municipality else 0
    standing = standing_of(user) if signed_in and user else None
    return {
        "municipality": municipality,
        "demonstration": settings.DEMONSTRATION,
        "navigation": {
            "signed_in": signed_in,
            "can_desk": bool(standing and town in standing.staff_in),
            "can_office": bool(standing and town in standing.office_in),
            "unread_count": unread_count_for(user) if signed_in and user else 0,
            "demonstration_links": _demonstration_links(municipality),
        },
    }


def _demonstration_links(municipality: Municipality | None) -> list[tuple[str, str]]:
    if not settings.DEMONSTRATION or (municipality and not municipality.is_demonstration):
        return []
    return [(_("登場人物として入る"), reverse("demo:people")), (_("郵便受け"), reverse("demo:mail"))]
