"""Lines of a drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.web.design.charts.lines import ems, lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("人手", ["人手"]),
        ("", [""]),
        ("今日は天気がいいので散歩します", ["今日は天気が", "いいので", "散歩します"]),
        ("People who took part", ["People who", "took part"]),
        ("incomprehensibilities", ["incomprehe", "nsibilitie", "s"]),
    ],
)
def test_lines_end_between_phrases_and_words(text: str, lines: list[str]) -> None:
    assert lines_of(text, most=6) == lines


@given(st.text(alphabet="あ漢ア aB1、。", max_size=60))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str) -> None:
    lines = lines_of(text, most=8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(ems(line) <= 8 for line in lines)
