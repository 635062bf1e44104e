"""A team in words, for the pages of the need's own people and of the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from musubi.base.common.joining import all_of, bracketed
from musubi.flow.actors.models import Actor
from musubi.flow.listings.models import Listing
from musubi.flow.listings.words import amount_words
from musubi.flow.matching.enums import INTRODUCTION_OPEN
from musubi.flow.matching.models import Introduction, TeamProposal
from musubi.flow.matching.queries import TeamActor, actors_of_team


@dataclass(frozen=True)
class TeamOffer:
    """An offer of a team, for which of the requirements it stands, and how far its introduction has come."""

    offer: Listing
    covers: list[str]
    introduction: Introduction | None = None


@dataclass(frozen=True)
class TeamRow:
    """An actor of a team: what it brings, and why."""

    found: TeamActor
    offers: list[TeamOffer]

    @property
    def actor(self) -> Actor:
        return self.found.actor


@dataclass(frozen=True)
class TeamCard:
    """A team as one card."""

    team: TeamProposal
    rows: list[TeamRow]

    @property
    def title(self) -> str:
        return _("編成案%(number)d：%(actors)s") % {
            "number": self.team.position,
            "actors": all_of(row.actor.name for row in self.rows),
        }

    @property
    def is_introduced(self) -> bool:
        """Whether everybody has been asked already."""
        standing = [offer.introduction for row in self.rows for offer in row.offers]
        return all(each is not None and each.state in INTRODUCTION_OPEN for each in standing)


def _covered(row: Mapping[str, Any]) -> str:
    """「配膳の手伝い（4人）」."""
    if row["amount"] is None or not row["unit"]:
        return bracketed(row["what"], "" if row["sure"] else _("数は確かめてください"))
    return bracketed(row["what"], amount_words(row["amount"], row["unit"]))


def team_cards(
    teams: Iterable[TeamProposal], introduced: Mapping[int, Introduction] | None = None
) -> list[TeamCard]:
    """Teams that were fetched with their members, in their order; `introduced` as for `groups_of`."""
    known = introduced or {}
    return [
        TeamCard(
            team,
            [
                TeamRow(
                    found,
                    [
                        TeamOffer(
                            member.offer,
                            [_covered(each) for each in member.covers],
                            known.get(member.offer_id),
                        )
                        for member in found.members
                    ],
                )
                for found in actors_of_team(team)
            ],
        )
        for team in teams
    ]
