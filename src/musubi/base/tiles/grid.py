"""Which pieces of the world's map lie in Japan (Web Mercator, as 地理院タイル are cut)."""

from math import asinh, floor, pi, radians, tan

SOUTH, NORTH, WEST, EAST = 20, 46, 122, 154
"""Degrees; the same as the constraint on the point of an area."""


def lies_in_japan(z: int, x: int, y: int) -> bool:
    """Whether the piece has a part within Japan's rectangle."""
    return _column(WEST, z) <= x <= _column(EAST, z) and _row(NORTH, z) <= y <= _row(SOUTH, z)


def _column(longitude: float, z: int) -> int:
    return floor((longitude + 180) / 360 * 2**z)


def _row(latitude: float, z: int) -> int:
    return floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**z)
