"""Words of a drawing, which breaks no lines by itself."""

import unicodedata

from ..phrases import phrases_of

NARROW = 0.56
WIDE = "WFA"


def ems(text: str) -> float:
    """About how wide a text is, in heights of its letters."""
    return sum(1 if unicodedata.east_asian_width(letter) in WIDE else NARROW for letter in text)


def lines_of(text: str, *, most: float) -> list[str]:
    """The text in lines of at most `most` ems: between phrases, between words, and within a word only where it must."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and ems((lines[-1] + piece).rstrip()) > most:
            lines.append("")
        for letter in piece:
            if ems(lines[-1] + letter) > most and letter != " ":
                lines.append("")
            lines[-1] += letter
    return [line.strip() for line in lines if line.strip()] or [""]


def _pieces(text: str) -> list[str]:
    words = [f"{word} " for word in text.split(" ")]
    return [piece for word in words for piece in ([word] if word.isascii() else phrases_of(word))]
