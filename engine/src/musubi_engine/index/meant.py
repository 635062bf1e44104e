"""「もしかして」: words that somebody may have meant, from a list of words that occur.

Nothing is replaced: these are candidates, and who asks shows those under which more is found.
Distance is that of Damerau (1964): letters wrong, missing, too many, or two neighbours swapped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from musubi_engine.index.unfinished import finished_forms
from musubi_engine.text import normalise, unify

_SHORT, _LONG = 3, 7  # letters from which one, and two, may be wrong
_OF_ONE_KIND = range(ord("ぁ"), ord("ゖ") + 1)
_SAME_SOUND = 0.5

_Forms: TypeAlias = Mapping[int, Sequence[tuple[str, int, int]]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is shown, its reading in hiragana ("" if unknown), and in how many texts it stands."""

    surface: str
    reading: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with the forms in which they are compared: made once, asked often.

    `plain`: as shown, but for width and kana; `written` and `read`: by length, each form with the letters it has (as bits) and its word's number.
    """

    words: tuple[Word, ...]
    unified: tuple[str, ...]
    plain: tuple[str, ...]
    written: _Forms
    read: _Forms
    of_sound: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Lexicon":
        """Of words that fold alike the one that occurs most."""
        best: dict[str, Word] = {}
        for word in words:
            key = unify(word.surface)
            if key and (key not in best or best[key].count < word.count):
                best[key] = word
        of_sound: dict[str, list[int]] = {}
        for number, word in enumerate(best.values()):
            if word.reading:
                of_sound.setdefault(word.reading, []).append(number)
        readings = ((word.reading, n) for n, word in enumerate(best.values()) if word.reading)
        return cls(
            tuple(best.values()),
            tuple(best),
            tuple(normalise(word.surface) for word in best.values()),
            _by_length((form, number) for number, form in enumerate(best)),
            _by_length(readings),
            of_sound,
        )


def meant_by(typed: str, lexicon: Lexicon, *, reading: str = "", limit: int = 5) -> tuple[str, ...]:
    """Words near to what was typed, nearest and then commonest first; never the typed word itself.

    A word of the same `reading` is nearest (wrong conversion: 講園 and 公園; not converted: こうえん), and so is
    one of which an input method left a letter unfinished (こどm食堂). Below three letters only the reading tells.
    O(words of a like length).
    """
    asked = unify(typed)
    away: dict[int, float] = {}
    for number, changes in _near(asked, lexicon.written):
        away[number] = min(changes, away.get(number, changes))
    if _is_kana(asked):
        for number, changes in _near(asked, lexicon.read):
            away[number] = min(changes + _SAME_SOUND, away.get(number, changes + _SAME_SOUND))
    for number in lexicon.of_sound.get(reading, ()) if reading else ():
        away[number] = _SAME_SOUND
    for form in finished_forms(typed):
        for number in _same(form, lexicon):
            away[number] = _SAME_SOUND
    words = lexicon.words
    found = sorted(
        (changes, -words[number].count, words[number].surface)
        for number, changes in away.items()
        if lexicon.unified[number] != asked
    )
    return tuple(surface for _, _, surface in found[:limit])


def completions_of(typed: str, lexicon: Lexicon, *, limit: int = 8) -> tuple[str, ...]:
    """Words that begin with what was typed, as written or as read, the commonest first.

    Compared in one spelling, and letter by letter: 子ど is the beginning of 子ども, but of no spelling of it.
    """
    asked, plain = unify(typed), normalise(typed)
    if not asked:
        return ()
    found = [
        (-word.count, len(unified), word.surface)
        for word, unified, shown in zip(lexicon.words, lexicon.unified, lexicon.plain, strict=True)
        if (
            unified.startswith(asked)
            or shown.startswith(plain)
            or (_is_kana(asked) and word.reading.startswith(asked))
        )
        and unified != asked
    ]
    return tuple(surface for _, _, surface in sorted(found)[:limit])


def _same(form: str, lexicon: Lexicon) -> Iterator[int]:
    """The words written or read like this form, of normalised letters."""
    yield from lexicon.of_sound.get(form, ())
    known = unify(form)
    for written, _, number in lexicon.written.get(len(known), ()):
        if written == known:
            yield number


def _by_length(forms: Iterable[tuple[str, int]]) -> _Forms:
    table: dict[int, list[tuple[str, int, int]]] = {}
    for form, number in forms:
        table.setdefault(len(form), []).append((form, _letters(form), number))
    return table


def _letters(form: str) -> int:
    """The letters as a set of 64 bits: two that share a bit only let more through to be looked at."""
    bits = 0
    for letter in form:
        bits |= 1 << (ord(letter) * 2_654_435_761 >> 7 & 63)
    return bits


def _near(asked: str, forms: _Forms) -> Iterator[tuple[int, float]]:
    """(number, letters to change) of the forms that are near for words of their length."""
    letters = _letters(asked)
    for length in range(len(asked) - 2, len(asked) + 3):
        shorter = min(length, len(asked))
        most = 0 if shorter < _SHORT else 1 if shorter < _LONG else 2
        if not most or abs(length - len(asked)) > most:
            continue
        for form, its, number in forms.get(length, ()):
            # A change brings or takes one letter: more than `most` strange ones cannot be near.
            if (letters & ~its).bit_count() > most or (its & ~letters).bit_count() > most:
                continue
            changes = distance(asked, form, most)
            if changes <= most:
                yield number, changes


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
