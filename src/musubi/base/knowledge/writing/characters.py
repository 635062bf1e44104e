"""Letters that some machines show wrongly or read out oddly (環境依存文字).

Fine is what JIS X 0208 has, what Japanese keyboards write for it today (～ －), and other languages' letters: a name in
Hangul is not a fault. Spoken of are signs of single makers (①, ㈱, ㍻), half-width kana, private letters, pictograms
where there are many, and, gently, forms of kanji that mostly stand in names (髙, 﨑).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from .kinds import Rule
from .saying import Advice

_HALF_KANA: Final = re.compile("[\uff61-\uff9f]+")
_NOT_PLAIN: Final = re.compile("[^\u0020-\u007e\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e\n\t]")
_KANJI: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FINE: Final = frozenset("～－∥￠￡￢―‐–—‘’“”…•·\u00a0\u200d\ufe0f\ufe0e")
_WRITTEN: Final[Mapping[str, str]] = {
    "㎡": "平方メートル", "㎥": "立方メートル", "℡": "電話", "☎": "電話", "№": "番号", "㏍": "（株）",
    "㊤": "上", "㊥": "中", "㊦": "下", "㊧": "左", "㊨": "右", "㋿": "令和", "㎏": "kg", "㎞": "km", "㎝": "cm", "㎜": "mm",
}  # fmt: skip
_IN_NAMES: Final[Mapping[str, str]] = {
    "髙": "高", "﨑": "崎", "𠮷": "吉", "德": "徳", "濵": "浜", "瀨": "瀬", "淸": "清", "靑": "青",
    "栁": "柳", "桒": "桑", "裵": "裴", "緖": "緒", "橫": "横", "顏": "顔", "賴": "頼", "黑": "黒", "郞": "郎",
    "渴": "渇", "鷗": "鴎", "增": "増", "彅": "", "曻": "昇", "寬": "寛",
}  # fmt: skip
MOST_PICTOGRAMS: Final = 2
_PLANE_0: Final = 0xFFFF


def find_signs(text: str) -> Iterator[Advice]:
    """Signs and half-width kana together, once each kind, as they follow each other."""
    seen: set[str] = set()
    for found in _HALF_KANA.finditer(text):
        yield Advice(Rule.SIGN, found.start(), found[0], unicodedata.normalize("NFKC", found[0]))
    for found in _NOT_PLAIN.finditer(text):
        letter = found[0]
        if letter in seen or not _is_sign(letter):
            continue
        seen.add(letter)
        yield Advice(Rule.SIGN, found.start(), letter, _instead_of(letter))


def find_pictograms(text: str) -> Iterator[Advice]:
    """More than two of them."""
    found = [each for each in _NOT_PLAIN.finditer(text) if _is_pictogram(each[0])]
    if len(found) > MOST_PICTOGRAMS:
        yield Advice(Rule.PICTOGRAM, found[0].start(), "".join(each[0] for each in found[:3]))


def find_rare_kanji(text: str) -> Iterator[Advice]:
    seen: set[str] = set()
    for found in _KANJI.finditer(text):
        letter = found[0]
        if letter not in seen and _is_rare(letter):
            seen.add(letter)
            yield Advice(Rule.RARE_KANJI, found.start(), letter, _IN_NAMES.get(letter, ""))


@lru_cache(maxsize=8192)
def _is_in_jis(letter: str, standard: str) -> bool:
    try:
        letter.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8192)
def _is_sign(letter: str) -> bool:
    if letter in _WRITTEN and _WRITTEN[letter] != letter:
        return True
    if letter in _FINE or _KANJI.match(letter) or _HALF_KANA.match(letter) or _is_in_jis(letter, "shift_jis"):
        return False
    folded = unicodedata.normalize("NFKC", letter)
    is_abbreviation = folded != letter and unicodedata.category(letter) in {"No", "Nl", "So"}
    return is_abbreviation or unicodedata.category(letter) == "Co"


def _is_pictogram(letter: str) -> bool:
    return (
        unicodedata.category(letter) == "So" and not _is_sign(letter) and not _is_in_jis(letter, "shift_jis")
    )


@lru_cache(maxsize=8192)
def _is_rare(letter: str) -> bool:
    return letter in _IN_NAMES or (ord(letter) > _PLANE_0 and not _is_in_jis(letter, "euc_jis_2004"))


def _instead_of(letter: str) -> str:
    """①: 「1.」, ㈱: 「（株）」, ㍻: 「平成」."""
    if letter in _WRITTEN:
        return _WRITTEN[letter]
    folded = unicodedata.normalize("NFKC", letter)
    if folded.isdecimal():
        return f"{folded}."
    roman = "Ⅰ" <= letter <= "Ⅻ"
    if roman:
        return str(ord(letter) - ord("Ⅰ") + 1)
    return folded.translate({ord("("): "（", ord(")"): "）"}) if folded != letter else ""
