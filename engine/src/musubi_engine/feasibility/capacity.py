"""What cannot be divided must be large enough: seats. People, yen and items may come in part."""

from functools import partial

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.telling import amount, say
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out an offer for fewer persons than the need states; silent where one states none."""
    wanted = need.amount("capacity")
    if wanted is None:
        return None
    given = offer.amount("capacity")
    if given is None or given >= wanted:
        return None
    return Obstacle(rule="capacity", tell=partial(_in_words, wanted, given))


def _in_words(wanted: int, given: int) -> InWords:
    return InWords(
        sentence=say(
            "必要な%(wanted)sに対し、%(given)sまでです。",
            wanted=amount(wanted, "capacity"),
            given=amount(given, "capacity"),
        ),
        change=say("%(wanted)s以上を受け入れられるようになる", wanted=amount(wanted, "capacity")),
    )
