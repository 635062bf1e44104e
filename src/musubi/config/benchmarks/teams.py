"""Teams for needs of several lines, as made-up needs mostly have one: each asks for what others ask for besides."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from musubi.base.index.services import give_back
from musubi.flow.listings.models import Listing
from musubi.flow.matching.queries.pool import Asked, asked_of
from musubi.flow.matching.queries.team_suggestions import pool_by_line, teams_of
from musubi_engine import SHIPPED
from musubi_engine.bench.speed_teams import of_several_lines

Calls = list[Callable[[], Any]]


def team_calls(needs: Sequence[Listing], *, today: dt.date) -> tuple[Calls, Calls]:
    """For each need of 2, 4, 6 or 8 lines: finding and reading its lines' candidates, and that with ranking and teams."""
    asked = [asked_of(need, today=today) for need in needs]
    several = of_several_lines([one.value for one in asked])
    asked = [
        one._replace(value=replace(one.value, lines=value.lines))
        for one, value in zip(asked, several, strict=True)
    ]
    steps: Calls = [partial(pool_by_line, one, SHIPPED, today) for one in asked]
    return steps, [partial(_teams_as_kept, one, today) for one in asked]


def _teams_as_kept(asked: Asked, today: dt.date) -> None:
    teams_of(asked, today=today)
    give_back()
