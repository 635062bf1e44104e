"""Words as the engine compares them."""

from musubi_engine.text import fold as _fold
from musubi_engine.text import number_of as _number_of
from musubi_engine.words import speaks_of as _speaks_of
from musubi_engine.words import words_found


def fold(text: str) -> str:
    """One spelling per word: こども, 子ども and 子供 are the same."""
    return _fold(text)


def number_of(numeral: str) -> int | None:
    """二十三 as 23; None for what is no number."""
    return _number_of(numeral)


def same_words(one: str, other: str) -> bool:
    """Whether two spellings are one word."""
    return fold(one) == fold(other)


def speaks_of(what: str, text: str) -> bool:
    """Whether a text has a telling word of `what`, whole or as a part of a compound."""
    return _speaks_of(what, text)


def tells_of(what: str, text: str) -> bool:
    """Whether at least half of what `what` names stands in a text: one word in common says little."""
    named = words_found(what, what)
    return bool(named) and 2 * len(words_found(what, text)) >= len(named)
