"""The need and the offer use the same words.

Source: lexical retrieval; characters 1 and 2 long did best on Japanese civic texts
(docs/matching.md). The similarity comes from the index or from `wording_similarities`.
"""

from musubi_engine.signals.base import FULL_WORDING, Pair
from musubi_engine.telling import NOTHING, Sentence, quoted, say
from musubi_engine.words import shared_words


def value(pair: Pair, /) -> float:
    """The similarity as a part of that of a very close pair; half without a whole word in common."""
    return pair.likeness


def bound(pair: Pair, /) -> float:
    """The most that `value` can be, without reading the words."""
    return min(1.0, max(0.0, pair.wording) / FULL_WORDING)


def sentence(pair: Pair, /) -> Sentence:
    """The whole words both have, up to three; empty where the likeness is not one of whole words."""
    words = shared_words(pair.wanted.text.words, pair.given.text.words)
    if not words:
        return NOTHING
    return say("%(words)sという言葉が、どちらにも書かれています。", words=quoted(words))
