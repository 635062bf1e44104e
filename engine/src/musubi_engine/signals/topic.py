"""How near a pair is in subject, as the measure for what cautions take away.

A commercial offer of something else is already far down; one of the very thing is where
the caution matters. So a caution takes a part of what the shared subject gave.
"""

from musubi_engine.signals import theme, wording
from musubi_engine.signals.base import Pair


def nearness(pair: Pair) -> float:
    """0 (nothing in common) to 1."""
    return min(1.0, 0.75 * wording.value(pair) + 0.5 * theme.value(pair))
