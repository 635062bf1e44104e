"""Which lines of a need an offer covers, and how much of each.

A line is covered only by an offer that speaks of it: a bag of rice is no refrigerator though both
are 物品. Evidence is looked for in what the offer says it gives; what its people bring for
themselves or ask of the other side does not count. An offer covers the line it speaks of most by
concepts alone, a further line only where it names it: whoever lends bats may teach the game, but
is not taken for a referee because both are about sports.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.knowledge.concepts import ConceptTable
from musubi_engine.knowledge.everyday import KIND_WORDS
from musubi_engine.reading import folded, surface
from musubi_engine.signals import recruiting
from musubi_engine.signals.base import Pair
from musubi_engine.types import Line, Listing
from musubi_engine.words import covered, words_found

_CACHE: Final = 16384
# A concept that tells less is a whole kind of help: a room, a teacher. Two lines that share it need not be the same.
_OF_A_KIND: Final = 0.5
# Of any use to any group: who gives them covers the line, if related at all.
_ANY_USE: Final = frozenset({"money", "publicity", "endorsement"})
# What a place is like for whom, and not what it is; a stated condition says the same.
_ACCESS: Final = frozenset({"車いす・福祉用具"})
# Units in which parts of a line add up; seats of two rooms are no larger room.
_ADDS_UP: Final = frozenset({"people", "yen", "items", "times", "hours"})
_CLAUSE = re.compile(r"[。、,，\n!?！？]")
# For themselves, asked of the other side, or not given at all.
_NOT_GIVEN = re.compile(
    r"(?:自社|各自|自前|自分たち|めいめい)(?:で|の|に)|(?:お持ち|ご用意|ご準備|持参し?て?)(?:くだ|下)さい|(?:こと|の)が条件|借り主|ご負担"
    r"|できないこと|できません|いたしません|致しません|対象外|不可"
)
_MAIN_PART: Final = 0.5
_LEAST: Final = 2
# A topic in common says less of what is given than a thing in common.
_TOPIC: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """That an offer covers a line: how much in the line's unit (None: not counted, or not stated).

    Not `sure` where the line has an amount and the offer states none: it has to be asked for.
    """

    line: int
    amount: int | None
    sure: bool


def adds_up(line: Line) -> bool:
    """Whether several actors can meet the line together, each with a part."""
    return bool(line.amount) and line.unit in _ADDS_UP


def covers(need: Listing, offer: Listing, *, knowledge: Knowledge = SHIPPED) -> tuple[Cover, ...]:
    """The lines of the need that the offer covers, in their order; nothing is said of feasibility."""
    resources = {line.resource for line in offer.lines}
    asked = [place for place, line in enumerate(need.lines) if line.resource in resources]
    if not asked:
        return ()
    likeness = {place: _by_line(need.lines[place], offer) for place in asked}
    if None in likeness.values():
        said = said_by(offer)
        likeness = {
            place: found or _by_words(need.lines[place], said, offer, knowledge)
            for place, found in likeness.items()
        }
    found = {place: each for place, each in likeness.items() if each is not None}
    asked.sort(key=lambda place: -found[place].key)
    taken = [place for place in asked if found[place].is_named]
    if found[asked[0]].is_like and not found[asked[0]].is_named:
        taken.insert(0, asked[0])
    with_words = [place for place in taken if found[place].has_words]
    if with_words != taken and recruiting.value(Pair(need=need, offer=offer, knowledge=knowledge)) > 0:
        taken = with_words  # who looks for members gives nothing, unless the very words stand there
    return tuple(sorted(_amounts(taken, need, offer), key=lambda cover: cover.line))


def said_by(offer: Listing) -> str:
    """What an offer says it gives: its text without the clauses on what it does not."""
    parts = (offer.title, offer.body, *(line.what for line in offer.lines), offer.can_do)
    return _given("\n".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How far an offer speaks of a line: enough to be taken for it, and so clearly as to name it.

    `key` orders the lines by how much of each is spoken of; `has_words` if by words of the line.
    """

    is_like: bool
    is_named: bool
    key: float
    has_words: bool = False


def _by_line(line: Line, offer: Listing) -> _Likeness | None:
    """Where one of the offer's own lines names all of it, or it names nothing; None: its words must be read."""
    if not line.what or any(
        own.resource == line.resource and own.what and _is_named(line.what, own.what) for own in offer.lines
    ):
        return _Likeness(is_like=True, is_named=True, key=3.0, has_words=bool(line.what))
    return None


def _by_words(line: Line, said: str, offer: Listing, knowledge: Knowledge) -> _Likeness:
    if line.resource in _ANY_USE:
        has_words = bool(words_found(line.what, said))
        return _Likeness(is_like=True, is_named=True, key=1.0 + has_words, has_words=has_words)
    is_accessible = "wheelchair_ok" in offer.conditions
    return _of_words(line.what, line.resource, said, knowledge.concepts, is_accessible=is_accessible)


@lru_cache(maxsize=_CACHE)
def _of_words(what: str, resource: str, said: str, table: ConceptTable, *, is_accessible: bool) -> _Likeness:
    things = table.things_in(what)
    topics = table.found_in(what) & table.about
    given = _with_wider(said, table)
    if resource == "place":
        if not is_accessible and things & _ACCESS and not given & _ACCESS:
            return _Likeness(is_like=False, is_named=False, key=-1.0)
        things, topics = things - _ACCESS, frozenset()
    special = frozenset(name for name in things if table[name].tells >= _OF_A_KIND)
    words = words_found(what, said) or (
        (what,) if not special and not topics and _is_written(what, said) else ()
    )
    in_things = len(special & given) / len(special) if special else 0.0
    in_topics = bool(topics & given)
    if special:
        is_like = in_things > _MAIN_PART or (bool(words) and in_things > 0)
        is_named = is_like and bool(words) and (in_topics or not topics)
    elif topics:
        is_like = in_topics
        is_named = in_topics and bool(words)
    else:
        is_like = bool(words) or _names_a_kind(what, resource)
        is_named = bool(words)
    key = in_things + _TOPIC * in_topics + bool(words)
    return _Likeness(is_like=is_like, is_named=is_named, key=key, has_words=bool(words))


@lru_cache(maxsize=_CACHE)
def _is_named(what: str, own: str) -> bool:
    """Whether a line of the offer names all that the need's line names."""
    return folded(own) == folded(what) or covered(what, words_found(what, own))


@lru_cache(maxsize=_CACHE)
def _with_wider(said: str, table: ConceptTable) -> frozenset[str]:
    """The concepts of a text and all that they are a part of: a hall is a room too."""
    found = table.found_in(said)
    return found.union(*(table.wider(name) for name in found))


def _is_written(what: str, said: str) -> bool:
    """Whether the whole of a line stands in the text, everyday word or not."""
    return len(what) >= _LEAST and folded(what) in folded(said)


def _names_a_kind(what: str, resource: str) -> bool:
    """Whether the line asks for any of a kind: a room, a hand."""
    known = surface(what)
    return resource == "place" or any(word in known for word in KIND_WORDS)


def _amounts(places: list[int], need: Listing, offer: Listing) -> list[Cover]:
    """How much of each line is given; what one line takes of an amount is not there for the next.

    A line that cannot be met in parts, and is not met whole, is not covered.
    """
    found = []
    own = {place: _own_amount(need.lines[place], offer) for place in places if need.lines[place].amount}
    left = {(source, unit): stated for source, unit, stated in filter(None, own.values())}
    for number, place in enumerate(places):
        line, stated = need.lines[place], own.get(place)
        if not line.amount:
            found.append(Cover(line=place, amount=None, sure=True))
        elif stated is None:
            # Whoever gives hands without a number comes with at least one pair.
            amount = 1 if line.unit == "people" else None
            found.append(Cover(line=place, amount=amount, sure=amount == line.amount))
        elif adds_up(line):
            source, unit, _ = stated
            is_last = stated not in [own.get(later) for later in places[number + 1 :]]
            taken = left[source, unit] if is_last else min(left[source, unit], line.amount)
            left[source, unit] -= taken
            if taken > 0:
                found.append(Cover(line=place, amount=taken, sure=True))
        elif stated[-1] >= line.amount:
            found.append(Cover(line=place, amount=stated[-1], sure=True))
    return found


def _own_amount(line: Line, offer: Listing) -> tuple[str, str, int] | None:
    """Of which resource, in which unit and how much the offer gives at most, of the line's resource if it can be."""
    best: tuple[bool, int, str] | None = None
    for own in offer.lines:
        if own.unit == line.unit and own.amount is not None:
            found = (own.resource == line.resource, own.amount, own.resource)
            best = found if best is None else max(best, found)
    return None if best is None or line.unit is None else (best[2], line.unit, best[1])


@lru_cache(maxsize=_CACHE)
def _given(text: str) -> str:
    return "。".join(clause for clause in _CLAUSE.split(text) if not _NOT_GIVEN.search(surface(clause)))
