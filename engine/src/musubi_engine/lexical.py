"""BM25 over the terms of a few texts in memory: to re-rank candidates, and as the measured baselines.

An installation's index holds character terms and finds the candidates; a second measure, such as
words, can be fused with theirs. Source: Robertson and Zaragoza 2009; the half-and-half fusion of
words and characters is the one that did best in the study (docs/matching.md).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import Final

_K1: Final = 1.2
_B: Final = 0.75

Terms = Callable[[str], Sequence[str]]


class LexicalPool:
    """Texts by ref, ready to be compared with any other text by one kind of term."""

    def __init__(self, texts: Mapping[str, str], terms: Terms) -> None:
        """`terms` gives a text's terms with repeats: `char_terms`, `content_words`."""
        self._terms = terms
        counts = {ref: Counter(terms(text)) for ref, text in texts.items()}
        self._lengths = {ref: sum(count.values()) for ref, count in counts.items()}
        self._average = sum(self._lengths.values()) / max(1, len(counts)) or 1.0
        self._postings: dict[str, list[tuple[str, int]]] = {}
        for ref, count in counts.items():
            for term, times in count.items():
                self._postings.setdefault(term, []).append((ref, times))

    def similarities(self, text: str, *, also: Mapping[str, Sequence[str]] | None = None) -> dict[str, float]:
        """Ref → share (0..1) of what the text would score for itself; `also` adds words to a word.

        An added word counts as the one that brought it, and only where that one does not stand.
        """
        scores = dict.fromkeys(self._lengths, 0.0)
        own = 0.0
        for term in dict.fromkeys(self._terms(text)):
            own += self._idf(term) if term in self._postings else 0.0
            best: dict[str, float] = {}
            for each in (term, *(also.get(term, ()) if also else ())):
                idf = self._idf(each)
                for ref, times in self._postings.get(each, ()):
                    best[ref] = max(best.get(ref, 0.0), idf * self._saturated(ref, times))
            for ref, value in best.items():
                scores[ref] += value
        return {ref: min(1.0, score / own) if own else 0.0 for ref, score in scores.items()}

    def _saturated(self, ref: str, times: int) -> float:
        norm = _K1 * (1 - _B + _B * self._lengths[ref] / self._average)
        return times * (_K1 + 1) / (times + norm)

    def _idf(self, term: str) -> float:
        found = len(self._postings.get(term, ()))
        return log(1 + (len(self._lengths) - found + 0.5) / (found + 0.5))


def fused(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Half of each of two measures, each as a share of its best; refs of `one`."""
    first, second = _shares(one), _shares(other)
    return {ref: 0.5 * value + 0.5 * second.get(ref, 0.0) for ref, value in first.items()}


def _shares(values: Mapping[str, float]) -> dict[str, float]:
    best = max(values.values(), default=0.0)
    return {ref: value / best if best else 0.0 for ref, value in values.items()}
