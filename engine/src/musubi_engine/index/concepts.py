"""Concepts of civic life as facets, so that a need finds the offer that says the same in other words."""

from musubi_engine.reading import assets, themes


def concept_facets(text: str) -> frozenset[str]:
    """`c:` and a name for each theme and each concrete thing that a text touches."""
    return frozenset(f"c:{name}" for name in themes(text) | assets(text))
