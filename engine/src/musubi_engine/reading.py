"""What the engine reads once in a listing's words: folded text, concepts, prices, refusals.

Everything here is a pure function of strings and cached by them, so that thousands of pairs
read each listing once.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.concepts import ASSETS, THEMES
from musubi_engine.text import fold
from musubi_engine.types import Listing

_CACHE: Final = 65536
_RUNS = re.compile(r"[一-鿿々〆ヶ]{2,}|[ァ-ヺー]{3,}|[a-z][a-z0-9]{2,}")
_LATIN = re.compile(r"[a-z0-9][a-z0-9-]*")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_SHORT_KATAKANA = 3
_KANJI = re.compile(r"[一-鿿々〆ヶ]+")
# Words that stand in any listing and tell nothing about what it is for.
_EVERYWHERE_WORDS = (
    "活動 団体 地域 参加 利用 場所 時間 無料 有料 募集 提供 希望 可能 必要 対応 相談 協力 支援 開催 実施 予定 程度 "
    "毎月 毎週 毎年 平日 土曜 日曜 月曜 火曜 水曜 木曜 金曜 土日 午前 午後 夜間 以上 以下 以内 会員 代表 連絡 市内 "
    "区内 町内 一緒 自分 方々 年間 月間 週間 当日 今年 来年 年度 年前 年代 世帯 人数 全員 各種 一部 半日 一日 月末 "
    "万円 千円 年生 費用 実費 交通費 謝礼 応募 申込 受付 中心 皆様 皆さん 大歓迎 歓迎 気軽 大切 経験 年以上 名以上 上限 対象"
)
_EVERYWHERE = frozenset(_EVERYWHERE_WORDS.split())


@lru_cache(maxsize=_CACHE)
def surface(text: str) -> str:
    """The text in one width and case, otherwise as typed; for patterns that mind the script."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=_CACHE)
def folded(text: str) -> str:
    """The folded text."""
    return fold(text)


def words_of(listing: Listing) -> str:
    """All that a listing says, as typed."""
    parts = (listing.title, listing.body, *(line.what for line in listing.lines), listing.can_do)
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one concept by how they are to be found."""

    parts: tuple[str, ...]
    latin: frozenset[str]
    katakana: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> "_Words":
        short, latin, parts = [], set(), []
        for word in words.split():
            if word.isascii():
                latin.add(word)
            elif len(word) <= _SHORT_KATAKANA and _KATAKANA.fullmatch(word):
                short.append(word)
            else:
                parts.append(fold(word))
        return cls(tuple(dict.fromkeys(parts)), frozenset(latin), tuple(short))


@lru_cache(maxsize=1)
def _concepts() -> tuple[dict[str, _Words], dict[str, _Words]]:
    return (
        {name: _Words.of(words) for name, words in THEMES.items()},
        {name: _Words.of(words) for name, words in ASSETS.items()},
    )


@lru_cache(maxsize=_CACHE)
def themes(text: str) -> frozenset[str]:
    """The themes a text touches, by name."""
    return _concepts_in(text, _concepts()[0])


@lru_cache(maxsize=_CACHE)
def assets(text: str) -> frozenset[str]:
    """The concrete things a text touches, by name."""
    return _concepts_in(text, _concepts()[1])


def _concepts_in(text: str, table: dict[str, _Words]) -> frozenset[str]:
    known = folded(text)
    latin = frozenset(_LATIN.findall(known))
    katakana = _KATAKANA.findall(surface(text))
    return frozenset(
        name
        for name, words in table.items()
        if any(part in known for part in words.parts)
        or words.latin & latin
        or any(run.startswith(words.katakana) for run in katakana if words.katakana)
    )


def shared_words(one: str, other: str, most: int = 3) -> tuple[str, ...]:
    """Up to `most` words of `one`, as typed there, that `other` contains too; the longest first."""
    there = folded(other)
    begin = tuple(folded(run) for run in _RUNS.findall(surface(other)))
    found: dict[str, None] = {}
    for run in _RUNS.findall(surface(one)):
        for piece in _pieces(run, there, begin):
            if piece not in _EVERYWHERE:
                found[piece] = None
    best: list[str] = []
    for piece in sorted(found, key=lambda word: (-len(word), word)):
        if not any(piece in longer for longer in best):
            best.append(piece)
    return tuple(best[:most])


def _pieces(run: str, there: str, begin: tuple[str, ...]) -> list[str]:
    """The longest parts of a run that the other text has; katakana and Latin words only whole.

    A part of a compound is a word where one of the two texts begins a compound with it:
    避難 of 津波避難 beside 避難誘導, but not 子屋 of 菓子屋 beside 寺子屋.
    """
    if not _KANJI.fullmatch(run):
        return [run] if folded(run) in there else []
    pieces = []
    start = 0
    while start < len(run) - 1:
        for end in range(len(run), start + 1, -1):
            piece = folded(run[start:end])
            if piece in there and (start == 0 or any(other.startswith(piece) for other in begin)):
                pieces.append(run[start:end])
                start = end - 1
                break
        start += 1
    return pieces


_YEN = re.compile(r"(?:(\d+(?:\.\d+)?)万)?(?:(\d+(?:\.\d+)?)千)?(\d{1,3}(?:,\d{3})+|\d+)?円")


@lru_cache(maxsize=_CACHE)
def yen_amounts(text: str) -> tuple[int, ...]:
    """Every sum of money a text names, in yen: 12,100円, 3万円, 4万5千円."""
    sums = []
    for ten_thousands, thousands, rest in _YEN.findall(surface(text)):
        if ten_thousands or thousands or rest:
            total = float(ten_thousands or 0) * 10_000 + float(thousands or 0) * 1_000
            sums.append(int(total) + int((rest or "0").replace(",", "")))
    return tuple(sums)
