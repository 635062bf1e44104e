"""Concepts that texts touch: the engine's and a town's own."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from musubi_engine.knowledge.concepts import CONCEPT_KINDS, CONCEPTS, Concept, ConceptError, ConceptTable
from musubi_engine.refused import split_refusals

from ..models import OwnConcept


@cache
def known_concepts() -> dict[str, str]:
    """Name → kind of all concepts that come with the engine."""
    return {concept.name: concept.kind for concept in CONCEPTS}


def kinds_of_concepts() -> dict[str, str]:
    """Kind → what it is called for people."""
    return dict(CONCEPT_KINDS)


def hold_together(rows: Iterable[OwnConcept]) -> bool:
    """Whether the town's concepts fit to the engine's: every relation known, none in a ring."""
    try:
        CONCEPTS.with_added([_value(row) for row in rows])
    except ConceptError:
        return False
    return True


class ConceptReader:
    """Reads concepts in texts as one town speaks: made once, it asks the database nothing more."""

    def __init__(self, own: Iterable[OwnConcept] = ()) -> None:
        rows = sorted(own, key=lambda row: row.name)
        self._own = {row.name: row for row in rows}
        self._table = _table(tuple(_value(row) for row in rows)) if rows else CONCEPTS

    def names_in(self, text: str, *, offered: bool = False) -> frozenset[str]:
        """The concepts a text touches, and of the town's own ones what they are one of.

        Of something `offered` also what the town says that it can serve as: the engine knows the
        relations of its own concepts, not those of the town's.
        """
        found = self.named_by(text)
        more: set[str] = set()
        for name in found & self._own.keys():
            more |= self._table.wider(name)
            if offered:
                more.update(name for name in self._own[name].serves if name in self._table)
        return found | more

    def named_by(self, text: str) -> frozenset[str]:
        """The concepts that a text itself names; what it refuses it is not about."""
        return self._table.found_in(split_refusals(text).rest)

    @property
    def table(self) -> ConceptTable:
        """The engine's table with the town's own, for matching."""
        return self._table

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """(name, kind) of all concepts that a listing of this town may carry, by kind."""
        order = list(CONCEPT_KINDS)
        rows = sorted(self._table, key=lambda concept: order.index(concept.kind))
        return tuple((concept.name, concept.kind) for concept in rows)


@lru_cache(maxsize=64)
def _table(own: tuple[Concept, ...]) -> ConceptTable:
    """The shipped table with a town's rows; a release that took a concept away costs its relations only."""
    names = {*known_concepts(), *(concept.name for concept in own)}
    fitting = [
        _with(concept, [n for n in concept.broader if n in names], [n for n in concept.serves if n in names])
        for concept in own
    ]
    try:
        return CONCEPTS.with_added(fitting)
    except ConceptError:
        return CONCEPTS.with_added([_with(concept, (), ()) for concept in own])


def _with(concept: Concept, broader: Iterable[str], serves: Iterable[str]) -> Concept:
    return replace(concept, broader=tuple(broader), serves=tuple(serves))


def _value(row: OwnConcept) -> Concept:
    return Concept(
        name=row.name,
        kind=row.kind,
        words=tuple(dict.fromkeys((row.name, *row.words))),
        broader=tuple(row.broader),
        serves=tuple(row.serves),
        reason=row.reason,
    )
