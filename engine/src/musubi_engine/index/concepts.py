"""Concepts of civic life as facets, so that a need finds the offer that says the same in other words."""

from musubi_engine.knowledge.concepts import CONCEPTS


def concept_facets(text: str) -> frozenset[str]:
    """`c:` and a name for each concept that a text touches."""
    return frozenset(f"c:{name}" for name in CONCEPTS.found_in(text))
