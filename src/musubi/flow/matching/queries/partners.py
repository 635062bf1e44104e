"""With whom an actor could work, read from what the engine has proposed for its needs and offers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from musubi.flow.actors.models import Actor

from ..adapter import Heading, Suggestion, partners
from ..enums import NOT_FAINT
from ..models import Proposal
from ..words import Said, said
from .proposals import proposals_for

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

LOOKED_AT = 600
"""So many of the best proposals of an actor are read: its listings are few, thirty are kept for each."""


@dataclass(frozen=True)
class PossiblePartner:
    """Another actor, why, and the proposals behind it: theirs for us, ours for them."""

    actor: Actor
    score: float
    sentences: tuple[Said, ...]
    gives: Proposal | None
    takes: Proposal | None


def partners_of(user: "Person", actor: Actor, *, top: int = 10) -> list[PossiblePartner]:
    """The best partners among what this person may read, in one query for any number of them.

    A faint proposal makes nobody a partner: the sentence says 合いそうです.
    """
    own = Q(need__actor=actor) | Q(offer__actor=actor)
    likely = proposals_for(user).filter(own, score__gte=NOT_FAINT)
    rows = list(likely.order_by("-score", "pk")[:LOOKED_AT])
    headings: dict[str, Heading] = {}
    actors: dict[str, Actor] = {}
    for row in rows:
        for listing in (row.need, row.offer):
            headings[str(listing.pk)] = Heading(str(listing.actor_id), listing.title)
            actors[str(listing.actor_id)] = listing.actor
    by_pair = {(str(row.need_id), str(row.offer_id)): row for row in rows}
    found = partners(
        str(actor.pk),
        [
            Suggestion(need=need, offer=offer, score=row.score, engine_version=row.engine_version)
            for (need, offer), row in by_pair.items()
        ],
        headings,
        top=top,
    )
    return [
        PossiblePartner(
            actor=actors[partner.actor],
            score=partner.score,
            sentences=tuple(said(sentence) for sentence in partner.sentences),
            gives=by_pair[partner.gives.need, partner.gives.offer] if partner.gives else None,
            takes=by_pair[partner.takes.need, partner.takes.offer] if partner.takes else None,
        )
        for partner in found
    ]
