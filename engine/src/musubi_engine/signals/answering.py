"""Whether an offer speaks of what a line of a need asks for, and not only gives the same kind.

Two laptops and two bags of rice are both 物品; a driver and a cook are both 人手.
"""

from functools import lru_cache

from musubi_engine.reading import assets, folded, words_of
from musubi_engine.types import Line, Listing
from musubi_engine.words import covered, speaks_of, words_found

# Hands that not everybody has: a driver does not serve meals because both are 人手.
_SPECIAL_HANDS = frozenset(
    {
        "車両",
        "運転手",
        "教える人・講師",
        "専門職の相談",
        "演じる人",
        "絵を描く人",
        "子どもを見る人",
        "聴く・話し相手",
    }
)


def named(line: Line, offer: Listing) -> bool:
    """Whether one of the offer's own lines of this resource names all that the line names."""
    return any(
        folded(own.what) == folded(line.what) or covered(line.what, words_found(line.what, own.what))
        for own in offer.lines
        if line.what and own.what and own.resource == line.resource
    )


def words_mentioned(line: Line, offer: Listing) -> tuple[str, ...]:
    """The telling words of the line that stand in the offer too, as the line has them."""
    return words_found(line.what, words_of(offer)) if line.what else ()


def concepts(line: Line, offer: Listing) -> tuple[str, ...]:
    """The concrete things of which the line and the offer's title or own line speak, by name."""
    given = [offer.title, *(own.what for own in offer.lines if own.resource == line.resource)]
    return tuple(sorted(assets(line.what) & assets("\n".join(given))))


def comparable(wanted: Line, given: Line, need: Listing, offer: Listing) -> bool:
    """Whether the amounts of two lines count the same thing."""
    if wanted.resource != given.resource:
        return False
    one, other = wanted.what or need.title, given.what or offer.title
    if wanted.unit == "people":
        special = (assets(one) | assets(other)) & _SPECIAL_HANDS
        return wanted.resource == "people" and (not special or _speaks(one, other))
    found = words_found(one, other)
    if wanted.what and given.what:
        return folded(one) == folded(other) or (covered(one, found) and covered(other, found))
    return bool(found) and bool(assets(one) & assets(other))


@lru_cache(maxsize=1 << 17)
def _speaks(what: str, text: str) -> bool:
    return speaks_of(what, text)
