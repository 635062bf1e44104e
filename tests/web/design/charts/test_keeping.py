"""A page never waits for a drawing, and never asks twice."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.web.design.charts import Bars, Line, Point, drawing_of, keep_drawing
from musubi.web.design.charts.figures import as_values, from_values
from tests.flow.matching.later import run_later, waiting

from .test_drawing import BARS, LINE, PAIRS

pytestmark = pytest.mark.django_db


def test_the_worker_draws_what_a_page_has_asked_for() -> None:
    assert drawing_of(BARS, name="人手が多い") == ""
    assert drawing_of(BARS, name="人手が多い") == ""
    assert [name for name, _ in waiting()] == ["draw"]
    assert run_later() == 1
    html = drawing_of(BARS, name="人手が多い")
    assert html.count("<svg") == 2
    assert html.count('aria-label="人手が多い"') == 2
    assert waiting() == []


def test_a_kept_drawing_costs_one_query() -> None:
    kept = keep_drawing(LINE, name="増えた")
    with CaptureQueriesContext(connection) as queries:
        assert drawing_of(LINE, name="増えた") == kept
    assert len(queries) == 1


def test_other_figures_or_another_name_are_another_drawing() -> None:
    keep_drawing(BARS, name="一")
    assert drawing_of(BARS, name="二") == ""
    assert drawing_of(Bars.of([("人手", 41, "41件")]), name="一") == ""


@pytest.mark.parametrize("figures", [BARS, PAIRS, LINE, Line((Point("今", 1.5, "1.5"),))])
def test_figures_survive_the_queue(figures: Any) -> None:
    assert from_values(json.loads(json.dumps(as_values(figures)))) == figures
