"""A need meets an offer, never its like."""

from functools import partial

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.labels import SIDES
from musubi_engine.telling import say, term
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out a pair that is not one need and one offer."""
    if need.side == "need" and offer.side == "offer":
        return None
    return Obstacle(rule="sides", tell=partial(_in_words, need, offer))


def _in_words(need: Listing, offer: Listing) -> InWords:
    return InWords(
        sentence=say(
            "%(need)sと%(offer)sの組です。", need=term(SIDES, need.side), offer=term(SIDES, offer.side)
        ),
        advice=say("ニーズと提供を一つずつ選んでください。"),
    )
