"""What was declined once is not brought up again."""

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.telling import say
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out a pair that either side has already declined."""
    if offer.ref not in need.declined and need.ref not in offer.declined:
        return None
    return Obstacle(rule="declined", tell=_in_words)


def _in_words() -> InWords:
    return InWords(
        sentence=say("この組み合わせは、以前に断られています。"),
        advice=say("断った側が考えを改めたときに、もう一度紹介できます。"),
    )
