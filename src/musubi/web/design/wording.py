"""Dates, waiting times and money as people in Japan say them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from musubi.base.common.days import day, local_date, moment, weekday

__all__ = [
    "WEEKDAYS",
    "day",
    "era_day",
    "era_year",
    "local_date",
    "moment",
    "waiting",
    "weekday",
    "weekdays",
    "yen",
]

REIWA_BEGINS, REIWA_OFFSET = date(2019, 5, 1), 2018
DAYS_IN_MONTH, DAYS_IN_YEAR = 30, 365
WEEKDAYS = [(number, WEEKDAYS_ABBR[number]) for number in range(7)]
"""Choices of a form, in the language of whoever sees it."""


def era_year(value: date | datetime) -> str:
    """「令和8年」; the western year for days before Reiwa, and for readers to whom an era says nothing."""
    on = local_date(value)
    if on < REIWA_BEGINS or get_language() == "en":
        return _("%(year)d年") % {"year": on.year}
    number = on.year - REIWA_OFFSET
    return f"令和{'元' if number == 1 else number}年"


def era_day(value: date | datetime) -> str:
    """「令和8年11月20日(金)」, for paper and for whatever the city hall keeps."""
    on = local_date(value)
    if get_language() == "en":
        return date_format(on, "MUSUBI_DAY_OF_YEAR")
    return f"{era_year(on)}{date_format(on, 'MUSUBI_DAY')}"


def waiting(since: date | datetime, now: datetime | None = None) -> str:
    """How long something has waited: 「5分」 「3時間」 「3日」 「2か月」 「1年」."""
    if isinstance(since, datetime):
        passed = max((now or timezone.now()) - since, timedelta(0))
    else:
        passed = max(local_date(now or timezone.now()) - since, timedelta(0))
    if passed.days >= DAYS_IN_YEAR:
        return _years(passed.days // DAYS_IN_YEAR)
    if passed.days >= 2 * DAYS_IN_MONTH:
        return _months(passed.days // DAYS_IN_MONTH)
    if passed.days or not isinstance(since, datetime):
        return _days(passed.days) if passed.days else _("今日")
    minutes = passed.seconds // 60
    return _hours(minutes // 60) if minutes >= 60 else _minutes(minutes) if minutes else _("1分以内")


def _years(number: int) -> str:
    return ngettext("%(number)d年", "%(number)d年", number) % {"number": number}


def _months(number: int) -> str:
    return ngettext("%(number)dか月", "%(number)dか月", number) % {"number": number}


def _days(number: int) -> str:
    return ngettext("%(number)d日", "%(number)d日", number) % {"number": number}


def _hours(number: int) -> str:
    return ngettext("%(number)d時間", "%(number)d時間", number) % {"number": number}


def _minutes(number: int) -> str:
    return ngettext("%(number)d分", "%(number)d分", number) % {"number": number}


def yen(value: float | Decimal) -> str:
    """「12,000円」."""
    return _("%(amount)s円") % {"amount": f"{value:,.0f}"}


def weekdays(numbers: list[int]) -> str:
    """「土・日」, 「平日」, 「毎日」; nothing where no day is named."""
    days = sorted(set(numbers))
    if len(days) == len(WEEKDAYS):
        return _("毎日")
    if days == [0, 1, 2, 3, 4]:
        return _("平日")
    return "・".join(weekday(number) for number in days)
