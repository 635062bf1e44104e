"""The only door to teams: who may read every offer of a team may read the team."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from musubi.flow.actors.models import Actor
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for

from ..enums import NOT_AGAIN
from ..models import Introduction, TeamMember, TeamProposal
from ..words import Said, said
from .proposals import open_listings

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


@dataclass(frozen=True)
class TeamActor:
    """An actor of a team with the offers it comes with."""

    actor: Actor
    members: tuple[TeamMember, ...]

    @property
    def sentence(self) -> Said:
        """All that it brings."""
        found = (member for member in self.members if member.sentence)
        return next((said({"sentence": row.sentence, "parts": row.parts}) for row in found), Said())

    @property
    def reasons(self) -> list[Said]:
        """What speaks for its offers, once each."""
        found = (
            said(reason)
            for member in self.members
            for reason in member.reasons
            if reason["value"] * reason["weight"] > 0
        )
        return list(dict.fromkeys(found))

    @property
    def cautions(self) -> list[Said]:
        """What to mind with them."""
        found = (
            said(reason)
            for member in self.members
            for reason in member.reasons
            if reason["value"] * reason["weight"] < 0
        )
        return list(dict.fromkeys(found))


def teams_for(user: "Person", need: Listing) -> QuerySet[TeamProposal]:
    """Current teams of a need, best first: `readable_teams_for` of that need."""
    return readable_teams_for(user).filter(need=need)


def team_for(user: "Person", pk: int) -> QuerySet[TeamProposal]:
    """One of them by its id, with its need; none where it is not the person's to read."""
    return readable_teams_for(user).filter(pk=pk).select_related("need__actor", "need__municipality")


def readable_teams_for(user: "Person") -> QuerySet[TeamProposal]:
    """Current teams of which this person may read the need and every offer.

    A team of which an offer has since been withdrawn, reserved, closed or hidden, or has refused
    the need, is left out.
    """
    readable = listings_for(user).order_by().filter(open_listings()).values("pk")
    others = TeamMember.objects.filter(team=OuterRef("pk"))
    refused = Introduction.objects.filter(
        need=OuterRef("team__need"), offer=OuterRef("offer"), state__in=NOT_AGAIN
    )
    members = TeamMember.objects.select_related("offer__actor", "offer__menu_item")
    return (
        TeamProposal.objects.filter(
            Exists(readable.filter(pk=OuterRef("need_id"))),
            ~Exists(others.filter(~Exists(readable.filter(pk=OuterRef("offer_id"))))),
            ~Exists(others.filter(Exists(refused))),
            superseded_at=None,
        )
        .prefetch_related(Prefetch("members", members))
        .order_by("position", "pk")
    )


def actors_of_team(team: TeamProposal) -> list[TeamActor]:
    """Its actors in the engine's order, each with its offers."""
    rows = list(team.members.all())
    first = {row.offer.actor_id: row.position for row in reversed(rows)}
    rows.sort(key=lambda row: (first[row.offer.actor_id], row.position))
    return [
        TeamActor(actor=members[0].offer.actor, members=tuple(members))
        for members in (list(group) for _, group in groupby(rows, key=lambda row: row.offer.actor_id))
    ]
