"""How far it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.base.common.distances import EARTH, metres_between

TOKYO, OSAKA = (35.681236, 139.767125), (34.702485, 135.495951)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_known_distances() -> None:
    assert metres_between(TOKYO, OSAKA) == pytest.approx(403_000, rel=0.01)
    assert metres_between((35.0, 140.0), (35.001, 140.0)) == pytest.approx(111.2, abs=0.1)


@given(POINTS, POINTS)
def test_there_is_as_far_as_back_and_never_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert metres_between(one, other) == pytest.approx(metres_between(other, one), abs=0.01)
    assert 0 <= metres_between(one, other) <= EARTH * 3.1416
    assert metres_between(one, one) == 0
