"""Headings break between phrases: where a line may end is marked in the HTML, once, for every browser.

`word-break: auto-phrase` does the same in some browsers only. BudouX cuts a sentence into phrases in some 60 µs;
titles repeat from page to page, so that the last few thousand are remembered.
"""

import html
import re
from functools import lru_cache

from budoux import load_default_japanese_parser

HEADING = re.compile(r"(<(h[1-4])(?:\s[^<>]*)?>)(.*?)(</\2>)", re.DOTALL)
TAG = re.compile(r"(<[^>]*>)")
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
    """A page whose headings may break between phrases only; headings with readings (`<ruby>`) stay as they are."""

    def broken(found: re.Match[str]) -> str:
        opening, _, inner, closing = found.groups()
        if "<ruby" in inner:
            return found.group()
        parts = TAG.split(inner)
        return opening + "".join(p if p.startswith("<") else with_breaks(p) for p in parts) + closing

    return HEADING.sub(broken, page)
