"""`{% load outcome_charts %}`: what came of it, drawn where a drawing says more than the table below it."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from musubi.flow.outcomes.queries import IndicatorResult, QuestionResult
from musubi.web.design.charts import Bar, Bars, Row

register = template.Library()

FULL_MARKS = 5
ENOUGH_ANSWERS, ENOUGH_INDICATORS = 3, 2


@register.inclusion_tag("public/voices/chart.html")
def averages_chart(averages: Sequence[QuestionResult]) -> dict[str, Any]:
    """Questions side by side; one or two numbers need no drawing."""
    if len(averages) < ENOUGH_ANSWERS:
        return {}
    bars = [(each.label, float(each.average), _points(each)) for each in averages]
    return {"figures": Bars.of(bars, most=FULL_MARKS), "sentence": _highest_and_lowest(averages)}


def _points(each: QuestionResult) -> str:
    return _("%(average)s点") % {"average": each.average}


def _highest_and_lowest(averages: Sequence[QuestionResult]) -> str:
    best, worst = max(averages, key=lambda one: one.average), min(averages, key=lambda one: one.average)
    if best.average == worst.average:
        return _("どの問いも、平均は5点満点の%(average)s点でした。") % {"average": best.average}
    return _(
        "5点満点で、いちばん高いのは「%(best)s」の%(high)s点、いちばん低いのは「%(worst)s」の%(low)s点です。"
    ) % {"best": best.label, "high": best.average, "worst": worst.label, "low": worst.average}


@register.inclusion_tag("public/voices/chart.html")
def changes_chart(indicators: Sequence[IndicatorResult]) -> dict[str, Any]:
    """Before and after, each indicator on its own scale, as they are counted in different things."""
    rows = [row for each in indicators if (row := _row(each))]
    if len(rows) < ENOUGH_INDICATORS:
        return {}
    return {"figures": Bars(tuple(rows)), "sentence": _how_many_reached(indicators, len(rows))}


def _row(each: IndicatorResult) -> Row | None:
    if each.before is None or each.after is None or min(each.before, each.after) < 0:
        return None
    before, after = float(each.before), float(each.after)
    bars = (
        Bar(before, each.before_words, _("始める前"), is_pale=True),
        Bar(after, each.after_words, _("あと")),
    )
    return Row(each.name, bars, max(before, after))


def _how_many_reached(indicators: Sequence[IndicatorResult], number: int) -> str:
    said = ngettext(
        "%(number)dつの数を、始める前とあとでくらべました。",
        "%(number)dつの数を、始める前とあとでくらべました。",
        number,
    ) % {"number": number}
    aimed = [each.is_reached for each in indicators if each.is_reached is not None]
    if aimed:
        said += _("目標のある%(aimed)dつのうち、%(reached)dつが届きました。") % {
            "aimed": len(aimed),
            "reached": sum(aimed),
        }
    return said
