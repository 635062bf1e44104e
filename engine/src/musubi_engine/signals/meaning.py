"""The texts are near by vectors: learnt from the platform's own texts, or an operator's model.

Source: distributional similarity (`meaning`, `vectors`, `embedding`). It counts where vectors are
handed in; on the development collection they pay (docs/matching.md).
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say


def value(pair: Pair, /) -> float:
    """The similarity of the vectors, 0..1."""
    return min(1.0, max(0.0, pair.meaning))


def sentence(_pair: Pair, /) -> Sentence:
    """What vectors can say."""
    return say("使われている言葉のまとまりが、全体として近い内容です。")
