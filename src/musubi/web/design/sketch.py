"""Where places lie to one another, as points of a small picture: what is seen where no map comes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, EDGE = 300, 200, 24
WANTED = ("name", "address", "href", "far", "latitude", "longitude", "entries")


def places_shown(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The places with their numbers, and "" for what is not known."""
    return [
        {"number": number, **{key: item.get(key, "") for key in WANTED}}
        for number, item in enumerate(items, start=1)
    ]


def dots_of(places: Sequence[Mapping[str, Any]]) -> list[tuple[int, float, float]]:
    """Number and point of each place whose position is known. North is up."""
    known = [place for place in places if place["latitude"] != ""]
    points = _points([(float(place["latitude"]), float(place["longitude"])) for place in known])
    return [(place["number"], x, y) for place, (x, y) in zip(known, points, strict=True)]


def _points(positions: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Degrees to points of the sketch, true to shape at the places' own latitude."""
    if not positions:
        return []
    narrowing = math.cos(math.radians(positions[0][0]))
    flat = [(longitude * narrowing, -latitude) for latitude, longitude in positions]
    left, top = (min(point[axis] for point in flat) for axis in (0, 1))
    wide, high = max(x for x, _ in flat) - left, max(y for _, y in flat) - top
    room_x, room_y = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    scale = min(room_x / wide if wide else math.inf, room_y / high if high else math.inf)
    scale = 0 if math.isinf(scale) else scale
    move_x, move_y = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return [(round((x - left) * scale + move_x, 1), round((y - top) * scale + move_y, 1)) for x, y in flat]
