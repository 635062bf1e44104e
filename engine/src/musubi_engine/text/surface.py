"""Words as they stand in a text, for being offered to people: no analysis, only runs of one kind of letter."""

import re

from musubi_engine.text.folding import unify

_KANJI = "一-鿿々〆〇"
_WORD = re.compile(
    rf"(?:(?:子ども|こども|まち|みんな|ふれあい|お|ご)(?=[{_KANJI}ァ-ヺ]))?"
    rf"(?:[{_KANJI}ヶァ-ヺー]{{2,12}}(?:[りきしみけ][{_KANJI}]{{1,4}})?り?|子ども|こども)"
    r"|[A-Za-zＡ-Ｚａ-ｚ]{2,12}"
)
_NUMBERED = re.compile(r"^[〇一二三四五六七八九十百千万]+.?$")
MOST_WORDS = 60


def surface_words(text: str) -> list[str]:
    """The distinct words of a text (at most 60) in order: kanji compounds, katakana, Latin; no numbers."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if not _NUMBERED.match(word):
            found.setdefault(unify(word), word)
        if len(found) == MOST_WORDS:
            break
    return list(found.values())
