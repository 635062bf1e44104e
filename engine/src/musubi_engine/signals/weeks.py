"""Which weeks of the month a text speaks of: 「第2・第4土曜」. Windows hold weekdays only."""

import re
from typing import Final

from musubi_engine.labels import WEEKDAYS
from musubi_engine.reading import surface
from musubi_engine.readings import TextReading

_NUMERALS: Final = str.maketrans("一二三四五", "12345")
_WEEKS = re.compile(
    r"((?:第[1-5一二三四五][・、,と]?(?:[1-5一二三四五][・、,と]?)*)+)の?([月火水木金土日](?:[・、と][月火水木金土日])*)曜"
)
_NUMBER = re.compile(r"[1-5]")


def weeks_of(text: TextReading) -> dict[int, frozenset[int]]:
    """Weekday (0 = Monday) → the weeks of the month named for it; empty where none is named."""
    found: dict[int, set[int]] = {}
    for weeks, days in _WEEKS.findall(surface(text.announced)):
        numbers = {int(number) for number in _NUMBER.findall(weeks.translate(_NUMERALS))}
        for day in days:
            if day in WEEKDAYS:
                found.setdefault(WEEKDAYS.index(day), set()).update(numbers)
    return {day: frozenset(numbers) for day, numbers in found.items()}


def shared_weeks(wanted: TextReading, given: TextReading, day: int) -> frozenset[int] | None:
    """The weeks that suit both on a weekday: of either where the other names none; None: every week."""
    one, other = wanted.once(weeks_of).get(day), given.once(weeks_of).get(day)
    if one is None or other is None:
        return one if other is None else other
    return one & other
