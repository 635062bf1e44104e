"""Weekdays as people say them."""

import pytest

from musubi.web.design.wording import weekdays


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([5, 6], "土・日"),
        ([6, 5, 5], "土・日"),
        ([0, 1, 2, 3, 4], "平日"),
        ([0, 1, 2, 3, 4, 5, 6], "毎日"),
        ([0, 1, 2, 3, 5], "月・火・水・木・土"),
    ],
)
def test_weekdays(numbers: list[int], words: str) -> None:
    assert weekdays(numbers) == words
