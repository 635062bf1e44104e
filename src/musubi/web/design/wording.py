"""Dates, waiting times and money as people in Japan say them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from musubi.base.common.days import (
    clock,
    day,
    day_as,
    days_between,
    local_date,
    moment,
    times_between,
    weekday,
    weekdays,
)
from musubi.base.common.joining import bracketed
from musubi.base.common.languages import SOURCE, current_language

__all__ = [
    "WEEKDAYS",
    "clock",
    "day",
    "days_between",
    "era_day",
    "era_year",
    "local_date",
    "moment",
    "times_between",
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
    """「令和8年」; the western year for days before Reiwa and in English, both in やさしい日本語."""
    on = local_date(value)
    western = _("%(year)d年") % {"year": on.year}
    language = current_language().code
    if on < REIWA_BEGINS or language == "en":
        return western
    number = on.year - REIWA_OFFSET
    era = f"令和{'元' if number == 1 else number}年"
    return era if language == SOURCE else bracketed(western, era)


def era_day(value: date | datetime) -> str:
    """「令和8年11月20日(金)」, for paper and for whatever the city hall keeps; western where an era says little."""
    on = local_date(value)
    if current_language().code != SOURCE:
        return day_as(on, "MUSUBI_DAY_OF_YEAR")
    return f"{era_year(on)}{day_as(on, 'MUSUBI_DAY')}"


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
