"""How far apart two points of the earth are."""

from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000.0

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def metres_between(one: Point, other: Point) -> float:
    """As the crow flies, along the great circle."""
    south, west, north, east = (radians(degree) for degree in (*one, *other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))
