"""Days on which a Japanese office answers: no weekend, no holiday (振替休日 too), none of the days around new year."""

import datetime as dt

import jpholiday


def is_business_day(day: dt.date) -> bool:
    """Offices are closed from 29 December to 3 January (行政機関の休日に関する法律)."""
    around_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not around_new_year and not jpholiday.is_holiday(day)


def business_days_after(day: dt.date, number: int) -> dt.date:
    """The last day of an answer promised "within `number` business days" of this day."""
    while number > 0:
        day += dt.timedelta(days=1)
        number -= is_business_day(day)
    return day
