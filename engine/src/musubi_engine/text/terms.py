"""From text to terms: single characters, pairs of neighbours, and their 64-bit names."""

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import add

from musubi_engine.text.folding import fold, unify, written_and_unified

TEXT_VERSION = "2"  # raise it when folding or terms change: stored indexes must then be rebuilt

RUN = re.compile(r"[^\W_]+")
_ONE_BY_ONE = "々〆〇ぁ-ゟ゠-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_ONE_BY_ONE}]|[0-9]+|[^\W0-9_{_ONE_BY_ONE}]+")
_LONGEST_WORD = 60


def _runs(text: str) -> list[list[str]]:
    """Tokens of each stretch without punctuation: a character of Japanese, or a whole number or Latin word."""
    return [tokens_of(run) for run in RUN.findall(text)]


def tokens_of(run: str) -> list[str]:
    """The tokens of one stretch without punctuation."""
    return list(run) if _all_one_by_one(run) else _TOKEN.findall(run)


_all_one_by_one = re.compile(rf"[{_ONE_BY_ONE}]+").fullmatch


def _is_term(token: str) -> bool:
    """A single kana says nothing: not indexed alone."""
    return not "ぁ" <= token <= "ヿ"


def _terms(runs: list[list[str]]) -> list[str]:
    terms: list[str] = []
    for tokens in runs:
        terms.extend(filter(_is_term, tokens))
        terms.extend(map(add, tokens, islice(tokens, 1, None)))
    return terms


def char_terms(text: str) -> list[str]:
    """Terms of a text in its folded spelling, in order and with repeats.

    One term per kanji, number and Latin word, one per pair of neighbours; pairs do not cross
    punctuation or spaces; kana occur in pairs only. Empty for text without letters.
    """
    return _terms(_runs(fold(text)))


def term_counts(text: str) -> tuple[Counter[str], int]:
    """What a document is found by: (term -> count, length in tokens as written).

    A word stands under the letters it was written with and under its folded and unified forms,
    each counted once, so that 自治 finds 自治会 and so does 町内会.
    """
    written, unified = written_and_unified(text)
    runs = _runs(written)
    counts = Counter(_terms(runs))
    if unified != written:
        for term, count in Counter(_terms(_runs(unified))).items():
            counts[term] = max(counts[term], count)
    return counts, sum(map(len, runs))


def query_words(text: str) -> list[list[str]]:
    """What each word typed into a search box asks for: all terms of a word, which a hit must have.

    Words end at spaces. A word of one kanji, number or Latin word is that term; a longer one is all
    its pairs. A single kana between other words (こども の 居場所) asks for nothing.
    """
    words = []
    for word in unify(text).split():
        terms: dict[str, None] = {}
        for tokens in _runs(word[:_LONGEST_WORD]):
            if len(tokens) == 1:
                terms.update(dict.fromkeys(filter(_is_term, tokens)))
            else:
                terms.update(dict.fromkeys(map(add, tokens, islice(tokens, 1, None))))
        if terms:
            words.append(list(terms))
    return words


@lru_cache(maxsize=1 << 19)
def term_hash(term: str) -> int:
    """A stable signed 64-bit number for a term (BLAKE2b, 8 bytes): the same on every machine and version."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big", signed=True)
