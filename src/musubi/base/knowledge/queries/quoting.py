"""How nearly a sentence of the engine speaks of a certain thing: words and concepts stand in 「」."""

import re
from collections.abc import Collection

from ..adapter import speaks_of

_QUOTED = re.compile("「([^「」]+)」")
_SENTENCE = re.compile("[^。]+")
_NOT_THERE = ("このほかに", "かどうか")
"""What is asked for besides, and what has to be asked first, does not speak for an offer."""
WORD, CONCEPT, NOTHING = 2, 1, 0


def nearness(sentence: str, what: str, concepts: Collection[str]) -> int:
    """Whether a word of `what` is quoted (2), one of the concepts that it touches (1), or neither (0)."""
    quoted = [
        name
        for part in _SENTENCE.findall(sentence)
        if not any(words in part for words in _NOT_THERE)
        for name in _QUOTED.findall(part)
    ]
    if any(speaks_of(what, name) for name in quoted):
        return WORD
    return CONCEPT if any(name in concepts for name in quoted) else NOTHING


def quotes_anything(sentence: str) -> bool:
    """Whether it says of what it speaks at all."""
    return bool(_QUOTED.search(sentence))
