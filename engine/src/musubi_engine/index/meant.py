"""「もしかして」: words that somebody may have meant, from a list of words that occur.

Nothing is replaced: these are candidates, and who asks shows those under which more is found.
Distance is that of Damerau (1964): letters wrong, missing, too many, or two neighbours swapped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musubi_engine.text import unify

_SHORT, _LONG = 3, 7  # letters from which one, and two, may be wrong
_OF_ONE_KIND = range(ord("ぁ"), ord("ゖ") + 1)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is shown, its reading in hiragana ("" if unknown), and in how many texts it stands."""

    surface: str
    reading: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with the forms in which they are compared: made once, asked often."""

    words: tuple[Word, ...]
    unified: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Lexicon":
        """Of words that fold alike the one that occurs most."""
        best: dict[str, Word] = {}
        for word in words:
            key = unify(word.surface)
            if key and (key not in best or best[key].count < word.count):
                best[key] = word
        return cls(tuple(best.values()), tuple(best))


def meant_by(typed: str, lexicon: Lexicon, *, reading: str = "", limit: int = 5) -> tuple[str, ...]:
    """Words near to what was typed, nearest and then commonest first; never the typed word itself.

    A word of the same `reading` is nearest (wrong conversion: 講園 and 公園; not converted: こうえん).
    Below three letters only the reading tells. O(words of a like length).
    """
    asked = unify(typed)
    found: list[tuple[float, int, str]] = []
    for word, unified in zip(lexicon.words, lexicon.unified, strict=True):
        if unified == asked:
            continue
        away = _how_far(asked, reading, unified, word.reading)
        if away is not None:
            found.append((away, -word.count, word.surface))
    return tuple(surface for _, _, surface in sorted(found)[:limit])


def completions_of(typed: str, lexicon: Lexicon, *, limit: int = 8) -> tuple[str, ...]:
    """Words that begin with what was typed, as written or as read, the commonest first."""
    asked = unify(typed)
    if not asked:
        return ()
    found = [
        (-word.count, len(unified), word.surface)
        for word, unified in zip(lexicon.words, lexicon.unified, strict=True)
        if (unified.startswith(asked) or (_is_kana(asked) and word.reading.startswith(asked)))
        and unified != asked
    ]
    return tuple(surface for _, _, surface in sorted(found)[:limit])


def _how_far(asked: str, reading: str, unified: str, word_reading: str) -> float | None:
    """0.5 for another writing of the same sound, else the letters to change; None if too many."""
    if reading and reading == word_reading:
        return 0.5
    away = _distance_within(asked, unified)
    if away is not None:
        return float(away)
    if word_reading and _is_kana(asked):
        away = _distance_within(asked, word_reading)
        if away is not None:
            return away + 0.5
    return None


def _distance_within(one: str, other: str) -> int | None:
    """The distance, if it is small for words of this length."""
    shorter = min(len(one), len(other))
    most = 0 if shorter < _SHORT - (len(one) != len(other)) else 1 if shorter < _LONG else 2
    if not most or abs(len(one) - len(other)) > most:
        return None
    # Each change touches at most two letters: what shares too few cannot be near.
    if len(set(one) & set(other)) < len(set(one)) - 2 * most:
        return None
    away = distance(one, other, most)
    return away if away <= most else None


def distance(one: str, other: str, most: int) -> int:
    """Damerau's distance (adjacent swaps once); anything above `most` may be told as most + 1."""
    before: Sequence[int] = []
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, its in enumerate(other, start=1):
            step = min(row[j] + 1, current[-1] + 1, row[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                step = min(step, before[j - 2] + 1)
            current.append(step)
        if min(current) > most:
            return most + 1
        before, row = row, current
    return row[-1]


def _is_kana(text: str) -> bool:
    return all(ord(letter) in _OF_ONE_KIND or letter == "ー" for letter in text)
