"""How often people searched in vain, week by week: whether the town's words are getting better."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from musubi.web.design.charts import Line, Point

LEAST_WEEKS = 3  # with anything in them: one or two numbers need no drawing


@dataclass(frozen=True)
class Course:
    """A line and what it shows in words."""

    figures: Line
    sentence: str


def course_of(weeks: Sequence[tuple[dt.date, int]]) -> Course | None:
    """From Mondays and numbers; None while there is too little to draw."""
    if sum(number > 0 for _monday, number in weeks) < LEAST_WEEKS:
        return None
    points = tuple(
        Point(date_format(monday, "MONTH_DAY_FORMAT"), number, str(number)) for monday, number in weeks
    )
    monday, most = max(weeks, key=lambda week: week[1])
    sentence = _(
        "この%(weeks)d週間に、見つからなかったことは%(total)d回ありました。いちばん多かったのは、%(day)sからの週の%(most)d回です。"
    ) % {
        "weeks": len(weeks),
        "total": sum(number for _monday, number in weeks),
        "day": date_format(monday, "MONTH_DAY_FORMAT"),
        "most": most,
    }
    return Course(Line(points), sentence)
