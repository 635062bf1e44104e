"""Bars as Vega-Lite: what is counted above its bars, the number at the end of the line."""

from typing import Any

from .figures import Bars, Row
from .lines import ems, lines_of
from .theme import PAGE, SCHEMA, config_of

TEXT = 15
LEADING = 21
THICK = 14
GAP, BETWEEN = 5, 16
NAME_GAP = 8
BOLD = 1.15  # how much wider than other letters


def specification(figures: Bars, *, width: int) -> dict[str, Any]:
    """The places of rows and words in pixels (Vega-Lite breaks no lines); the lengths of bars are Vega-Lite's business."""
    bars: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    begins = _room_for_names(figures)
    top = 0.0
    for row in figures.rows:
        top = _add_row(row, top, begins, width, bars, words)
    shared = {"y": {"field": "top", "type": "quantitative", "scale": None, "axis": None}}
    length = {"scale": {"domain": [0, 1], "range": [begins, width]}, "axis": None}
    bar = {
        "encoding": {
            **shared,
            "y2": {"field": "bottom"},
            "x": {"field": "from", "type": "quantitative", **length},
            "x2": {"field": "share"},
            "color": {"field": "paint", "type": "nominal", "scale": None},
        },
        "mark": {"type": "rect", "cornerRadius": 3},
    }
    text: dict[str, Any] = {
        "encoding": {
            **shared,
            "x": {"field": "left", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text"},
        }
    }
    layers = [{**bar, "data": {"values": bars}}]
    for align, weight in (("left", "normal"), ("right", "bold")):
        mark = {
            "type": "text",
            "align": align,
            "baseline": "top",
            "fontWeight": weight,
            "lineHeight": LEADING,
        }
        values = [word for word in words if word["align"] == align]
        layers.append({**text, "mark": mark, "data": {"values": values}})
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": max(top - BETWEEN, 1),
        "padding": 0,
        "config": config_of(PAGE, font_size=TEXT),
        "layer": layers,
    }


def _room_for_names(figures: Bars) -> float:
    longest = max((ems(bar.name) for row in figures.rows for bar in row.bars), default=0)
    return round(longest * TEXT + NAME_GAP) if longest else 0


def _add_row(
    row: Row, top: float, begins: float, width: int, bars: list[dict[str, Any]], words: list[dict[str, Any]]
) -> float:
    """Put one row below `top`; where it ends."""
    said = max((ems(bar.said) for bar in row.bars), default=0)
    beside = 0 if begins else said + 1
    label = lines_of(row.label, most=width / TEXT - beside)
    words.append({"text": label, "left": 0, "top": top, "align": "left"})
    if not begins:
        words += [{"text": bar.said, "left": width, "top": top, "align": "right"} for bar in row.bars]
    top += len(label) * LEADING + (GAP if begins else GAP - 1)
    most = row.most or 1
    room = 1 - (said * TEXT * BOLD + NAME_GAP) / (width - begins) if begins else 1
    for bar in row.bars:
        edges = {"top": top, "bottom": top + THICK}
        share = min(max(bar.number, 0) / most, 1) * room
        if not begins:
            bars.append({**edges, "from": 0, "share": 1, "paint": PAGE.track})
        bars.append({**edges, "from": 0, "share": share, "paint": PAGE.pale if bar.is_pale else PAGE.mark})
        if begins:
            words.append({"text": bar.name, "left": 0, "top": top, "align": "left"})
            words.append({"text": bar.said, "left": width, "top": top, "align": "right"})
            top += LEADING + GAP
        else:
            top += THICK
    return top + BETWEEN
