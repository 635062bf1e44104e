"""A line through time as Vega-Lite: from zero, few lines behind it, the last number said."""

import json
from typing import Any

from .figures import Line
from .lines import ems
from .theme import PAGE, SCHEMA, config_of

TEXT = 14
HEIGHT = 180
TICKS = 4


def specification(figures: Line, *, width: int) -> dict[str, Any]:
    """As many moments are named below as fit beside each other."""
    longest = max((ems(point.label) for point in figures.points), default=1)
    fit = max(2, int(width / ((longest + 1.5) * TEXT)))
    number = len(figures.points)
    every = max(1, -(-number // fit))
    values = [
        {"at": at, "label": point.label, "number": point.number, "said": point.said}
        for at, point in enumerate(figures.points)
    ]
    named = list(range(number - 1, -1, -every))
    highest = max((point.number for point in figures.points), default=0)
    at_most = {"ticks": False, "domain": False, "title": None, "tickCount": TICKS, "labelPadding": 8}
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 0,
        "config": config_of(PAGE, font_size=TEXT),
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "at",
                "type": "quantitative",
                "scale": {"domain": [0, max(number - 1, 1)], "nice": False, "padding": 8},
                "axis": {
                    "values": named,
                    "grid": False,
                    "title": None,
                    "ticks": False,
                    "labelPadding": 8,
                    "labelBound": False,
                    "labelFlush": True,
                    "labelOverlap": False,
                    "labelExpr": f"{json.dumps([point.label for point in figures.points])}[datum.value]",
                },
            },
            "y": {
                "field": "number",
                "type": "quantitative",
                "scale": {"domain": [0, max(highest * 1.2, TICKS)], "nice": False},
                "axis": {**at_most, "tickMinStep": 1},
            },
        },
        "layer": [
            {"mark": {"type": "line"}},
            {"mark": {"type": "point", "size": 40, "shape": "circle"}},
            {
                "mark": {"type": "text", "align": "right", "dy": -14, "fontWeight": "bold"},
                "transform": [{"filter": f"datum.at == {number - 1}"}],
                "encoding": {"text": {"field": "said"}},
            },
        ],
    }
