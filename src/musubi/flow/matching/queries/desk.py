"""What a coordinator has before them: the needs of their places, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from musubi.base.common.enums import Source
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import actors_for, mandated_areas_of
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.models import Issue
from musubi.flow.issues.queries import issues_for
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing, Requirement
from musubi.flow.listings.queries import editable_listings_for, listings_for, of_open_actors, touching

from ..enums import Fit, fit_of
from .proposals import proposals_for

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


@dataclass(frozen=True)
class Found:
    """How many proposals a need has, and how well the best of them fits."""

    number: int = 0
    fit: Fit | None = None


def waiting_needs_for(
    user: "Person", municipality: Municipality, area: Area | None = None
) -> QuerySet[Listing]:
    """The queue: published needs of a town, in the coordinator's own areas or in the one asked for."""
    rows = of_open_actors(listings_for(user)).filter(
        municipality=municipality, side=Side.NEED, state=ListingState.PUBLISHED, hidden_at=None
    )
    return touching(rows, [area] if area else mandated_areas_of(user, municipality.pk))


def asking_for(needs: QuerySet[Listing], resource: str) -> QuerySet[Listing]:
    """Those with a requirement of this kind."""
    return needs.filter(Exists(Requirement.objects.filter(listing=OuterRef("pk"), resource=resource)))


def without_proposals(user: "Person", needs: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those for which `found_for` says that nothing was found."""
    found = proposals_for(user).filter(need=OuterRef("pk"))
    return needs.filter(~Exists(found.order_by().values("pk")))


def found_for(user: "Person", needs: Iterable[Listing]) -> dict[int, Found]:
    """What was found for each of these needs that this person may read, in one query."""
    rows = (
        proposals_for(user)
        .filter(need__in=list(needs))
        .order_by()
        .values("need")
        .annotate(number=Count("pk"), best=Max("score"))
    )
    return {row["need"]: Found(row["number"], fit_of(row["best"])) for row in rows}


def waiting_issues_for(user: "Person", municipality: Municipality) -> QuerySet[Issue]:
    """Issues of the coordinator's areas that nobody has taken up."""
    rows = issues_for(user).filter(municipality=municipality, state=IssueState.OPEN, hidden_at=None)
    areas = mandated_areas_of(user, municipality.pk)
    if not areas:
        return rows
    paths = [area.path for area in areas]
    within = Area.objects.none()
    for path in paths:
        within |= Area.objects.filter(path__startswith=path)
    return rows.filter(area__in=within.order_by().values("pk"))


def open_actors_for(user: "Person") -> QuerySet[Actor]:
    """Readable actors that have not ended: whom something may be typed in for."""
    return actors_for(user).exclude(state=ActorState.CLOSED)


def entered_drafts_of(user: "Person", municipality: Municipality) -> QuerySet[Listing]:
    """What this person has typed in for others and not published yet, the newest first."""
    rows = editable_listings_for(user).filter(
        municipality=municipality, entered_by_id=user.pk, state=ListingState.DRAFT
    )
    return rows.exclude(source=Source.IMPORT).order_by("-updated_at", "-pk")
