"""A day as people say it in the reader's language, on pages and in messages alike."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from .joining import dotted, spread
from .languages import SOURCE


def local_date(value: date | datetime) -> date:
    """The day on which a moment falls where the reader lives."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime, *, today: date | None = None) -> str:
    """「11月20日(金)」; with the year in front where it is not this year."""
    on = local_date(value)
    this_year = on.year == (today or timezone.localdate()).year
    return day_as(on, "MUSUBI_DAY" if this_year else "MUSUBI_DAY_OF_YEAR")


def day_as(on: date, style: str) -> str:
    """A day in one of the styles of `config/formats`, in the reader's language."""
    return _day_as(on, style, get_language())


def moment(value: datetime, *, today: date | None = None) -> str:
    """「11月20日(金) 13:30」, "Friday 20 November, 1:30 pm"."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    said = {"day": day(local, today=today), "time": clock(local.time())}
    return pgettext("a day and the time of day", "%(day)s %(time)s") % said


def clock(value: time) -> str:
    """「13:30」, "1:30 pm", 「午後1時30分」."""
    return time_format(value, "MUSUBI_TIME" if value.minute else "MUSUBI_HOUR")


def days_between(first: date | None, last: date | None) -> str:
    """「12月1日(火)〜12月25日(金)」; either end may be open."""
    return spread(day(first) if first else "", day(last) if last else "")


def times_between(first: time | None, last: time | None) -> str:
    """「10:00〜12:00」; either end may be open."""
    return spread(clock(first) if first else "", clock(last) if last else "")


def length(minutes: int) -> str:
    """「1時間30分」, 「45分」, "3 hours"."""
    hours, rest = divmod(minutes, 60)
    whole = ngettext("%(number)d時間", "%(number)d時間", hours) % {"number": hours}
    part = ngettext("%(number)d分", "%(number)d分", rest) % {"number": rest}
    if hours and rest:
        return pgettext("a length of time", "%(hours)s%(minutes)s") % {"hours": whole, "minutes": part}
    return whole if hours else part


def minutes_between(first: time | None, last: time | None) -> int:
    """How many minutes of a day lie between two times; an open end is that of the day."""
    begins = 0 if first is None else first.hour * 60 + first.minute
    ends = 24 * 60 if last is None else last.hour * 60 + last.minute
    return ends - begins


def on_end(minutes: int) -> str:
    """「続けて3時間」: for how long something takes within the times that are named."""
    return _("続けて%(length)s") % {"length": length(minutes)}


def weekday(number: int) -> str:
    """「月」 for 0; the whole word for who does not read Japanese by its shortest signs."""
    names = WEEKDAYS_ABBR if (get_language() or SOURCE) == SOURCE else WEEKDAYS
    return str(names[number])


def weekdays(numbers: list[int]) -> str:
    """「土・日」, 「平日」, 「毎日」; nothing where no day is named."""
    days = sorted(set(numbers))
    if days == list(range(7)):
        return _("毎日")
    if days == list(range(5)):
        return _("平日")
    return dotted(weekday(number) for number in days)


def every_weekday(numbers: list[int]) -> str:
    """「毎週土・日」, and the whole week or its working days as they are called."""
    named = weekdays(numbers)
    whole = not named or len(set(numbers)) == 7 or sorted(set(numbers)) == list(range(5))
    return named if whole else _("毎週%(days)s") % {"days": named}


@lru_cache(maxsize=4096)
def _day_as(on: date, style: str, _language: str | None) -> str:
    """The days of a list are few and stand on many pages; nothing but the language decides how they are said."""
    return date_format(on, style)
