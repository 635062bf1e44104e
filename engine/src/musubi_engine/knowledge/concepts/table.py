"""Concepts with their relations, ready to be found in texts and compared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.concepts.concept import ABOUT, CONCEPT_KINDS, Concept, ConceptError
from musubi_engine.knowledge.concepts.finding import Finder
from musubi_engine.labels import RESOURCES

_CACHE: Final = 4096


class ConceptTable:
    """Concepts by name. A value: `with_added` makes another table and leaves this one alone."""

    def __init__(self, concepts: Iterable[Concept], *, covering: Iterable[str] = ()) -> None:
        """Raise ConceptError for a name that stands twice, an unknown kind or relation, or no words.

        `covering` words hold a concept's word and mean something else (車椅子席): they say nothing.
        """
        self._covering = tuple(covering)
        self._concepts: dict[str, Concept] = {}
        for concept in concepts:
            if concept.name in self._concepts:
                message = f"「{concept.name}」 stands twice."
                raise ConceptError(message)
            self._concepts[concept.name] = concept
        for concept in self._concepts.values():
            self._check(concept)
        self.about: Final = frozenset(c.name for c in self if c.kind in ABOUT)
        self.tells: Final = {concept.name: concept.tells for concept in self}
        self.given_as: Final = {concept.name: concept.given_as for concept in self}
        self._wider = {name: self._above(name) for name in self._concepts}
        self._serves = {concept.name: frozenset(concept.serves) for concept in self}
        finder = Finder({concept.name: concept.words for concept in self}, self._covering)
        self._found = lru_cache(maxsize=_CACHE)(finder.find)
        self._things = lru_cache(maxsize=_CACHE)(lambda text: self._found(text) - self.about)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __len__(self) -> int:
        return len(self._concepts)

    def __contains__(self, name: object) -> bool:
        return name in self._concepts

    def __getitem__(self, name: str) -> Concept:
        """The concept of a name; KeyError without one."""
        return self._concepts[name]

    def found_in(self, text: str) -> frozenset[str]:
        """Names of the concepts a text speaks of, by its words alone."""
        return self._found(text)

    def things_in(self, text: str) -> frozenset[str]:
        """Names of the concrete things among them."""
        return self._things(text)

    def wider(self, name: str) -> frozenset[str]:
        """All concepts above a concept, near and far; empty for a name the table does not know."""
        return self._wider.get(name, frozenset())

    def serves(self, name: str) -> frozenset[str]:
        """What a concept can be used for; empty for a name the table does not know."""
        return self._serves.get(name, frozenset())

    def with_added(self, concepts: Iterable[Concept]) -> "ConceptTable":
        """This table with an installation's own concepts.

        One of a name that is here already adds its words and relations to it, and keeps the kind.
        """
        known = dict(self._concepts)
        for concept in concepts:
            own = known.get(concept.name)
            known[concept.name] = _joined(own, concept) if own else concept
        return ConceptTable(known.values(), covering=self._covering)

    def _check(self, concept: Concept) -> None:
        unknown = [name for name in (*concept.broader, *concept.serves) if name not in self._concepts]
        if unknown:
            message = f"「{concept.name}」 is related to 「{unknown[0]}」, which is not in the table."
            raise ConceptError(message)
        known = concept.kind in CONCEPT_KINDS and RESOURCES.keys() >= set(concept.resources)
        if not known or not concept.words or not 0 < concept.tells <= 1:
            message = f"「{concept.name}」 has no words, or a kind, a resource or a share that is not known."
            raise ConceptError(message)

    def _above(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(self._concepts[name].broader)
        while waiting:
            one = waiting.pop()
            if one == name:
                message = f"「{name}」 is broader than itself."
                raise ConceptError(message)
            if one not in found:
                found.add(one)
                waiting.extend(self._concepts[one].broader)
        return frozenset(found)


def _joined(own: Concept, more: Concept) -> Concept:
    return replace(
        own,
        words=tuple(dict.fromkeys((*own.words, *more.words))),
        broader=tuple(dict.fromkeys((*own.broader, *more.broader))),
        serves=tuple(dict.fromkeys((*own.serves, *more.serves))),
    )
