"""Where the words of a search stand in a text, in whichever spelling it was written."""

import re
from functools import lru_cache

from musubi_engine.text import fold, kanji_of, normalise, unify
from musubi_engine.text.same_thing import SAME_THING
from musubi_engine.text.spellings import SPELLINGS

LONGEST_WORD = 40
_NO_LONGER_IN_KANJI = 10_000
_NUMBER = re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日|(?P<digits>[0-9]+)")
_KATAKANA_FROM_HIRAGANA = 0x60
_ALSO = {
    **dict(zip("あいうえお", "ぁぃぅぇぉ", strict=True)),
    "が": "ヶ",
    "か": "ヶヵ",
    "歳": "才",
}


def spans_of(text: str, words: str) -> list[tuple[int, int]]:
    """Start and end of each passage of a text that a search for these words would call a hit, in order."""
    pattern = _pattern(words)
    return [match.span() for match in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str] | None:
    known = [word for word in dict.fromkeys(unify(words).split()) if len(word) <= LONGEST_WORD]
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    alternatives = [_written(word) for word in longest_first]
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None


def _written(word: str) -> str:
    """A pattern of every way the tables know of writing a unified word."""
    parts, rest = [], word
    while rest:
        if number := _NUMBER.match(rest):
            parts.append(_number(number))
            rest = rest[number.end() :]
            continue
        canonical = next((c for c in _longest_first() if rest.startswith(c)), "")
        parts.append(_any_of(_forms()[canonical]) if canonical else _letter(rest[0]))
        rest = rest[len(canonical) or 1 :]
    return "".join(parts) + ("ー?" if "ぁ" <= word[-1] <= "ゖ" else "")


def _number(number: re.Match[str]) -> str:
    """A number in digits or kanji; a day of a month also as 11/20."""
    if number["month"]:
        month, day = _digits(number["month"]), _digits(number["day"])
        return rf"(?:{month}月{day}日|(?<![\d/])0?{month}[/／]0?{day}(?!\d))"
    return _digits(number["digits"])


def _digits(digits: str) -> str:
    """A whole number: 3 is not part of 13."""
    written = "".join(map(_letter, digits))
    if int(digits) >= _NO_LONGER_IN_KANJI:
        return rf"(?<!\d){written}(?!\d)"
    return rf"(?:(?<!\d)0?{written}(?!\d)|{'|'.join(kanji_of(int(digits)))})"


def _any_of(forms: frozenset[str]) -> str:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(''.join(map(_letter, form)) for form in longest_first)})"


def _letter(letter: str) -> str:
    """The letter in hiragana and katakana, in full and half width."""
    shapes = {letter, *_ALSO.get(letter, "")}
    shapes |= {chr(ord(c) + _KATAKANA_FROM_HIRAGANA) for c in shapes if "ぁ" <= c <= "ゖ"}
    shapes |= {chr(ord(c) + 0xFEE0) for c in shapes if "!" <= c <= "~"}
    return f"[{''.join(re.escape(shape) for shape in sorted(shapes))}]"


@lru_cache(maxsize=1)
def _forms() -> dict[str, frozenset[str]]:
    """Unified word -> the ways of writing it, from the engine's tables."""
    forms: dict[str, set[str]] = {}
    for variant in (*SPELLINGS, *SAME_THING):
        written = (variant.canonical, *variant.forms.split())
        for prepared in {unify(variant.canonical), fold(variant.canonical)}:
            forms.setdefault(prepared, set()).update(normalise(form) for form in written)
    return {canonical: frozenset(written) for canonical, written in forms.items()}


@lru_cache(maxsize=1)
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_forms(), key=lambda canonical: (-len(canonical), canonical)))
