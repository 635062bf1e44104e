"""Concepts of civic life as facets, so that a need finds the offer that says the same in other words."""

from musubi_engine.knowledge.concepts import CONCEPTS


def concept_facets(text: str, known: frozenset[str] | None = None) -> frozenset[str]:
    """`c:` and a name for each of the concepts `known` of a text, or, None, for each that it touches."""
    return frozenset(f"c:{name}" for name in (CONCEPTS.found_in(text) if known is None else known))
