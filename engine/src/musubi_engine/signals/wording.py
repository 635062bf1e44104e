"""The need and the offer use the same words.

Source: lexical retrieval; characters 1 and 2 long did best on Japanese civic texts
(docs/matching.md). The similarity comes from the index or from `wording_similarities`.
"""

from musubi_engine.reading import words_of
from musubi_engine.signals.base import Pair
from musubi_engine.words import shared_words

# The share of its own wording that a need finds again in a very close offer; beyond it
# more agreement means a copy rather than a better fit.
FULL = 0.3
# What a likeness of mere characters keeps of it: no whole word can be named for it.
_NO_WORD = 0.5


def value(pair: Pair, /) -> float:
    """The similarity as a part of that of a very close pair; half without a whole word in common."""
    share = min(1.0, max(0.0, pair.wording) / FULL)
    return share if shared_words(words_of(pair.need), words_of(pair.offer), 1) else share * _NO_WORD


def sentence(pair: Pair, /) -> str:
    """The whole words both have, up to three; empty where the likeness is not one of whole words."""
    words = shared_words(words_of(pair.need), words_of(pair.offer))
    if not words:
        return ""
    return "".join(f"「{word}」" for word in words) + "という言葉が、どちらにも書かれています。"
