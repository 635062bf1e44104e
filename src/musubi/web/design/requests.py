"""What a view is handed: Django's request with the town and, behind the sign-in, with a person."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.base.places.models import Municipality

    class TownRequest(HttpRequest):
        """A page of a town. Only an installation without any town has none; the home page asks for that."""

        municipality: Municipality

    class PersonRequest(TownRequest):
        """A page behind the sign-in: `ClosedByDefault` lets nobody else in."""

        user: User

else:
    TownRequest = PersonRequest = HttpRequest


def safe_next(request: HttpRequest) -> str:
    """Where `next` asks to go on to, if that is a page of this site; else nothing."""
    # A half-filled form that a switch took along may have a `next` of its own.
    own = "" if "half_filled" in request.GET else request.POST.get("next")
    asked = own or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
