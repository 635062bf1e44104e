"""`{% load joining %}`: commas, colons, brackets and ranges as the page's language writes them, and days and times."""

from collections.abc import Iterable
from datetime import date, time

from django import template

from musubi.base.common import days, joining

register = template.Library()

register.simple_tag(joining.comma)
register.simple_tag(joining.colon)
register.simple_tag(joining.aside)
register.simple_tag(joining.spread)


@register.filter
def listed(parts: Iterable[object] | None) -> str:
    """「A、B、C」."""
    return joining.listed(parts or ())


@register.filter
def quoted(words: str | None) -> str:
    """「A」."""
    return joining.quoted([words]) if words else ""


@register.filter
def clock(value: time | None) -> str:
    """「13:30」."""
    return days.clock(value) if value else ""


@register.simple_tag
def days_between(first: date | None, last: date | None) -> str:
    """「12月1日(火)〜12月25日(金)」; either end may be open."""
    return days.days_between(first, last)


@register.simple_tag
def times_between(first: time | None, last: time | None) -> str:
    """「10:00〜12:00」; either end may be open."""
    return days.times_between(first, last)


@register.filter
def on_end(minutes: int) -> str:
    """「続けて3時間」."""
    return days.on_end(minutes)


@register.filter
def labelled(label: str, text: object) -> str:
    """「会場：みなと町集会所」."""
    return joining.labelled(label, text)


@register.filter
def with_unit(number: str, unit: str) -> str:
    """「120人」 with a unit in somebody's own words."""
    return joining.with_unit(number, unit)
