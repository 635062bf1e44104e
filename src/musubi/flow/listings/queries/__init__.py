"""The only door to listings."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.common.enums import Source, Visibility
from musubi.base.common.links import read_token
from musubi.base.common.prepared import Given
from musubi.base.places.models import Area
from musubi.flow.actors.enums import ACTOR_SHOWN, ActorState
from musubi.flow.actors.models import Membership
from musubi.flow.actors.queries import readable, standing_of
from musubi.flow.actors.queries.standing import MAY_EDIT

from ..enums import LISTING_SHOWN, MATCHABLE, ListingState, Template
from ..models import Listing, MenuItem

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

ACTOR_MATCHABLE = ACTOR_SHOWN | {ActorState.DRAFT}
UNCONFIRMED_AFTER = dt.timedelta(days=90)
ASKED_AGAIN_AFTER = dt.timedelta(days=14)
MOST_TIMES_ASKED = 2
STILL = "still"
"""The purpose of the links by which a listing's people answer without signing in."""


def listings_for(user: "Person") -> QuerySet[Listing]:
    """Listings this person may read.

    Shown ones within reach, all of one's own actors, and for staff those of their town; a draft
    belongs to its actor alone, and to whoever typed it in.
    """
    standing = standing_of(user)
    shown = Q(state__in=LISTING_SHOWN, hidden_at=None, actor__state__in=ACTOR_SHOWN, actor__hidden_at=None)
    rows = shown & readable(user)
    rows |= Q(actor__in=standing.actor_ids)
    if standing.staff_in:
        rows |= Q(municipality__in=standing.office_in) & ~Q(state=ListingState.DRAFT)
        rows |= (
            Q(municipality__in=standing.coordinates_in)
            & ~Q(state=ListingState.DRAFT)
            & ~Q(visibility=Visibility.CITY_HALL)
        )
        rows |= Q(entered_by_id=user.pk, municipality__in=standing.staff_in)
    return Listing.objects.filter(rows).select_related("actor", "municipality", "menu_item")


def own_listings_for(user: "Person") -> QuerySet[Listing]:
    """Everything of the actors this person acts for, drafts too."""
    return Listing.objects.filter(actor__in=standing_of(user).actor_ids).select_related(
        "actor", "municipality", "menu_item"
    )


def editable_listings_for(user: "Person") -> QuerySet[Listing]:
    """What this person may have open in a form: the own actors' listings, and what staff brought in.

    Of the latter only what the person may read: a draft is its typist's and its actor's alone, and
    what is for the city hall stays with the office.
    """
    standing = standing_of(user)
    rows = Q(actor__in=standing.actor_ids)
    if standing.staff_in:
        brought_in = ~Q(source=Source.WEB)
        begun = brought_in & ~Q(state=ListingState.DRAFT)
        rows |= begun & Q(municipality__in=standing.office_in)
        rows |= begun & Q(municipality__in=standing.coordinates_in) & ~Q(visibility=Visibility.CITY_HALL)
        rows |= brought_in & Q(entered_by_id=user.pk, municipality__in=standing.staff_in)
    return Listing.objects.filter(rows).select_related("actor", "municipality", "menu_item", "issue")


def with_parts(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Everything a page or the engine needs to know of each, in a constant number of queries."""
    return listings.prefetch_related(
        "areas", "requirements", "provisions", "availabilities", "actor__credentials", "actor__area"
    )


def matchable(
    municipality_id: int | Given, side: str | Given, *, today: dt.date | Given | None = None
) -> QuerySet[Listing]:
    """What the engine may propose in a town: published, not hidden and not over, of an actor in sight.

    An actor that an import brought in is a draft until somebody registers it; staff already
    arrange with its listings. Not `…_for(user)`: whoever shows the result must pass it through
    `listings_for`.
    """
    to_come = Q(expires_on=None) | Q(expires_on__gte=today or timezone.localdate())
    rows = Listing.objects.filter(
        to_come, municipality_id=municipality_id, side=side, state__in=MATCHABLE, hidden_at=None
    )
    return of_open_actors(rows)


def of_open_actors(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those whose actor is neither hidden nor closed: what a list of things going on may show."""
    return listings.filter(actor__state__in=ACTOR_MATCHABLE, actor__hidden_at=None)


def for_rows(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Only what one line in a list says of each: a third of the columns, in half the time."""
    actor = ("kind", "name", "state")
    own = ("side", "template", "title", "body", "state", "visibility", "published_at")
    return (
        listings.select_related(None)
        .select_related("actor")
        .only(*own, *(f"actor__{name}" for name in actor))
    )


def touching(listings: QuerySet[Listing], areas: list[Area]) -> QuerySet[Listing]:
    """Those whose areas contain one of these, lie within one of these, or that name none at all."""
    if not areas:
        return listings
    above = {int(part) for area in areas for part in area.path.strip("/").split("/") if part}
    meets = Q(area__in=above)
    for area in areas:
        meets |= Q(area__path__startswith=area.path)
    through = Listing.areas.through.objects.filter(listing=OuterRef("pk"))
    return listings.filter(Exists(through.filter(meets)) | ~Exists(through))


def menu_items_for(user: "Person") -> QuerySet[Listing]:
    """The 協働メニュー this person may read."""
    return listings_for(user).filter(template=Template.MENU, menu_item__isnull=False)


def menu_item_of(listing: Listing) -> MenuItem | None:
    """The listing's part of the 協働メニュー, if it is one."""
    try:
        return listing.menu_item
    except MenuItem.DoesNotExist:
        return None


def editors_of(actor_id: int) -> list[User]:
    """The people who may answer for an actor's listings."""
    rows = Membership.objects.filter(actor_id=actor_id, role__in=MAY_EDIT, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def unconfirmed(now: dt.datetime) -> QuerySet[Listing]:
    """What is shown although nobody has said for 90 days that it is still true."""
    long_ago = now - UNCONFIRMED_AFTER
    old = Q(confirmed_at__lte=long_ago) | Q(confirmed_at=None, published_at__lte=long_ago)
    return of_open_actors(Listing.objects.filter(old, state=ListingState.PUBLISHED, hidden_at=None))


def listings_to_ask(now: dt.datetime) -> QuerySet[Listing]:
    """Those of `unconfirmed` whose people are to be asked now: for the first time, or again after 14 days."""
    again = Q(times_asked__gt=0, times_asked__lt=MOST_TIMES_ASKED, asked_at__lte=now - ASKED_AGAIN_AFTER)
    return unconfirmed(now).filter(Q(times_asked=0) | again, Exists(_editors()))


def unconfirmed_for(user: "Person", municipality_id: int, now: dt.datetime) -> QuerySet[Listing]:
    """What staff have to ask about themselves: nobody answers for it, or nobody did when asked twice."""
    if municipality_id not in standing_of(user).staff_in:
        return Listing.objects.none()
    rows = unconfirmed(now).filter(~Exists(_editors()) | Q(times_asked__gte=MOST_TIMES_ASKED))
    seen = listings_for(user).filter(municipality_id=municipality_id, pk__in=rows.order_by().values("pk"))
    return seen.order_by(Coalesce("confirmed_at", "published_at"), "pk")


def asked_with(token: str) -> tuple[Listing, User] | None:
    """The listing of a link and whom it was sent to, as long as they may answer for its actor."""
    found = read_token(STILL, token)
    if found is None:
        return None
    listing = with_parts(Listing.objects.filter(pk=found[0])).select_related("actor", "menu_item").first()
    if listing is None:
        return None
    person = next((editor for editor in editors_of(listing.actor_id) if editor.pk == found[1]), None)
    return (listing, person) if person is not None else None


def _editors() -> QuerySet[Membership]:
    return Membership.objects.filter(
        actor=OuterRef("actor"), role__in=MAY_EDIT, user__is_active=True
    ).order_by()
