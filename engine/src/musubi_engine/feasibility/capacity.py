"""What cannot be divided must be large enough: seats. People, yen and items may come in part."""

from musubi_engine.feasibility.base import Obstacle
from musubi_engine.labels import amount_words
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out an offer for fewer persons than the need states; silent where one states none."""
    wanted = need.amount("capacity")
    if wanted is None:
        return None
    given = offer.amount("capacity")
    if given is None or given >= wanted:
        return None
    words = amount_words(wanted, "capacity")
    return Obstacle(
        rule="capacity",
        sentence=f"必要な{words}に対し、{amount_words(given, 'capacity')}までです。",
        change=f"{words}以上を受け入れられるようになる",
    )
