"""A listing as the signals read it: everything that takes time is read once for each text.

What depends on the words alone is kept by the words (`TextReading`, a few thousand of the last
ones), so that comparing a pair is a matter of sets that are there already. A listing that brings
its concepts, found when it was saved, is not searched for them again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from math import sqrt
from typing import Any, Final, TypeVar

from musubi_engine.feasibility.base import resources_of
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.knowledge.concepts import ConceptTable
from musubi_engine.reading import words_of
from musubi_engine.refused import split_refusals
from musubi_engine.types import Line, Listing
from musubi_engine.words import whole_words

_CACHE: Final = 4096
_PROFILES: Final = 4
_SMOOTHING: Final = 0.3
_WIDER: Final = 0.5

Value = TypeVar("Value")
Weighted = Mapping[str, float]


class Facet:
    """Concepts with how much each tells, and their length as a vector."""

    __slots__ = ("length", "names")

    def __init__(self, names: Weighted) -> None:
        """`names` with their weights."""
        self.names = names
        self.length = sqrt(sum(weight * weight for weight in names.values()) + _SMOOTHING)

    def likeness(self, other: "Facet") -> float:
        """Cosine of the two, 0..1; a facet of little is like nothing very much."""
        shared = self.names.keys() & other.names.keys()
        if not shared:
            return 0.0
        # In the order of the names: sums must not depend on the order of a set.
        return sum(self.names[name] * other.names[name] for name in sorted(shared)) / (
            self.length * other.length
        )


class Profile:
    """The concepts of a listing: what it is about, the things in it, which resource each can be."""

    __slots__ = (
        "about",
        "about_title",
        "about_wider",
        "by_resource",
        "names",
        "serves",
        "things",
        "things_title",
    )

    def __init__(self, names: frozenset[str], title: frozenset[str], table: ConceptTable) -> None:
        """All its concepts, and those of its title."""
        self.names = names
        weighted = {name: table[name].tells for name in sorted(names) if name in table}
        about = {name: weight for name, weight in weighted.items() if name in table.about}
        things = {name: weight for name, weight in weighted.items() if name not in table.about}
        self.about, self.things = Facet(about), Facet(things)
        self.about_wider = Facet(_widened(about, table))
        self.about_title = Facet({name: about[name] for name in about if name in title})
        self.things_title = Facet({name: things[name] for name in things if name in title})
        by_resource: dict[str, dict[str, float]] = {}
        serves: dict[str, set[str]] = {}
        for name, weight in weighted.items():
            for resource in table[name].given_as:
                by_resource.setdefault(resource, {})[name] = weight
                serves.setdefault(resource, set()).update(table[name].serves)
        self.by_resource = {resource: Facet(found) for resource, found in by_resource.items()}
        self.serves = {resource: frozenset(found) for resource, found in serves.items()}


def _widened(about: Weighted, table: ConceptTable) -> dict[str, float]:
    """The concepts with what is broader than they, half as telling."""
    found = dict(about)
    for name, weight in about.items():
        for wider in sorted(table.wider(name) & table.about):
            found[wider] = max(found.get(wider, 0.0), weight * _WIDER)
    return found


class TextReading:
    """What the words of a listing say, whoever wrote them and wherever it is; read when asked for."""

    def __init__(self, title: str, body: str, words: str, cannot_do: str, knowledge: Knowledge) -> None:
        """`words` are all that it says, title and body included."""
        self.title, self.body, self.words, self.cannot_do = title, body, words, cannot_do
        self.announced = f"{title}\n{body}"
        self.knowledge = knowledge
        self._memo: dict[object, Any] = {}
        self._profiles: dict[frozenset[str], Profile] = {}

    @cached_property
    def whole(self) -> frozenset[str]:
        """The words that stand whole in it, folded."""
        return whole_words(self.words)

    @cached_property
    def found(self) -> frozenset[str]:
        """The concepts of what it says, without what it refuses."""
        return self.knowledge.concepts.found_in(split_refusals(self.words).rest)

    @cached_property
    def titled(self) -> frozenset[str]:
        """The concepts of its title."""
        return self.knowledge.concepts.found_in(split_refusals(self.title).rest)

    def once(self, read: Callable[["TextReading"], Value]) -> Value:
        """What a signal reads in these words, read the first time it is asked for."""
        try:
            found: Value = self._memo[read]
        except KeyError:
            found = self._memo[read] = read(self)
        return found

    def profile(self, given: frozenset[str] | None) -> Profile:
        """The concepts as its author left them, or as they are found in what it says."""
        if given is None:
            given = self.found
        known = self._profiles.get(given)
        if known is None:
            if len(self._profiles) >= _PROFILES:
                self._profiles.clear()
            known = Profile(given, given & self.titled, self.knowledge.concepts)
            self._profiles[given] = known
        return known


class Reading:
    """One listing, read."""

    __slots__ = ("listing", "profile", "resources", "text")

    def __init__(self, listing: Listing, text: TextReading) -> None:
        """The listing with the reading of its words."""
        self.listing = listing
        self.text = text
        self.profile = text.profile(listing.concepts)
        self.resources = resources_of(listing)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What it asks for or gives, line by line."""
        return self.listing.lines


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
    return read(replace(listing, concepts=None), knowledge).profile.names
