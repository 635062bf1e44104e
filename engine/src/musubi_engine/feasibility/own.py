"""Nobody is introduced to themselves."""

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.telling import say
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out two listings of one actor."""
    if need.actor != offer.actor:
        return None
    return Obstacle(rule="own", tell=_in_words)


def _in_words() -> InWords:
    return InWords(
        sentence=say("ニーズと提供が同じ主体のものです。"),
        advice=say("ほかの主体の提供を選んでください。"),
    )
