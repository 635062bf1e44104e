"""Which pieces are of Japan."""

import pytest

from musubi.base.tiles.grid import lies_in_japan


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [
        (5, 28, 12),  # the first zoom: Honshu
        (10, 909, 403),  # Tokyo
        (18, 232836, 103256),
        (10, 914, 376),  # Sapporo
        (10, 875, 434),  # Naha
        (6, 53, 28),  # Yonaguni, in the west
    ],
)
def test_pieces_of_japan(z: int, x: int, y: int) -> None:
    assert lies_in_japan(z, x, y)


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [(5, 16, 10), (10, 511, 340), (10, 909, 500), (10, 909, 300), (5, 28, 40), (18, 0, 0), (5, 99999, 12)],
)
def test_pieces_of_elsewhere(z: int, x: int, y: int) -> None:
    assert not lies_in_japan(z, x, y)


def test_from_zoom_to_zoom_the_four_parts_of_what_is_within_reach_into_japan() -> None:
    """Otherwise a map that is drawn closer would have a hole."""
    for z in range(5, 12):
        for x in range(2**z):
            for y in (0, 2**z // 3, 2**z // 2 - 1):
                if lies_in_japan(z + 1, 2 * x, 2 * y):
                    assert lies_in_japan(z, x, y)
