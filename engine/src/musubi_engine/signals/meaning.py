"""The texts are near by vectors: learnt from the platform's own texts, or an operator's model.

Source: distributional similarity (`vectors`, `embedding`). Its weight is 0 unless an installation
turns it on: on the development collection it does not pay beside the concepts (docs/matching.md).
"""

from musubi_engine.signals.base import Pair


def value(pair: Pair, /) -> float:
    """The similarity of the vectors, 0..1."""
    return min(1.0, max(0.0, pair.meaning))


def sentence(_pair: Pair, /) -> str:
    """Nothing true can be said of it in a few words."""
    return ""
