"""Words as the engine compares them."""

from musubi_engine.text import fold as _fold


def fold(text: str) -> str:
    """One spelling per word: こども, 子ども and 子供 are the same."""
    return _fold(text)


def same_words(one: str, other: str) -> bool:
    """Whether two spellings are one word."""
    return fold(one) == fold(other)
