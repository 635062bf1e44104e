"""A text with furigana: known readings first, numbers with their counters, then the dictionary of the extra `words`.

Where the extra is not installed only what is known is read. A wrong reading is worse than none: what the dictionary
does not have stays bare.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from musubi_engine.text.characters import KATAKANA_TO_HIRAGANA, VARIANT_KANJI
from musubi_engine.text.furigana import counters
from musubi_engine.text.furigana.align import KANJI, Piece, pieces_of
from musubi_engine.text.furigana.usual import USUAL
from musubi_engine.text.sudachi import Spoken, spoken_words, words_installed

_KANJI: Final = re.compile(f"[{KANJI}]")
_SHAPES: Final = str.maketrans(
    {**VARIANT_KANJI, **{chr(0xFF10 + digit): str(digit) for digit in range(10)}, "，": ",", "．": "."}
)
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NUMERAL: Final = re.compile("[一二三四五六七八九十百千万〇]+")
_DIGITS: Final = re.compile("[0-9]")
_LATIN: Final = re.compile("[0-9A-Za-zＡ-Ｚａ-ｚ]")
_NUMBER: Final = ("名詞", "数詞")
_AT_ONCE: Final = 4000  # letters; Sudachi takes 49 kB
_KEPT: Final = 4096
_KEPT_LENGTH: Final = 1000
_SHORTEST_BESIDE_KANJI: Final = 3
_USUAL: Final = {usual.word: usual.reading for usual in USUAL}
_UNLESS: Final = {usual.word: re.compile(usual.unless_before) for usual in USUAL if usual.unless_before}


class _Span(NamedTuple):
    start: int
    end: int
    pieces: tuple[Piece, ...]


class _Unit(NamedTuple):
    """A word of the dictionary in the text, with where its shortest units begin."""

    start: int
    end: int
    word: Spoken


class FuriganaReader:
    """Reads texts aloud, the `known` words (word → reading in kana) before all others.

    The same text and the same words give the same answer. The last few thousand texts are kept; long ones are
    read anew. May be used by several threads.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = {**_USUAL, **{word.translate(_SHAPES): reading for word, reading in known.items()}}
        self._kept = lru_cache(maxsize=_KEPT)(self._read)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The text in pieces; joined they are the text."""
        if not _KANJI.search(text):
            return (Piece(text),) if text else ()
        return self._kept(text) if len(text) <= _KEPT_LENGTH else self._read(text)

    def _read(self, text: str) -> tuple[Piece, ...]:
        if len(text) > _AT_ONCE:
            cut = max(text.rfind(end, 0, _AT_ONCE) for end in "。\n") + 1 or _AT_ONCE
            return (*self._read(text[:cut]), *self.pieces(text[cut:]))
        if _SELECTORS.search(text):
            return _with_selectors(text, self._read(_SELECTORS.sub("", text)))
        shaped = text.translate(_SHAPES)
        return _written_as(text, self._spans(shaped, len(shaped) + 1))

    def _spans(self, text: str, longest: int) -> list[Piece]:
        """The pieces of a text; known words of `longest` letters and more are not looked for."""
        units = _units(text)
        starts = {unit.start for unit in units} | {at for unit in units for at in _cuts(unit)} | {len(text)}
        spans = self._known_spans(text, starts if units else None, longest)
        spans += [span for span in _counted(text, starts if units else None) if not _meets(span, spans)]
        spans.sort()
        pieces: list[Piece] = []
        at = 0
        for span in [*spans, _Span(len(text), len(text), ())]:
            pieces += self._between(text, units, at, span.start)
            pieces += span.pieces
            at = span.end
        return pieces

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        """The known words by their first two letters, the longest first."""
        words: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known, key=lambda word: (-len(word), word)):
            words[word[:2]].append(word)
        return words

    def _known_spans(self, text: str, starts: set[int] | None, longest: int) -> list[_Span]:
        spans: list[_Span] = []
        at = 0
        while at < len(text):
            word = self._known_at(text, at, starts, longest)
            if word:
                spans.append(_Span(at, at + len(word), self._pieces_of(word)))
            at += len(word) or 1
        return spans

    def _known_at(self, text: str, at: int, starts: set[int] | None, longest: int) -> str:
        if starts is not None and at not in starts:
            return ""
        for beginning in (text[at : at + 2], text[at]):
            for word in self._by_beginning.get(beginning, ()):
                if (
                    len(word) < longest
                    and text.startswith(word, at)
                    and _stands_apart(text, at, at + len(word), starts)
                    and not self._means_another(word, text, at + len(word))
                    and pieces_of(word, self._known[word])
                ):
                    return word
        return ""

    def _means_another(self, word: str, text: str, end: int) -> bool:
        unless = _UNLESS.get(word)
        return unless is not None and self._known[word] == _USUAL[word] and bool(unless.match(text, end))

    def _pieces_of(self, word: str) -> tuple[Piece, ...]:
        """A known word's pieces; a long one is cut further where its parts are read the same."""
        whole = pieces_of(word, self._known[word])
        if max((len(piece.text) for piece in whole if piece.reading), default=0) <= _SHORTEST_BESIDE_KANJI:
            return whole
        finer = self._spans(word, len(word))
        same = _said(finer) == _said(whole) and all(
            piece.reading or not _KANJI.search(piece.text) for piece in finer
        )
        return tuple(finer) if same else whole

    def _between(self, text: str, units: list[_Unit], start: int, end: int) -> list[Piece]:
        """What the dictionary says of a part of the text; a word that the part cuts is read anew."""
        pieces: list[Piece] = []
        at = start
        number = bisect_right(units, at, key=lambda unit: unit.end)
        while at < end:
            while number < len(units) and units[number].end <= at:
                number += 1
            if number == len(units):
                break
            unit = units[number]
            if unit.start == at and unit.end <= end:
                found = _numbered(text[at:end], unit.word, units[number + 1 : number + 2]) or _worded(
                    unit.word
                )
            else:
                rest = text[at : min(unit.end, end)]
                inner = _units(rest) if len(rest) < len(unit.word.surface) else []
                found = [piece for part in inner for piece in _worded(part.word)] or [Piece(rest)]
            pieces += found
            at += sum(len(piece.text) for piece in found)
        return [*pieces, Piece(text[at:end])] if at < end else pieces


def _units(text: str) -> list[_Unit]:
    if not words_installed():
        return []
    units: list[_Unit] = []
    at = 0
    for word in spoken_words(text):
        units.append(_Unit(at, at + len(word.surface), word))
        at += len(word.surface)
    return units


def _cuts(unit: _Unit) -> list[int]:
    cuts: list[int] = []
    at = unit.start
    for surface, _ in unit.word.units[:-1]:
        at += len(surface)
        cuts.append(at)
    return cuts


def _stands_apart(text: str, start: int, end: int, starts: set[int] | None) -> bool:
    """Whether a word stands for itself: at the borders of words, or without a dictionary not beside other kanji."""
    if starts is not None:
        return end in starts
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return end - start >= _SHORTEST_BESIDE_KANJI or not _KANJI.search(beside)


def _counted(text: str, starts: set[int] | None) -> list[_Span]:
    """Figures with counters, and weekdays."""
    spans: list[_Span] = []
    for found in counters.FIGURES.finditer(text) if _DIGITS.search(text) else ():
        pieces = counters.of_figures(found, text[: found.start()], text[found.end() :])
        end = found.start() + sum(len(piece.text) for piece in pieces)
        if starts is None or end in starts or counters.stands_alone(found["counter"]):
            spans.append(_Span(found.start(), end, tuple(pieces)))
    for found in counters.WEEKDAYS.finditer(text):
        span = _Span(found.start(), found.end(), tuple(counters.of_weekdays(found.group())))
        if not _meets(span, spans):
            spans.append(span)
    return spans


def _meets(span: _Span, spans: list[_Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in spans)


def _numbered(text: str, word: Spoken, following: list[_Unit]) -> list[Piece]:
    """A number in kanji at the beginning of a text, with its counter; [] where there is none."""
    if word.speech[:2] != _NUMBER or not _NUMERAL.fullmatch(word.surface):
        return []
    numeral = word.surface
    behind = text[len(numeral) : len(numeral) + 1]
    if behind == "つ":
        return counters.of_things(numeral)
    counted = counters.COUNTED.match(text, len(numeral))
    if counted and following and not counters.stands_alone(counted["counter"]):
        # 一部屋 is no 部
        first = following[0].word.units[0][0]
        counted = counted if counted["counter"].startswith(first) else None
    return counters.of_kanji_number(numeral, counted)


def _worded(word: Spoken) -> list[Piece]:
    """A word by the dictionary, cut where its units are read the same; bare where it is not known."""
    if not _KANJI.search(word.surface) or word.is_new or _LATIN.search(word.surface):
        return [Piece(word.surface)]
    if counted := _counted_word(word):
        return counted
    if len(word.units) > 1 and "".join(reading for _, reading in word.units) == word.reading:
        cut = [piece for surface, reading in word.units for piece in pieces_of(surface, reading)]
        if "".join(piece.text for piece in cut) == word.surface:
            return cut
    return list(pieces_of(word.surface, word.reading)) or [Piece(word.surface)]


def _counted_word(word: Spoken) -> list[Piece]:
    """一回, which the dictionary has as a word and reads letter by letter."""
    found = _NUMERAL.match(word.surface)
    counted = counters.COUNTED.fullmatch(word.surface, found.end()) if found else None
    if found is None or counted is None or counted["counter"] not in counters.SHORTENING:
        return []
    return counters.of_kanji_number(found.group(), counted)


def _said(pieces: "list[Piece] | tuple[Piece, ...]") -> str:
    said = "".join(piece.reading or piece.text for piece in pieces)
    return "".join(said.split()).translate(KATAKANA_TO_HIRAGANA)


def _written_as(text: str, pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces in the letters of the text itself, those without a reading joined."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        written = text[at : at + len(piece.text)]
        at += len(piece.text)
        if not piece.reading and out and not out[-1].reading:
            out[-1] = Piece(out[-1].text + written)
        elif written:
            out.append(Piece(written, piece.reading))
    return tuple(out)


def _with_selectors(text: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with the variation selectors of the text back behind their letters."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        start, left = at, len(piece.text)
        while at < len(text) and (left or _SELECTORS.match(text[at])):
            left -= not _SELECTORS.match(text[at])
            at += 1
        out.append(Piece(text[start:at], piece.reading))
    return tuple(out)
