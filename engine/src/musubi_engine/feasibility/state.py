"""Only what is published can be matched; a reserved listing is already being arranged."""

from functools import partial

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.labels import SIDES, STATES
from musubi_engine.telling import say, term
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out listings that are not open to others now."""
    if need.state == offer.state == "published":
        return None
    return Obstacle(rule="state", tell=partial(_in_words, need, offer))


def _in_words(need: Listing, offer: Listing) -> InWords:
    first, *others = [listing for listing in (need, offer) if listing.state != "published"]
    side, state = term(SIDES, first.side), term(STATES, first.state)
    if not others:
        return InWords(
            sentence=say("この%(side)sは「%(state)s」です。", side=side, state=state),
            change=say("%(side)sが公開中になる", side=side),
        )
    other, other_state = term(SIDES, others[0].side), term(STATES, others[0].state)
    return InWords(
        sentence=say(
            "この%(side)sは「%(state)s」、この%(other)sは「%(other_state)s」です。",
            side=side,
            state=state,
            other=other,
            other_state=other_state,
        ),
        change=say("%(side)sと%(other)sが公開中になる", side=side, other=other),
    )
