"""Headings break between phrases: where a line may end is marked in the HTML, once, for every browser.

`word-break: auto-phrase` does the same in some browsers only. BudouX cuts a sentence into phrases in some 60 µs;
titles repeat from page to page, so that the last few thousand are remembered.
"""

import html
import re
from functools import lru_cache

from budoux import load_default_japanese_parser

HEADING = re.compile(r"(<(h[1-4])(?:\s[^<>]*)?>)(.*?)(</\2>)", re.DOTALL)
TAG = re.compile(r"(<ruby[\s>].*?</ruby>|<[^>]*>)", re.DOTALL)
READING = re.compile(r"<(rt|rp)\b[^>]*>.*?</\1>|<[^>]*>", re.DOTALL)
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
SHORTEST = 6
_parser = load_default_japanese_parser()


def phrases_of(text: str) -> list[str]:
    """The text in pieces between which a reader would pause."""
    return _parser.parse(text)


@lru_cache(maxsize=4096)
def with_breaks(escaped: str) -> str:
    """Text of a page (escaped, without tags) with `<wbr>` between its phrases."""
    if len(escaped) <= SHORTEST or not JAPANESE.search(escaped):
        return escaped
    return "<wbr>".join(html.escape(phrase) for phrase in phrases_of(html.unescape(escaped)))


def break_headings(page: str) -> str:
    """A page whose headings may break between phrases only; never within a word that has its reading (`<ruby>`)."""

    def broken(found: re.Match[str]) -> str:
        opening, _, inner, closing = found.groups()
        parts = TAG.split(inner)
        if "<ruby" in inner:
            return opening + _between_words(parts) + closing
        return opening + "".join(p if p.startswith("<") else with_breaks(p) for p in parts) + closing

    return HEADING.sub(broken, page)


def _between_words(parts: list[str]) -> str:
    """A heading with readings, its phrases found in what it says without them."""
    said = [html.unescape(READING.sub("", part)) for part in parts]
    ends: set[int] = set()
    at = 0
    for phrase in phrases_of("".join(said)):
        at += len(phrase)
        ends.add(at)
    out: list[str] = []
    at = 0
    for part, text in zip(parts, said, strict=True):
        if at in ends and at and text:
            out.append("<wbr>")
        cuts = [] if part.startswith("<") else [end - at for end in sorted(ends) if at < end < at + len(text)]
        pieces = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        out.append(part if len(pieces) == 1 else "<wbr>".join(html.escape(piece) for piece in pieces))
        at += len(text)
    return "".join(out)
