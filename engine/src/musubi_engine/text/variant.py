"""One line of the curated tables."""

from typing import NamedTuple


class Variant(NamedTuple):
    """`forms` (space-separated) are read as `canonical`; `unless_before` is a pattern that forbids it."""

    canonical: str
    forms: str
    reason: str
    unless_before: str = ""
