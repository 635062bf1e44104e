"""A word and its reading laid side by side: the reading over the kanji, nothing over the kana.

食べ物 and たべもの are 食(た) べ 物(もの); 今日 and きょう cannot be cut and stay whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from musubi_engine.text.characters import KATAKANA_TO_HIRAGANA

KANJI: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々〆ヶヵ"
"""Letters that furigana stand over, for a class of a pattern: 々, 〆 and the small ヶ of 関ヶ原 are read with their kanji."""

_VARIATION: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_RUNS: Final = re.compile(
    rf"(?P<kanji>[{KANJI}{_VARIATION}]+)|(?P<kana>[ぁ-ゖァ-ヺー]+)|(?P<other>.)", re.DOTALL
)
_SILENT: Final = re.compile(r"[\s・･0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_READING: Final = re.compile("[ぁ-ゖー]+")
_MOST_PER_KANJI: Final = 5  # 承(うけたまわ)る


class Piece(NamedTuple):
    """Some letters of a text, and what is read over them ("" where nothing is)."""

    text: str
    reading: str = ""


def plain_reading(kana: str) -> str:
    """A reading as furigana write it: hiragana without spaces; "" for what is no reading."""
    joined = "".join(unicodedata.normalize("NFKC", kana).split()).replace("・", "")
    reading = joined.translate(KATAKANA_TO_HIRAGANA)
    return reading if _READING.fullmatch(reading) else ""


@lru_cache(maxsize=1 << 14)
def pieces_of(word: str, reading: str) -> tuple[Piece, ...]:
    """The word in pieces, each with its part of the reading; () where the two do not fit together.

    Spaces, ・ and Latin letters need no part of it. Where more than one way fits, all from the first to the last kanji stands under one reading. Where both have
    spaces, part goes with part.
    """
    words, readings = re.split(r"(\s+)", word), reading.split()
    if len(readings) > 1 and len(words) == 2 * len(readings) - 1 and all(words):
        parts = [pieces_of(one, said) for one, said in zip(words[::2], readings, strict=True)]
        spaces: list[tuple[Piece, ...]] = [*((Piece(space),) for space in words[1::2]), ()]
        if all(parts):
            return tuple(piece for both in zip(parts, spaces, strict=True) for some in both for piece in some)
    runs = [(found.lastgroup or "", found.group()) for found in _RUNS.finditer(word)]
    said = plain_reading(reading)
    if not said:
        return ()
    ways = list(islice(_ways(runs, said), 2))
    if not ways:
        return ()
    pieces = tuple(Piece(text, over) for (_, text), over in zip(runs, ways[0], strict=True))
    return pieces if len(ways) == 1 else _in_one(pieces, said)


def _ways(runs: list[tuple[str, str]], said: str) -> Iterator[tuple[str, ...]]:
    """Every way to share out the reading: what stands over each run."""
    if not runs:
        if not said:
            yield ()
        return
    (kind, text), *rest = runs
    if kind == "other" and not _SILENT.fullmatch(text):
        return
    if kind != "kanji":
        heard = text.translate(KATAKANA_TO_HIRAGANA) if kind == "kana" else ""
        if said.startswith(heard):
            yield from (("", *way) for way in _ways(rest, said[len(heard) :]))
        return
    kanji = len(text)
    for length in range(max(1, kanji // 2), min(len(said), kanji * _MOST_PER_KANJI) + 1):
        yield from ((said[:length], *way) for way in _ways(rest, said[length:]))


def _in_one(pieces: tuple[Piece, ...], said: str) -> tuple[Piece, ...]:
    """One reading from the first to the last kanji, the kana before and behind left bare."""
    read = [number for number, piece in enumerate(pieces) if piece.reading]
    first, last = read[0], read[-1]
    before, within, behind = pieces[:first], pieces[first : last + 1], pieces[last + 1 :]
    end = len(said) - sum(len(piece.text) for piece in behind if _is_heard(piece))
    start = sum(len(piece.text) for piece in before if _is_heard(piece))
    return (*before, Piece("".join(piece.text for piece in within), said[start:end]), *behind)


def _is_heard(piece: Piece) -> bool:
    return bool(re.fullmatch("[ぁ-ゖァ-ヺー]+", piece.text))
