"""What a view is handed: Django's request with the town and, behind the sign-in, with a person."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

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
