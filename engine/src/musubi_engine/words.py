"""Whole words that two texts share, as typed; a part of a word is never told as a word.

Written Japanese has no spaces, so a word is taken to end where the script changes and no
ending (okurigana), counter or joined kanji runs across that border.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.everyday import EVERYDAY, KIND_WORDS, MIXED
from musubi_engine.reading import folded, surface

_CACHE: Final = 4096
_LEAST: Final = 2
_KANJI = re.compile(r"[一-鿿々〆ヶ]+")
_HIRAGANA: Final = "".join(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))
_NAMING = re.compile(r"[一-鿿々〆ヶァ-ヺa-z0-9]")
_LOOK_BACK: Final = 12
# What may follow a noun; other hiragana is taken for the ending of a verb or of a longer word.
_AFTER = (
    r"$|[^ぁ-ゖ]|[はをのへと]|が(?![るりっれろらん])|に|も(?![りるらっ])|で|や(?![かすし])|から|より|まで|など|なら|な(?![いくけさっ])"
    r"|です|だ|する|され|さん|かどうか"
)
# A run of kanji (1), and whether a word may end there (2); a run of katakana or of Latin letters.
_RUNS = re.compile(rf"([一-鿿々〆ヶ]{{2,}})(?:(?={_AFTER})())?|[ァ-ヺー]{{3,}}|[a-z][a-z0-9]{{2,}}")
_RUNS_ON, _ENDS = 1, 2
# What may stand between the kanji before and a word: a particle, or the end of a longer word.
_PARTICLES = frozenset("はがをにのともでへやおごたなかる")
_LONGER_ENDS = frozenset("はがをにのともでへやおごたなるくいて")


@dataclass(frozen=True, slots=True)
class _Found:
    """The words that stand whole in a text: folded → as typed."""

    whole: dict[str, str]


def whole_words(text: str) -> frozenset[str]:
    """The words that stand whole in a text, folded, to be compared with those of others."""
    return frozenset(_words(text).whole)


def shared_words(one: str, other: str, most: int = 3) -> tuple[str, ...]:
    """Up to `most` words of `one`, as typed there, that stand whole in `other` too; the longest first."""
    here, there = _words(one), _words(other)
    both = [word for key, word in here.whole.items() if key in there.whole]
    return tuple(sorted(both, key=lambda word: (-len(word), word))[:most])


def speaks_of(what: str, text: str) -> bool:
    """Whether a text has a word of `what`, alone or as the first or last part of a compound.

    避難 is found in 避難訓練, and 避難訓練 answers to 訓練; 物支援 of 買い物支援 is no word.
    """
    here, there = _telling(_words(what)), _telling(_words(text))
    if here.intersection(there):
        return True
    return any(_part_of(word, there) for word in here) or any(_part_of(word, here) for word in there)


@lru_cache(maxsize=_CACHE)
def possible_words(text: str) -> frozenset[str]:
    """All that could be a word of the text, folded, whether or not it stands whole."""
    known = surface(text)
    return frozenset(folded(match[0]) for pattern in (_RUNS, MIXED) for match in pattern.finditer(known))


def words_found(what: str, text: str) -> tuple[str, ...]:
    """The words of `what`, as typed there, that stand whole in the text and say more than a kind."""
    here, there = _words(what), _words(text)
    return tuple(word for key, word in here.whole.items() if key in there.whole and word not in KIND_WORDS)


def covered(what: str, words: tuple[str, ...]) -> bool:
    """Whether `words` are all that `what` names, but for kana between them and words for a kind."""
    rest = surface(what)
    for word in sorted({*words, *KIND_WORDS}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return bool(words) and not _NAMING.search(rest) and not MIXED.search(rest)


def _telling(found: "_Found") -> frozenset[str]:
    return frozenset(key for key, word in found.whole.items() if word not in KIND_WORDS)


def _part_of(word: str, others: frozenset[str]) -> bool:
    if not _KANJI.fullmatch(word):
        return False
    return any(
        len(other) - len(word) >= _LEAST
        and (other.startswith(word) or other.endswith(word))
        and _KANJI.fullmatch(other) is not None
        for other in others
    )


@lru_cache(maxsize=_CACHE)
def _words(text: str) -> _Found:
    known = surface(text)
    whole: dict[str, str] = {}
    taken: list[tuple[int, int]] = []
    for match in MIXED.finditer(known):
        start, end = match.span()
        taken.append((start, end))
        if not _KANJI.match(known[start - 1 : start]) and not _KANJI.match(known, end):
            whole.setdefault(folded(match[0]), match[0])
    for match in _RUNS.finditer(known):
        kind, word = match.lastindex, match[0]
        if kind == _RUNS_ON or word in EVERYDAY:
            continue
        start, end = match.span()
        if any(start < behind and first < end for first, behind in taken):
            continue
        if kind != _ENDS or _begins(known, start):
            whole.setdefault(folded(word), word)
    return _Found(whole)


def _begins(text: str, start: int) -> bool:
    """Whether no number or other word runs into the kanji that begin here."""
    # Without patterns: it is asked for every word of every text.
    last = text[start - 1 : start] if start else ""
    if last.isdigit():
        return False
    if not ("ぁ" <= last <= "ゖ" or last == "ア"):
        return True
    before = text[max(0, start - _LOOK_BACK) : start]
    if before.endswith(("ども", "シェア")):
        return False
    rest = before.rstrip(_HIRAGANA)
    between = len(before) - len(rest)
    if not between or not _KANJI.match(rest, len(rest) - 1):
        return True
    return before[-1] in (_PARTICLES if between == 1 else _LONGER_ENDS)
