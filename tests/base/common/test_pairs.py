"""A pair is of both its sides, and only those asked for are told."""

from musubi.base.common.pairs import others_of


def test_each_side_has_the_other_whatever_the_order() -> None:
    pairs = [(1, 2), (3, 1), (1, 2), (4, 5)]
    assert others_of(pairs, among={1, 2, 4, 6}) == {
        1: frozenset({2, 3}),
        2: frozenset({1}),
        4: frozenset({5}),
    }
    assert others_of([], among={1}) == others_of(pairs, among=()) == {}
