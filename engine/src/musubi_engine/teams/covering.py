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
from operator import attrgetter
from typing import Final

from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.knowledge.concepts import ConceptTable
from musubi_engine.knowledge.everyday import KIND_WORDS
from musubi_engine.reading import folded, surface, words_of
from musubi_engine.readings import Reading, read
from musubi_engine.signals import recruiting
from musubi_engine.signals.base import Pair
from musubi_engine.types import Line, Listing
from musubi_engine.words import covered, possible_words, whole_words, words_found

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
_LINE = attrgetter("line")


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


class Asked:
    """The lines of a need, read once, against which many offers are held."""

    __slots__ = ("_by_resource", "_knowledge", "_need", "_wanted")

    def __init__(self, need: Listing, knowledge: Knowledge = SHIPPED) -> None:
        """Of this need, by these concepts."""
        self._need, self._knowledge = need, knowledge
        self._wanted: Reading | None = None
        self._by_resource: dict[str, list[int]] = {}
        for place, line in enumerate(need.lines):
            self._by_resource.setdefault(line.resource, []).append(place)

    def covered_by(self, offer: Listing) -> tuple[Cover, ...]:
        """The lines that the offer covers, in their order; nothing is said of feasibility."""
        asked: list[int] = []
        for resource in dict.fromkeys(line.resource for line in offer.lines):
            asked += self._by_resource.get(resource, ())
        if not asked:
            return ()
        asked.sort()
        found = self._likeness(asked, offer)
        asked.sort(key=lambda place: -found[place].key)
        taken = [place for place in asked if found[place].is_named]
        if found[asked[0]].is_like and not found[asked[0]].is_named:
            taken.insert(0, asked[0])
        with_words = [place for place in taken if found[place].has_words]
        if with_words != taken and self._recruits(offer):
            taken = with_words  # who looks for members gives nothing, unless the very words stand there
        return tuple(sorted(_amounts(taken, self._need, offer), key=_LINE))

    def _likeness(self, asked: list[int], offer: Listing) -> dict[int, "_Likeness"]:
        table, text = self._knowledge.concepts, None
        found = {}
        for place in asked:
            line = self._need.lines[place]
            likeness = _by_line(line, offer)
            if likeness is None:
                if text is None:
                    text = _given(words_of(offer))
                    told = _told_by(offer, text, table)
                likeness = _by_words(line, offer, text.said, told, table)
            found[place] = likeness
        return found

    def _recruits(self, offer: Listing) -> bool:
        if self._wanted is None:
            self._wanted = read(self._need, self._knowledge)
        pair = Pair(need=self._need, offer=offer, wanted=self._wanted, knowledge=self._knowledge)
        return recruiting.value(pair) > 0


def covers(need: Listing, offer: Listing, *, knowledge: Knowledge = SHIPPED) -> tuple[Cover, ...]:
    """The lines of the need that the offer covers: of many offers, `Asked` reads the need once."""
    return Asked(need, knowledge).covered_by(offer)


@dataclass(frozen=True, slots=True)
class _Given:
    """What an offer says it gives: its text without the clauses on what it does not.

    `kept_back` is the whole text where there are such clauses.
    """

    said: str
    kept_back: str | None


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How far an offer speaks of a line: enough to be taken for it, and so clearly as to name it.

    `key` orders the lines by how much of each is spoken of; `has_words` if by words of the line.
    """

    is_like: bool
    is_named: bool
    key: float
    has_words: bool = False


_ANY_OF_A_KIND: Final = _Likeness(is_like=True, is_named=True, key=3.0)
_BY_ITS_LINE: Final = _Likeness(is_like=True, is_named=True, key=3.0, has_words=True)


def _by_line(line: Line, offer: Listing) -> _Likeness | None:
    """Where one of the offer's own lines names all of it, or it names nothing; None: its words must be read."""
    if not line.what:
        return _ANY_OF_A_KIND
    for own in offer.lines:
        if own.resource == line.resource and own.what and _is_named(line.what, own.what):
            return _BY_ITS_LINE
    return None


def _by_words(line: Line, offer: Listing, said: str, told: frozenset[str], table: ConceptTable) -> _Likeness:
    if line.resource in _ANY_USE:
        has_words = bool(_words_found(line.what, said))
        return _Likeness(is_like=True, is_named=True, key=1.0 + has_words, has_words=has_words)
    is_accessible = "wheelchair_ok" in offer.conditions
    return _of_words(line.what, line.resource, said, told, table, is_accessible=is_accessible)


def _told_by(offer: Listing, text: _Given, table: ConceptTable) -> frozenset[str]:
    """The concepts of what it gives: as its author left them but for those kept back, else as found in the words."""
    if offer.concepts is None:
        return table.found_in(text.said)
    if text.kept_back is None:
        return offer.concepts
    return offer.concepts - (table.found_in(text.kept_back) - table.found_in(text.said))


@lru_cache(maxsize=_CACHE)
def _of_words(
    what: str, resource: str, said: str, told: frozenset[str], table: ConceptTable, *, is_accessible: bool
) -> _Likeness:
    things = table.things_in(what)
    topics = table.found_in(what) & table.about
    given = _with_wider(told, table)
    if resource == "place":
        if not is_accessible and things & _ACCESS and not given & _ACCESS:
            return _Likeness(is_like=False, is_named=False, key=-1.0)
        things, topics = things - _ACCESS, frozenset()
    special = frozenset(name for name in things if table[name].tells >= _OF_A_KIND)
    words = _words_found(what, said) or (
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


def _words_found(what: str, said: str) -> tuple[str, ...]:
    """As `words_found`; a text without any of the words is not read for where they begin and end."""
    return () if whole_words(what).isdisjoint(possible_words(said)) else words_found(what, said)


@lru_cache(maxsize=_CACHE)
def _is_named(what: str, own: str) -> bool:
    """Whether a line of the offer names all that the need's line names."""
    return folded(own) == folded(what) or covered(what, words_found(what, own))


@lru_cache(maxsize=_CACHE)
def _with_wider(found: frozenset[str], table: ConceptTable) -> frozenset[str]:
    """Concepts and all that they are a part of: a hall is a room too."""
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
    own = [_own_amount(need.lines[place], offer) for place in places]
    found = []
    left = {(source, unit): stated for source, unit, stated in filter(None, own)} if len(own) > 1 else {}
    for number, (place, stated) in enumerate(zip(places, own, strict=True)):
        line = need.lines[place]
        given = stated and stated[-1]
        if stated is not None and left and adds_up(line):
            source, unit, _ = stated
            is_last = stated not in own[number + 1 :]
            given = left[source, unit] if is_last else min(left[source, unit], line.amount or 0)
            left[source, unit] -= given
        covered = _covered(place, line, given)
        if covered is not None:
            found.append(covered)
    return found


def _covered(place: int, line: Line, given: int | None) -> Cover | None:
    """The line by so much of its unit; None: the offer does not say."""
    if not line.amount:
        return _cover(place, None, sure=True)
    if given is None:
        # Whoever gives hands without a number comes with at least one pair.
        amount = 1 if line.unit == "people" else None
        return _cover(place, amount, sure=amount == line.amount)
    enough = given > 0 if adds_up(line) else given >= line.amount
    return _cover(place, given, sure=True) if enough else None


@lru_cache(maxsize=_CACHE)
def _cover(place: int, amount: int | None, *, sure: bool) -> Cover:
    return Cover(line=place, amount=amount, sure=sure)


def _own_amount(line: Line, offer: Listing) -> tuple[str, str, int] | None:
    """Of which resource, in which unit and how much the offer gives at most, of the line's resource if it can be."""
    if not line.amount or line.unit is None:
        return None
    best: tuple[bool, int, str] | None = None
    for own in offer.lines:
        if own.unit == line.unit and own.amount is not None:
            found = (own.resource == line.resource, own.amount, own.resource)
            best = found if best is None else max(best, found)
    return None if best is None else (best[2], line.unit, best[1])


@lru_cache(maxsize=_CACHE)
def _given(text: str) -> _Given:
    clauses = _CLAUSE.split(text)
    if not _NOT_GIVEN.search(surface(text)):
        return _Given("。".join(clauses), None)
    return _Given("。".join(clause for clause in clauses if not _NOT_GIVEN.search(surface(clause))), text)
