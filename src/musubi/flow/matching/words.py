"""What the engine tells, in the reader's language: it speaks Japanese and keeps of what its sentences are made.

The kinds of values are those of `musubi_engine.telling`. Patterns stand in the catalogues like every other message.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Self

from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from musubi.base.common.days import day, length, on_end, times_between, weekday, weekdays
from musubi.base.common.joining import all_of, bracketed, dotted, listed, quoted, run_on
from musubi.base.common.languages import SOURCE, current_language
from musubi.base.knowledge.words import recipe_text, topic
from musubi.flow.listings.words import amount_words, when_words

WEEKS: Final = {
    1: pgettext_lazy("a week of the month", "第1"),
    2: pgettext_lazy("a week of the month", "第2"),
    3: pgettext_lazy("a week of the month", "第3"),
    4: pgettext_lazy("a week of the month", "第4"),
    5: pgettext_lazy("a week of the month", "第5"),
}


class Said(str):
    """A sentence for a reader. Where it is the engine's own Japanese, a page marks it as such by itself."""

    __slots__ = ("is_japanese",)
    is_japanese: bool

    def __new__(cls, text: str = "", *, is_japanese: bool = False) -> Self:
        """`is_japanese`: as the engine told it, whatever the page's language."""
        made = super().__new__(cls, text)
        made.is_japanese = is_japanese
        return made

    def __html__(self) -> str:
        """As templates write it."""
        return format_html('<span lang="ja">{}</span>', str(self)) if self.is_japanese else escape(str(self))


def said(told: str | Mapping[str, Any]) -> Said:
    """A sentence of the engine, live or as it is kept ({"sentence", "parts"}), in the reader's language.

    It stays Japanese where no parts were kept (until 2026 they were not), or where a later version tells it in other
    words than the catalogues know.
    """
    if isinstance(told, Said):
        return told
    if isinstance(told, str):
        text, parts = str(told), getattr(told, "parts", ())
    else:
        text, parts = told["sentence"], told.get("parts", ())
    if not text:
        return Said()
    words = "" if current_language().code == SOURCE else _in_words(parts)
    return Said(words) if words else Said(text, is_japanese=True)


def _in_words(parts: Iterable[Any]) -> str:
    try:
        return _sentences(parts)
    except (KeyError, TypeError, ValueError):  # kept by an engine that spoke otherwise
        return ""


def _sentences(parts: Iterable[Any]) -> str:
    return run_on(_pattern(pattern, values) % _values(values) for pattern, values in parts)


def _pattern(pattern: str, values: Mapping[str, Any]) -> str:
    """The pattern as the catalogue has it; KeyError where another language has none."""
    number = values.get("number")
    known = gettext(pattern) if number is None else ngettext(pattern, pattern, number)
    if known == pattern and current_language().tag != SOURCE:
        raise KeyError(pattern)
    return known


def _values(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _SAID[value["as"]](value)
    parts = getattr(value, "parts", ())  # a sentence within a live one
    return _sentences(parts) if parts else str(value)


def _all(value: Mapping[str, Any]) -> list[str]:
    return [_value(each) for each in value["of"]]


def _weeks(value: Mapping[str, Any]) -> str:
    """「第2・第4土曜」."""
    return pgettext("weeks of the month and a weekday", "%(weeks)s%(weekday)s曜") % {
        "weeks": dotted(WEEKS[week] for week in value["weeks"]),
        "weekday": weekday(value["weekday"]),
    }


def _window(value: Mapping[str, Any]) -> str:
    words = when_words(
        _date(value["start"]),
        _date(value["end"]),
        value["weekdays"],
        _time(value["opens"]),
        _time(value["closes"]),
    ) or _("毎日")
    least = value.get("least")  # what was kept until December 2026 knows none
    return bracketed(words, on_end(least)) if least else words


def _date(iso: str | None) -> dt.date | None:
    return None if iso is None else dt.date.fromisoformat(iso)


def _time(iso: str | None) -> dt.time | None:
    return None if iso is None else dt.time.fromisoformat(iso)


_SAID: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "said": lambda value: _sentences(value["parts"]),
    "topic": lambda value: topic(value["name"]),
    "ingredient": lambda value: recipe_text(value["what"]),
    "amount": lambda value: amount_words(value["number"], value["unit"]),
    "bracketed": lambda value: bracketed(_value(value["name"]), _value(value["aside"])),
    "quoted": lambda value: quoted(_all(value)),
    "dotted": lambda value: dotted(_all(value)),
    "listed": lambda value: listed(_all(value)),
    "together": lambda value: all_of(_all(value)),
    "day": lambda value: day(dt.date.fromisoformat(value["day"])),
    "month": lambda value: date_format(dt.date.fromisoformat(value["day"]), "YEAR_MONTH_FORMAT"),
    "hours": lambda value: times_between(_time(value["opens"]), _time(value["closes"])),
    "weekdays": lambda value: weekdays(value["weekdays"]),
    "weeks": _weeks,
    "length": lambda value: length(value["minutes"]),
    "window": _window,
}
