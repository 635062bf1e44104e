"""`{% load figures %}`: where one is in a task, what is being waited for, numbers as bars, places and how far they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from musubi.base.tiles.source import TileSource
from musubi.web.design import distances
from musubi.web.design.charts import Bars, Figures, Line, drawing_of
from musubi.web.design.sketch import dots_of, places_shown

register = template.Library()

CLOSEST, CLOSEST_OF_AREAS = 17, 15
"""Zooms of the map when it opens: streets with their houses; a town as a whole."""


@register.inclusion_tag("design/components/stepper.html")
def stepper(*labels: str, current: int) -> dict[str, Any]:
    """The steps of a task, the first is 1; `current` is the one this page is about."""
    steps = [
        (str(label), number < current, number == current) for number, label in enumerate(labels, start=1)
    ]
    return {"steps": steps, "current": current, "number": len(steps)}


@register.inclusion_tag("design/components/progress.html")
def progress(label: str, *, done: int, whole: int, id: str) -> dict[str, Any]:  # noqa: A002 - the attribute's name
    """How far something has come: a bar, and the same in words."""
    return {"label": label, "done": min(done, whole), "whole": whole, "id": id}


@register.inclusion_tag("design/components/skeleton.html")
def skeleton(label: str) -> dict[str, Any]:
    """Holds the place of what is still on its way, and says so."""
    return {"label": label}


@register.simple_block_tag
def dialog(content: str, *, id: str, label: str, title: str) -> SafeString:  # noqa: A002 - the attribute's name
    """A button and what it opens above the page; opens, closes and gives the focus back without script."""
    values = {"content": content, "id": id, "label": label, "title": title}
    return SafeString(render_to_string("design/components/dialog.html", values))


@register.inclusion_tag("design/components/chart.html")
def chart(
    items: Figures | Iterable[tuple[str, float, str]],
    *,
    sentence: str,
    caption: str = "",
    most: float | None = None,
) -> dict[str, Any]:
    """Bars (label, number, the number as it is said) or other figures; `sentence` says what they show.

    With a `caption` its own table says the same again; without one the page's own table stands right below.
    The first time the worker draws it, the table stands alone.
    """
    figures = items if isinstance(items, Bars | Line) else Bars.of(items, most=most)
    return {
        "drawing": SafeString(drawing_of(figures, name=str(sentence))),
        "rows": figures.told if caption else (),
        "sentence": sentence,
        "caption": caption,
    }


@register.inclusion_tag("design/components/places.html")
def places(
    items: Iterable[Mapping[str, Any]], *, label: str, approximate: bool = False, tiles: bool = True
) -> dict[str, Any]:
    """A numbered list of places beside a map of where they lie, or beside a sketch where no map comes.

    A place has `name`, and what is known of `address`, `href`, `far`, `latitude`, `longitude` and `entries` (what is
    there: `title`, `href`, `kind`). The list is whole without the picture. `approximate`: the points are middles of
    towns and wards, which is said, and the map opens no closer than a town. Without `tiles` there is only the sketch.
    """
    shown = places_shown(items)
    dots = dots_of(shown)
    source = settings.TILES if tiles else None
    return {
        "places": shown,
        "dots": dots,
        "has_picture": len(dots) > 1 or bool(dots and source),
        "label": label,
        "approximate": approximate,
        "closest": CLOSEST_OF_AREAS if approximate else CLOSEST,
        "tiles": source,
        "tile_address": _tile_address(source),
    }


def _tile_address(source: TileSource | None) -> str:
    """Where the pieces are had, with {z}, {x} and {y}; another map has other addresses, so that none are mixed up."""
    example = reverse("public:tile", args=[0, 0, 0])
    return f"{example.removesuffix('0/0/0.png')}{{z}}/{{x}}/{{y}}.png?{source.mark}" if source else ""


@register.filter
def distance(metres: float | None) -> str:
    """「約300m」, 「約1.2km」."""
    return "" if metres is None else distances.distance(metres)


@register.filter
def walk(metres: float | None) -> str:
    """「歩いて約15分」 for so many metres in a straight line; nothing for what nobody would walk."""
    return "" if metres is None else distances.walk(metres)


@register.filter
def duration(minutes: int | None) -> str:
    """「約15分」, 「約1時間30分」."""
    return "" if minutes is None else distances.duration(minutes)
