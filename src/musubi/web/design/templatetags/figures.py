"""`{% load figures %}`: where one is in a task, what is being waited for, numbers as bars, places as a sketch."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from musubi.web.design.charts import Bars, Figures, Line, drawing_of

register = template.Library()

SKETCH_WIDTH, SKETCH_HEIGHT, SKETCH_EDGE = 300, 200, 20


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
def places(items: Iterable[Mapping[str, Any]], *, label: str) -> dict[str, Any]:
    """A list of places (`name`, `address`, `href`, `far`) beside a sketch of where they lie (`latitude`, `longitude`).

    The list is whole without the sketch; a place whose position is unknown is in the list alone. North is up.
    """
    wanted = ("name", "address", "href", "far", "latitude", "longitude")
    listed = [{key: item.get(key, "") for key in wanted} for item in items]
    known = [(number, place) for number, place in enumerate(listed, start=1) if place["latitude"] != ""]
    points = _sketch([(float(place["latitude"]), float(place["longitude"])) for _, place in known])
    dots = [(number, x, y) for (number, _), (x, y) in zip(known, points, strict=True)]
    return {"places": listed, "dots": dots, "label": label}


def _sketch(positions: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Degrees to points of the sketch, true to shape at the places' own latitude."""
    if not positions:
        return []
    narrowing = math.cos(math.radians(positions[0][0]))
    flat = [(longitude * narrowing, -latitude) for latitude, longitude in positions]
    left, top = (min(point[axis] for point in flat) for axis in (0, 1))
    wide, high = max(x for x, _ in flat) - left, max(y for _, y in flat) - top
    room_x, room_y = SKETCH_WIDTH - 2 * SKETCH_EDGE, SKETCH_HEIGHT - 2 * SKETCH_EDGE
    scale = min(room_x / wide if wide else math.inf, room_y / high if high else math.inf)
    scale = 0 if math.isinf(scale) else scale
    move_x, move_y = (SKETCH_WIDTH - wide * scale) / 2, (SKETCH_HEIGHT - high * scale) / 2
    return [(round((x - left) * scale + move_x, 1), round((y - top) * scale + move_y, 1)) for x, y in flat]
