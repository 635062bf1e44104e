"""The need and the offer use the same words.

Source: lexical retrieval; characters 1 and 2 long did best on Japanese civic texts
(docs/matching.md). The similarity comes from the index or from `wording_similarities`.
"""

from musubi_engine.reading import shared_words, words_of
from musubi_engine.signals.base import Pair

# The share of its own wording that a need finds again in a very close offer; beyond it
# more agreement means a copy rather than a better fit.
FULL = 0.3


def value(pair: Pair, /) -> float:
    """The similarity as a part of that of a very close pair."""
    return min(1.0, max(0.0, pair.wording) / FULL)


def sentence(pair: Pair, /) -> str:
    """The words both have, up to three."""
    words = shared_words(words_of(pair.need), words_of(pair.offer))
    if not words:
        return "書かれていることが似ています。"
    return "".join(f"「{word}」" for word in words) + "という言葉が、どちらにも書かれています。"
