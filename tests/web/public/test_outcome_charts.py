"""When results are drawn, and what the drawing is said to show."""

from decimal import Decimal

import pytest

from musubi.flow.outcomes.queries import QuestionResult
from musubi.web.public.templatetags.outcome_charts import averages_chart, changes_chart
from tests.flow.outcomes.test_results import figure


def averages(*points: str) -> list[QuestionResult]:
    return [QuestionResult(f"q{n}", f"問い{n}", Decimal(each), 4) for n, each in enumerate(points, 1)]


def test_averages_are_drawn_out_of_five() -> None:
    shown = averages_chart(averages("3.2", "4.5", "4.0"))
    assert [row.most for row in shown["figures"].rows] == [5, 5, 5]
    assert shown["figures"].told == [("問い1", "3.2点"), ("問い2", "4.5点"), ("問い3", "4.0点")]
    assert shown["sentence"] == (
        "5点満点で、いちばん高いのは「問い2」の4.5点、いちばん低いのは「問い1」の3.2点です。"
    )
    same = averages_chart(averages("4.0", "4.0", "4.0"))
    assert same["sentence"] == "どの問いも、平均は5点満点の4.0点でした。"


def test_changes_are_drawn_each_on_its_own_scale() -> None:
    rows = [figure(0, 100, 120), figure(30, 10, 12, unit="kg"), figure(None, 1, 1), figure(3, 1, None)]
    shown = changes_chart(rows)
    assert [row.most for row in shown["figures"].rows] == [120, 30]
    assert [said for _, said in shown["figures"].told] == ["0人", "120人", "30kg", "12kg"]
    assert shown["sentence"] == (
        "2つの数を、始める前とあとでくらべました。目標のある3つのうち、2つが届きました。"
    )
    aimless = changes_chart([figure(0, None, 1), figure(2, None, 1)])
    assert aimless["sentence"] == "2つの数を、始める前とあとでくらべました。"


@pytest.mark.parametrize("rows", [[], [figure(0, 1, 1)], [figure(0, 1, 1), figure(None, 1, 1)]])
def test_a_single_number_needs_no_drawing(rows: list[object]) -> None:
    assert changes_chart(rows) == {}  # type: ignore[arg-type]
    assert averages_chart(averages("4.0", "4.0")) == {}
