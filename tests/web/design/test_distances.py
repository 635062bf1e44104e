"""Distances and durations as they are said."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from musubi.web.design.distances import distance, duration, how_far, walk


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "約100m"),
        (140, "約100m"),
        (300, "約300m"),
        (949, "約900m"),
        (950, "約1km"),
        (1240, "約1.2km"),
        (2000, "約2km"),
        (9949, "約9.9km"),
        (9960, "約10km"),
        (12_400, "約12km"),
    ],
)
def test_a_distance(metres: float, said: str) -> None:
    assert distance(metres) == said


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "歩いて約5分"),
        (300, "歩いて約5分"),
        (900, "歩いて約15分"),
        (3600, "歩いて約1時間"),
        (1240, "歩いて約20分"),
        (3900, ""),
        (12_000, ""),
    ],
)
def test_a_walk_is_told_as_long_as_somebody_walks(metres: float, said: str) -> None:
    assert walk(metres) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(15, "約15分"), (60, "約1時間"), (90, "約1時間30分"), (120, "約2時間")]
)
def test_a_duration(minutes: int, said: str) -> None:
    assert duration(minutes) == said


def test_both_together() -> None:
    assert how_far(1200) == "約1.2km（歩いて約20分）"
    assert how_far(12_000) == "約12km"


def test_in_english() -> None:
    with override("en"):
        assert how_far(1200) == "about 1.2 km (about 20 minutes on foot)"
        assert duration(60) == "about 1 hour"
        assert duration(90) == "about 1 h 30 min"


def test_as_filters() -> None:
    source = "{% load figures %}{{ m|distance }}、{{ m|walk }}、{{ t|duration }}"
    assert Template(source).render(Context({"m": 300, "t": 15})) == "約300m、歩いて約5分、約15分"
    assert Template(source).render(Context({"m": None, "t": None})) == "、、"
