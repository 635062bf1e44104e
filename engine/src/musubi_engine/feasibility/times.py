"""When a listing is possible, in words: days, dates and hours as the listing gives them."""

from datetime import date, time

from musubi_engine.labels import WEEKDAYS
from musubi_engine.types import Window

_MOST = 2


def windows_words(windows: tuple[Window, ...]) -> str:
    """The first windows in full and how many more there are: 「土曜の9時から12時（2027年3月6日から）」."""
    words = "と".join(_words(window) for window in windows[:_MOST])
    return f"{words}など{len(windows)}通り" if len(windows) > _MOST else words


def _words(window: Window) -> str:
    hours = _span(_clock(window.opens), _clock(window.closes))
    if window.start is not None and window.start == window.end:
        day = f"{_day(window.start)}（{WEEKDAYS[window.start.weekday()]}）"
        return f"{day}の{hours}" if hours else day
    names = "・".join(WEEKDAYS[day] for day in sorted(window.weekdays))
    days = f"{names}曜" if names and len(window.weekdays) < len(WEEKDAYS) else "毎日"
    dates = _span(_day(window.start), _day(window.end))
    return f"{days}の{hours or '終日'}" + (f"（{dates}）" if dates else "")


def _span(first: str, last: str) -> str:
    return (f"{first}から" if first else "") + (f"{last}まで" if last else "")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _clock(hour: time | None) -> str:
    if hour is None:
        return ""
    return f"{hour.hour}時" + (f"{hour.minute}分" if hour.minute else "")
