"""Whether words may be kept as words, or may name a person."""

import re
from functools import cache
from typing import Final

from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.text import fold
from musubi_engine.text import names as by_dictionary
from musubi_engine.text.sudachi import words_installed

_LETTER: Final = re.compile(r"[^\W_]")
_BETWEEN: Final = re.compile("[のをにでとがはやへも]|から|まで|[0-9]+")


def may_name_person(text: str) -> bool:
    """Whether the text may name a person; it errs towards yes, since a word is the smaller loss.

    By the dictionary of the extra `words`. Where it is not installed, all that is not made of the words of the
    shipped concepts and recipes (and of what stands between words) may be a name.
    """
    return by_dictionary.may_name_person(text) if words_installed() else not is_of_known_words(text)


def is_of_known_words(text: str) -> bool:
    """Whether every word of a text is one of the shipped concepts' or recipes' words, in any spelling."""
    return not _LETTER.search(_BETWEEN.sub("", _known().sub(" ", fold(text))))


@cache
def _known() -> re.Pattern[str]:
    """All words that the engine knows, the longest first."""
    written = (word for known in (*SHIPPED.concepts, *SHIPPED.recipes) for word in (known.name, *known.words))
    words = sorted({folded for word in written if len(folded := fold(word)) > 1}, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))
