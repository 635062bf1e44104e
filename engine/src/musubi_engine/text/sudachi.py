"""Content words by Sudachi, where the extra `words` is installed.

Mode A (the shortest units) and normalised forms, as the study found best: 引越し and 引っ越し are one
word, 高齢者 is 高齢 and 者. One dictionary for the process, one tokenizer for each thread (they may
not be shared), and the words of the last few thousand texts are kept: no text is read twice.
"""

import threading
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

_CACHE: Final = 4096
_CONTENT: Final = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
# Numbers, counters, and verbs and nouns that only carry others (する, こと).
_EMPTY: Final = frozenset({"数詞", "非自立可能", "助動詞語幹"})
_COUNTERS: Final = frozenset({"助数詞", "助数詞可能"})

_COLUMNS: Final = 3
_CUT_FROM: Final = 3  # letters

_of_thread = threading.local()


class Part(NamedTuple):
    """A word as it stands in a text, its kind in the dictionary's six columns, and whether the dictionary lacks it."""

    surface: str
    speech: tuple[str, ...]
    is_new: bool


class Spoken(NamedTuple):
    """A word as it stands in a text and in katakana, with its shortest units (itself alone where it is short)."""

    surface: str
    reading: str
    speech: tuple[str, ...]
    is_new: bool
    units: tuple[tuple[str, str], ...]


def words_installed() -> bool:
    """Whether Sudachi and its dictionary are there."""
    return _dictionary() is not None


@lru_cache(maxsize=_CACHE)
def content_words(text: str) -> tuple[str, ...]:
    """Nouns, verbs and adjectives of a text in normalised form, in order and with repeats.

    Raises RuntimeError where the extra `words` is not installed (`words_installed`).
    """
    return tuple(word.normalized_form() for word in _tokenizer()(text) if _is_content(word.part_of_speech()))


def read_aloud(text: str) -> tuple[str, ...]:
    """The reading of each word of a text in katakana, "" where the dictionary has none; longest units.

    Raises RuntimeError where the extra `words` is not installed (`words_installed`).
    """
    tokenize = _tokenizer()
    import sudachipy

    return tuple(word.reading_form() for word in tokenize(text, sudachipy.SplitMode.C))


def spoken_words(text: str) -> tuple[Spoken, ...]:
    """Every word of a text in its longest unit, with how it is read; together they are the text.

    Raises RuntimeError where the extra `words` is not installed (`words_installed`).
    """
    tokenize = _tokenizer()
    import sudachipy

    words = []
    for word in tokenize(text, sudachipy.SplitMode.C):
        surface, reading = word.surface(), word.reading_form()
        units: tuple[tuple[str, str], ...] = ((surface, reading),)
        if len(surface) >= _CUT_FROM:
            split = word.split(sudachipy.SplitMode.A)
            units = tuple((unit.surface(), unit.reading_form()) for unit in split) or units
        words.append(Spoken(surface, reading, word.part_of_speech(), word.is_oov(), units))
    return tuple(words)


def parts_of(text: str) -> tuple[Part, ...]:
    """Every word of a text, of whatever kind, in order.

    Raises RuntimeError where the extra `words` is not installed (`words_installed`).
    """
    return tuple(Part(word.surface(), word.part_of_speech(), word.is_oov()) for word in _tokenizer()(text))


def read_synonyms(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Word → the other words of its group, of lines `group, kind, words` in tab-separated columns.

    Words stand between bars; an ambiguous one, marked with `*`, is left out, since it would bring
    in what is not meant. A word of several groups keeps the first.
    """
    groups: dict[str, tuple[str, ...]] = {}
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(columns) < _COLUMNS:
            continue
        words = [word for word in columns[2].split("|") if word and not word.startswith("*")]
        for word in words:
            groups.setdefault(word, tuple(other for other in words if other != word))
    return groups


def _is_content(part: tuple[str, ...]) -> bool:
    return part[0] in _CONTENT and part[1] not in _EMPTY and part[2] not in _COUNTERS


@cache
def _dictionary() -> Any:
    try:
        import sudachipy  # an extra
    except ImportError:
        return None
    try:
        return sudachipy.Dictionary()
    except (ImportError, OSError, ValueError):  # the package without its dictionary
        return None


def _tokenizer() -> Callable[..., Any]:
    known: Callable[..., Any] | None = getattr(_of_thread, "tokenize", None)
    if known is None:
        dictionary = _dictionary()
        if dictionary is None:
            message = "Words need an extra: pip install 'musubi-engine[words]'."
            raise RuntimeError(message)
        import sudachipy

        make = getattr(dictionary, "tokenizer", None) or dictionary.create
        tokenizer = make(mode=sudachipy.SplitMode.A)
        known = _of_thread.tokenize = tokenizer.tokenize
    return known
