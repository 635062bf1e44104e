"""The part of a text that shows best why it was found, and the words in it marked."""

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from musubi.base.index import queries as index

SNIPPET, BEFORE_MARK = 90, 20
_NONE: Mapping[str, tuple[str, ...]] = {}


def excerpt_of(text: str, words: str, synonyms: Mapping[str, tuple[str, ...]] = _NONE) -> str:
    """The window of a text with most of the words, several different ones before one again; else its beginning."""
    spans = index.marks(text, words, synonyms)
    start = _best_start(text, spans)
    part = text[start : start + SNIPPET]
    return f"{'…' if start else ''}{part}{'…' if start + SNIPPET < len(text) else ''}"


def marked(text: str, words: str, synonyms: Mapping[str, tuple[str, ...]] = _NONE) -> SafeString:
    """The text as HTML, the words in `<mark>`."""
    parts, end = [], 0
    for start, stop in index.marks(text, words, synonyms):
        parts += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))


def _best_start(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the window begins: a little before its first mark; at the beginning if that shows as much."""
    best, best_start = _shown(text, spans, 0), 0
    for first, _ in spans:
        start = max(0, min(first - BEFORE_MARK, len(text) - SNIPPET))
        shown = _shown(text, spans, start)
        if shown > best:
            best, best_start = shown, start
    return best_start


def _shown(text: str, spans: Sequence[tuple[int, int]], start: int) -> tuple[int, int]:
    """How many different words a window shows whole, and how many in all."""
    inside = [text[a:b] for a, b in spans if start <= a and b <= start + SNIPPET]
    return len(set(inside)), len(inside)
