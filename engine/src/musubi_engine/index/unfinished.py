"""Words in which an input method left Latin letters: こどm食堂 is こども食堂 whose も was not finished."""

import re
from itertools import islice, product
from typing import Final

from musubi_engine.text import normalise

_ROWS: Final = {
    **dict(zip("aiueo", "あいうえお", strict=True)),
    "k": "か き く け こ", "s": "さ し す せ そ", "t": "た ち つ て と", "n": "ん な に ぬ ね の",
    "h": "は ひ ふ へ ほ", "m": "ま み む め も", "y": "や ゆ よ", "r": "ら り る れ ろ", "w": "わ を",
    "g": "が ぎ ぐ げ ご", "z": "ざ じ ず ぜ ぞ", "d": "だ ぢ づ で ど", "b": "ば び ぶ べ ぼ",
    "p": "ぱ ぴ ぷ ぺ ぽ", "f": "ふ ふぁ ふぃ ふぇ ふぉ", "j": "じ じゃ じゅ じょ", "c": "ち か く こ",
    "sh": "し しゃ しゅ しょ", "ch": "ち ちゃ ちゅ ちょ", "ts": "つ",
    **{f"{consonant}y": f"{kana}ゃ {kana}ゅ {kana}ょ"
       for consonant, kana in zip("kgsztnhbpmr", "きぎしじちにひびぴみり", strict=True)},
}  # fmt: skip
"""What letters may become when their vowel is typed."""
_JAPANESE: Final = "ぁ-ゖー一-鿿々"
_LEFT: Final = re.compile(
    rf"(?<![a-z0-9])[a-z]{{1,2}}(?=[{_JAPANESE}])|(?<=[{_JAPANESE}])[a-z]{{1,2}}(?![a-z0-9])"
)
_KANA: Final = re.compile("[ぁ-ゖ]")
_BETWEEN_WORDS: Final = re.compile("[のをにでとがはや]")
_MOST_LEFT: Final = 2
_MOST_FORMS: Final = 49


def finished_forms(typed: str) -> tuple[str, ...]:
    """What a word may have been meant to be, its Latin letters made kana or left out; () if it has none left over.

    At most 49 forms, in hiragana as `normalise` writes them; more than two places are no slip of the fingers.
    """
    word = normalise(typed)
    left = _LEFT.findall(word)
    if not left or len(left) > _MOST_LEFT or not _KANA.search(word):
        return ()
    between = _LEFT.split(word)
    choices = [(*_kana_of(letters), "") for letters in left]
    forms = (
        "".join(part + kana for part, kana in zip(between, (*chosen, ""), strict=True))
        for chosen in product(*choices)
    )
    return tuple(form for form in islice(forms, _MOST_FORMS) if len(form) > 1)


def unfinished_parts(typed: str) -> tuple[str, ...]:
    """The words of an unbroken sentence in which letters were left over, as they stand in it."""
    return tuple(part for part in _BETWEEN_WORDS.split(typed) if part != typed and finished_forms(part))


def _kana_of(letters: str) -> tuple[str, ...]:
    if len(letters) > 1 and letters[0] == letters[1] and letters not in _ROWS:
        return tuple(f"っ{kana}" for kana in _ROWS.get(letters[0], "").split())
    return tuple(_ROWS.get(letters, "").split())
