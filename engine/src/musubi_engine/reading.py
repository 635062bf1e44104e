"""What the engine reads once in a listing's words: folded text, surface, sums of money.

Everything here is a pure function of strings and cached by them, so that thousands of pairs
read each listing once.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from musubi_engine.text import fold
from musubi_engine.types import Listing

_CACHE: Final = 4096


@lru_cache(maxsize=_CACHE)
def surface(text: str) -> str:
    """The text in one width and case, otherwise as typed; for patterns that mind the script."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=1 << 12)  # words, for the most part
def folded(text: str) -> str:
    """The folded text."""
    return fold(text)


def words_of(listing: Listing) -> str:
    """All that a listing says, as typed."""
    parts = (listing.title, listing.body, *(line.what for line in listing.lines), listing.can_do)
    return "\n".join(part for part in parts if part)


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
