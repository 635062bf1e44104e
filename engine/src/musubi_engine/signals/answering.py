"""Whether an offer speaks of what a line of a need asks for, and not only gives the same kind.

Two laptops and two bags of rice are both 物品; a driver and a cook are both 人手.
"""

from functools import lru_cache

from musubi_engine.reading import folded
from musubi_engine.readings import Reading
from musubi_engine.types import Line
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


def named(line: Line, offer: Reading) -> bool:
    """Whether one of the offer's own lines of this resource names all that the line names."""
    return bool(line.what) and any(
        own.resource == line.resource and own.what and _names(line.what, own.what) for own in offer.lines
    )


def words_mentioned(line: Line, offer: Reading) -> tuple[str, ...]:
    """The telling words of the line that stand in the offer too, as the line has them."""
    return words_found(line.what, offer.text.words) if line.what else ()


def concepts(line: Line, offer: Reading) -> tuple[str, ...]:
    """The concrete things of which the line and the offer's title or own line speak, by name."""
    if not line.what:
        return ()
    table = offer.text.knowledge.concepts
    wanted = table.things_in(line.what)
    given: set[str] = set()
    for what in (offer.text.title, *(own.what for own in offer.lines if own.resource == line.resource)):
        given |= table.things_in(what)
    return tuple(sorted(wanted & given))


def comparable(wanted: Line, given: Line, need: Reading, offer: Reading) -> bool:
    """Whether the amounts of two lines count the same thing."""
    if wanted.resource != given.resource:
        return False
    one, other = wanted.what or need.text.title, given.what or offer.text.title
    table = need.text.knowledge.concepts
    things, others = table.things_in(one), table.things_in(other)
    if wanted.unit == "people":
        special = (things | others) & _SPECIAL_HANDS
        return wanted.resource == "people" and (not special or _speaks(one, other))
    found = words_found(one, other)
    if wanted.what and given.what:
        return folded(one) == folded(other) or (covered(one, found) and covered(other, found))
    return bool(found) and not things.isdisjoint(others)


@lru_cache(maxsize=1 << 12)
def _names(what: str, own: str) -> bool:
    return folded(own) == folded(what) or covered(what, words_found(what, own))


@lru_cache(maxsize=1 << 12)
def _speaks(what: str, text: str) -> bool:
    return speaks_of(what, text)
