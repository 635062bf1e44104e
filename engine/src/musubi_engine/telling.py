"""Sentences for people that can be said in other languages too; the engine itself speaks Japanese.

A `Sentence` is the Japanese sentence. Besides it keeps of what it was made: patterns, as they stand in the catalogues of
whoever translates (`tools/messages.py` finds every `say` and `pattern`), and what stands in their places. A value is text
as somebody wrote it, a whole number, a sentence, or one of the typed values made below; `as_json` makes all of it plain. Each pattern is a
sentence or a clause that another language can say as a whole. Where one counts something and other languages need one and
many, the place is called `number`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any, Final, Self, TypeAlias

from musubi_engine.labels import RESOURCES, WEEKDAYS, amount_words
from musubi_engine.types import Window

Value: TypeAlias = "str | int | dict[str, Any]"
Part: TypeAlias = tuple[str, Mapping[str, Any]]
_KIND: Final = "as"
TOLD_ONCE: Final = 1 << 10
"""So many sentences of a kind that come again with every list are made once: those of the same names, fields or areas."""


class Sentence(str):
    """One or several sentences in Japanese with the patterns and values they are made of."""

    __slots__ = ("parts",)
    parts: tuple[Part, ...]

    def __new__(cls, text: str = "", parts: tuple[Part, ...] = ()) -> Self:
        """As it was told; `say` makes them."""
        made = super().__new__(cls, text)
        made.parts = parts
        return made


NOTHING: Final = Sentence()
"""Where nothing true can be said in a few words."""


def pattern(text: str) -> str:
    """The text itself, marked to be translated: for tables of what `say` is given."""
    return text


def say(pattern: str, /, **values: Value) -> Sentence:
    """A pattern with its `%(places)s` filled."""
    if not values:
        return _said(pattern)
    return Sentence(pattern % {name: japanese(value) for name, value in values.items()}, ((pattern, values),))


def run_on(sentences: Iterable[Sentence]) -> Sentence:
    """Sentences one after another, as one."""
    told = list(sentences)
    return Sentence("".join(told), tuple(part for sentence in told for part in sentence.parts))


def as_json(sentence: str) -> dict[str, Any]:
    """A sentence to be kept, {"sentence", "parts"}; what is plain text has no parts."""
    return {"sentence": str(sentence), "parts": _kept_parts(sentence)}


def again(parts: Iterable[Iterable[Any]]) -> Sentence:
    """The sentence of kept parts, told anew in Japanese."""
    return run_on(say(pattern, **values) for pattern, values in parts)


def term(labels: Mapping[Any, str], key: Any) -> Value:
    """A word of the vocabulary (`labels`), which other languages know; a key that has none stands as it is."""
    return say(labels[key]) if key in labels else str(key)


def topic(name: str) -> Value:
    """A concept or an activity by its name, which other languages know where it is shipped."""
    return {_KIND: "topic", "name": name}


def ingredient_words(what: str) -> Value:
    """A thing that an activity takes, in the recipe's words."""
    return {_KIND: "ingredient", "what": what}


def resources_words(resources: frozenset[str]) -> Value:
    """The resources in the order of the vocabulary: 「場所・物品」."""
    return dotted(term(RESOURCES, key) for key in RESOURCES if key in resources)


def amount(number: int, unit: str) -> Value:
    """「30席」."""
    return {_KIND: "amount", "number": number, "unit": unit}


def bracketed(name: Value, aside: Value) -> Value:
    """「場所（台所）」."""
    return {_KIND: "bracketed", "name": name, "aside": aside}


def quoted(values: Iterable[Value]) -> Value:
    """「A」「B」, each once."""
    return _joined("quoted", {japanese(value): value for value in values}.values())


def dotted(values: Iterable[Value]) -> Value:
    """「A・B」: short words of one kind."""
    return _joined("dotted", values)


def listed(values: Iterable[Value]) -> Value:
    """「A、B」."""
    return _joined("listed", values)


def together(values: Iterable[Value]) -> Value:
    """「AとB」."""
    return _joined("together", values)


def day(on: date) -> Value:
    """「3月6日（土）」."""
    return {_KIND: "day", "day": on.isoformat()}


def month(of: date) -> Value:
    """「2027年3月」."""
    return {_KIND: "month", "day": of.isoformat()}


def hours(opens: time | None, closes: time | None) -> Value:
    """「9時から12時」; an open end is that of the day."""
    return {_KIND: "hours", "opens": _iso(opens), "closes": _iso(closes)}


def weekdays(days: Iterable[int]) -> Value:
    """「火・木曜」; 0 is Monday."""
    return {_KIND: "weekdays", "weekdays": sorted(days)}


def weeks(numbers: Iterable[int], weekday: int) -> Value:
    """「第2・第4土曜」."""
    return {_KIND: "weeks", "weeks": sorted(numbers), "weekday": weekday}


def length(minutes: int) -> Value:
    """「1時間30分」."""
    return {_KIND: "length", "minutes": minutes}


def window(when: Window) -> Value:
    """「土曜の9時から12時までのうち2時間（2027年3月6日から）」: days, dates, hours and length as a listing gives them."""
    return {
        _KIND: "window",
        "start": _iso(when.start),
        "end": _iso(when.end),
        "weekdays": sorted(when.weekdays),
        "opens": _iso(when.opens),
        "closes": _iso(when.closes),
        "least": when.least,
    }


def japanese(value: Value) -> str:
    """A value as it stands in the Japanese sentence."""
    if isinstance(value, dict):
        return _SAID[value[_KIND]](value)
    return str(value)


@lru_cache(TOLD_ONCE)
def _said(pattern: str) -> Sentence:
    return Sentence(pattern, ((pattern, {}),))


def _kept_parts(sentence: str) -> list[list[Any]]:
    return [
        [pattern, {name: _kept(value) for name, value in values.items()}]
        for pattern, values in getattr(sentence, "parts", ())
    ]


def _kept(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {_KIND: "said", "parts": _kept_parts(value)}
    if isinstance(value, dict):
        return {name: _kept(part) for name, part in value.items()}
    return [_kept(part) for part in value] if isinstance(value, list) else value


def _joined(how: str, values: Iterable[Value]) -> Value:
    return {_KIND: how, "of": list(values)}


def _iso(moment: date | time | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _all(value: Mapping[str, Any]) -> list[str]:
    return [japanese(each) for each in value["of"]]


def _window(value: Mapping[str, Any]) -> str:
    span = _span(_clock(value["opens"]), _clock(value["closes"]))
    start, end = value["start"], value["end"]
    least = value.get("least")  # what was kept until December 2026 knows none
    part = f"のうち{_length(least)}" if least else ""
    if start is not None and start == end:
        on = f"{_date(start)}（{WEEKDAYS[date.fromisoformat(start).weekday()]}）"
        return (f"{on}の{span}" if span else on) + part
    some = value["weekdays"] and len(value["weekdays"]) < len(WEEKDAYS)
    days = _weekdays(value["weekdays"]) if some else "毎日"
    dates = _span(_date(start), _date(end))
    return f"{days}の{span or '終日'}{part}" + (f"（{dates}）" if dates else "")


def _span(first: str, last: str) -> str:
    return (f"{first}から" if first else "") + (f"{last}まで" if last else "")


def _date(iso: str | None) -> str:
    if iso is None:
        return ""
    on = date.fromisoformat(iso)
    return f"{on.year}年{on.month}月{on.day}日"


def _day(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.month}月{on.day}日（{WEEKDAYS[on.weekday()]}）"


def _month(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.year}年{on.month}月"


def _clock(iso: str | None) -> str:
    if iso is None:
        return ""
    at = time.fromisoformat(iso)
    return f"{at.hour}時" + (f"{at.minute}分" if at.minute else "")


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")


def _weekdays(days: Iterable[int]) -> str:
    return "・".join(WEEKDAYS[day] for day in days) + "曜"


_SAID: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "said": lambda value: str(again(value["parts"])),
    "topic": lambda value: value["name"],
    "ingredient": lambda value: value["what"],
    "amount": lambda value: amount_words(value["number"], value["unit"]),
    "bracketed": lambda value: f"{japanese(value['name'])}（{japanese(value['aside'])}）",
    "quoted": lambda value: "".join(f"「{words}」" for words in _all(value)),
    "dotted": lambda value: "・".join(_all(value)),
    "listed": lambda value: "、".join(_all(value)),
    "together": lambda value: "と".join(_all(value)),
    "day": lambda value: _day(value["day"]),
    "month": lambda value: _month(value["day"]),
    "hours": lambda value: f"{_clock(value['opens']) or '0時'}から{_clock(value['closes']) or '24時'}",
    "weekdays": lambda value: _weekdays(value["weekdays"]),
    "weeks": lambda value: (
        "・".join(f"第{week}" for week in value["weeks"]) + f"{WEEKDAYS[value['weekday']]}曜"
    ),
    "length": lambda value: _length(value["minutes"]),
    "window": _window,
}
