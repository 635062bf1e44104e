"""A listing as the signals read it: everything that takes time is read once for each text.

What depends on the words alone is kept by the words (`TextReading`, a few thousand of the last
ones), so that comparing a pair is a matter of sets that are there already. A listing that brings
its concepts, found when it was saved, is not searched for them again.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from math import sqrt
from typing import Any, Final, TypeVar

from musubi_engine.feasibility.time import ALL_WEEK
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.knowledge.concepts import ConceptTable
from musubi_engine.reading import words_of
from musubi_engine.refused import split_refusals
from musubi_engine.types import Line, Listing
from musubi_engine.words import whole_words

_CACHE: Final = 2048
_PROFILES: Final = 4
_SMOOTHING: Final = 0.3
_WIDER: Final = 0.5
# What counts of how far two are alike for what the title of one names; the rest is for all that both say.
IN_TITLE: Final = 0.25

Value = TypeVar("Value")
Weighted = Mapping[str, float]


class Facet:
    """Concepts with how much each tells, and their length as a vector, measured when it is first compared."""

    __slots__ = ("_length", "names")

    def __init__(self, names: Weighted) -> None:
        """`names` with their weights, in the order of the names: sums must not depend on the order of a set."""
        self.names = names
        self._length = 0.0

    @property
    def length(self) -> float:
        """Never 0: a facet of little is like nothing very much."""
        if not self._length:
            self._length = sqrt(sum(weight * weight for weight in self.names.values()) + _SMOOTHING)
        return self._length

    def likeness(self, other: "Facet") -> float:
        """Cosine of the two, 0..1."""
        others, shared = other.names, 0.0
        for name, weight in self.names.items():
            if name in others:
                shared += weight * others[name]
        return shared / (self.length * other.length) if shared else 0.0


def likeness(wanted: Facet, wanted_title: Facet, given: Facet, given_title: Facet) -> float:
    """How alike two listings are in some of their concepts, 0..1: half by all they say, half by their titles."""
    return (
        (1 - 2 * IN_TITLE) * wanted.likeness(given)
        + IN_TITLE * wanted_title.likeness(given)
        + IN_TITLE * wanted.likeness(given_title)
    )


class Profile:
    """The concepts of a listing: what it is about, the things in it, which resource each can be.

    A part that comparing a pair does not come to is never worked out.
    """

    def __init__(
        self, names: frozenset[str], title: str, table: ConceptTable, in_title: frozenset[str] | None = None
    ) -> None:
        """All its concepts, and the title that has some of them: `in_title`, where they are known."""
        self.names = names
        self._title = title
        self._in_title = in_title
        self._table = table
        known = sorted(names & table.tells.keys())
        self.about = Facet({name: table.tells[name] for name in known if name in table.about})
        self.things = Facet({name: table.tells[name] for name in known if name not in table.about})
        self._given: dict[str, Facet] = {}

    @cached_property
    def about_wider(self) -> Facet:
        """What it is about with what is broader, half as telling."""
        found = dict(self.about.names)
        for name, weight in self.about.names.items():
            for wider in sorted(self._table.wider(name) & self._table.about):
                found[wider] = max(found.get(wider, 0.0), weight * _WIDER)
        return Facet(dict(sorted(found.items())))

    @cached_property
    def about_title(self) -> Facet:
        """What its title says that it is about."""
        return self._titled(self.about)

    @cached_property
    def things_title(self) -> Facet:
        """The things in its title."""
        return self._titled(self.things)

    def given_as(self, resource: str) -> Facet:
        """The concepts that can be asked for and given as a resource."""
        facet = self._given.get(resource)
        if facet is None:
            given_as = self._table.given_as
            names = sorted(self.about.names.keys() | self.things.names)
            facet = self._given[resource] = Facet(
                {name: self._table.tells[name] for name in names if resource in given_as[name]}
            )
        return facet

    def _titled(self, facet: Facet) -> Facet:
        if self._in_title is None:
            self._in_title = _named_by(self._title, self._table)
        said = self._in_title
        return Facet({name: weight for name, weight in facet.names.items() if name in said})


class TextReading:
    """What the words of a listing say, whoever wrote them and wherever it is; read when asked for."""

    def __init__(self, title: str, body: str, words: str, cannot_do: str, knowledge: Knowledge) -> None:
        """`words` are all that it says, title and body included."""
        self.title, self.body, self.words, self.cannot_do = title, body, words, cannot_do
        self.announced = f"{title}\n{body}"
        self.knowledge = knowledge
        self._memo: dict[object, Any] = {}
        self._profiles: dict[tuple[frozenset[str], frozenset[str] | None], Profile] = {}

    @cached_property
    def whole(self) -> frozenset[str]:
        """The words that stand whole in it, folded."""
        return whole_words(self.words)

    @cached_property
    def found(self) -> frozenset[str]:
        """The concepts of what it says, without what it refuses."""
        return self.knowledge.concepts.found_in(split_refusals(self.words).rest)

    def once(self, read: Callable[["TextReading"], Value]) -> Value:
        """What a signal reads in these words, read the first time it is asked for."""
        try:
            found: Value = self._memo[read]
        except KeyError:
            found = self._memo[read] = read(self)
        return found

    def profile(self, given: frozenset[str] | None, in_title: frozenset[str] | None = None) -> Profile:
        """The concepts as its author left them, or as they are found in what it says; of its title as well."""
        if given is None:
            given = self.found
        known = self._profiles.get((given, in_title))
        if known is None:
            if len(self._profiles) >= _PROFILES:
                self._profiles.clear()
            known = Profile(given, self.title, self.knowledge.concepts, in_title)
            self._profiles[given, in_title] = known
        return known


class Reading:
    """One listing, read: its words, its concepts, and what is compared of its lines and times."""

    def __init__(self, listing: Listing, text: TextReading) -> None:
        """The listing with the reading of its words."""
        self.listing = listing
        self.text = text
        self.profile = text.profile(listing.concepts, listing.concepts_in_title)
        self.resources = listing.resources
        self.lines = listing.lines

    @cached_property
    def counted(self) -> Mapping[str | None, tuple[Line, ...]]:
        """The lines that state an amount, by its unit."""
        found: dict[str | None, tuple[Line, ...]] = {}
        for line in self.lines:
            if line.amount is not None:
                found[line.unit] = (*found.get(line.unit, ()), line)
        return found

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the week on which any of its times lies; empty where it names no time."""
        return frozenset().union(*(window.weekdays or ALL_WEEK for window in self.listing.windows))


@lru_cache(maxsize=_CACHE)
def _text_reading(title: str, body: str, words: str, cannot_do: str, knowledge: Knowledge) -> TextReading:
    return TextReading(title, body, words, cannot_do, knowledge)


def read(listing: Listing, knowledge: Knowledge = SHIPPED) -> Reading:
    """The reading of a listing; the words of a listing seen before are not read again."""
    return Reading(
        listing, _text_reading(listing.title, listing.body, words_of(listing), listing.cannot_do, knowledge)
    )


def concepts_found(listing: Listing, knowledge: Knowledge = SHIPPED) -> frozenset[str]:
    """The concepts to propose to an author at saving: of all that is said, without what is refused."""
    return knowledge.concepts.found_in(split_refusals(words_of(listing)).rest)


def concepts_in_title(title: str, knowledge: Knowledge = SHIPPED) -> frozenset[str]:
    """The concepts that a title names, to be kept at saving: so none of hundreds is read to be compared."""
    return _named_by(title, knowledge.concepts)


def _named_by(title: str, table: ConceptTable) -> frozenset[str]:
    return table.found_in(split_refusals(title).rest)
