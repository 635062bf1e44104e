"""Time against size, every engine in one log-log plot: an SVG and the figures it was drawn from."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from musubi.config.imports.errors import CannotImport
from musubi.web.design.charts import PAPER, SCHEMA, config_of, drawn

from .index import Row

# What is drawn, and under which name: the beginning of what was measured, by engine.
LINES = (
    ("exact top", "sqlite", "Musubi on SQLite: top 50", "top 50"),
    ("exact top", "postgresql", "Musubi on PostgreSQL: top 50", "top 50"),
    ("exact top", "memory", "Musubi in memory: top 50", "top 50"),
    ("proposals for a need", "sqlite", "Musubi on SQLite: proposals with reasons", "proposals"),
    ("proposals for a need", "postgresql", "Musubi on PostgreSQL: proposals with reasons", "proposals"),
    ("proposals for a need", "memory", "Musubi in memory: proposals with reasons", "proposals"),
    ("Tantivy", "memory", "Tantivy: top 50", "others"),
    ("tsvector", "postgresql", "PostgreSQL tsvector + ts_rank: top 50", "others"),
    ("ILIKE", "postgresql", "PostgreSQL ILIKE: one keyword", "others"),
    ("LIKE", "sqlite", "SQLite LIKE: one keyword", "others"),
    ("pg_trgm", "postgresql", "PostgreSQL similarity(): top 10", "others"),
)


@dataclass(frozen=True)
class Point:
    """One end of a line of the plot."""

    line: str
    group: str
    documents: int
    milliseconds: float


def kept(path: Path) -> list[Row]:
    """The rows a data file holds; none if there is no such file yet."""
    if not path.exists():
        return []
    try:
        return [Row(**row) for row in json.loads(path.read_text("utf-8"))]
    except (ValueError, TypeError) as error:
        raise CannotImport(
            f"{path.name} を測定の結果として読めません。別の名前を指定してください。"
        ) from error


def keep(path: Path, rows: Iterable[Row]) -> list[Row]:
    """Put rows into a data file, each in place of what was measured before of the same at the same size."""
    found = {(row.engine, row.what, row.documents): row for row in (*kept(path), *rows)}
    together = [found[key] for key in sorted(found)]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ",\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in together)
    path.write_text(f"[\n{text}\n]\n", "utf-8")
    return together


def rows_of_engine(path: Path) -> list[Row]:
    """What `musubi-engine bench speed --json` has written, as rows of the engine `memory`."""
    try:
        tables = json.loads(path.read_text("utf-8"))
        return [
            Row(
                row["what"],
                "memory",
                row["documents"],
                row["median ms"],
                row["p95 ms"],
                row["calls"],
                row["note"],
            )
            for table in tables
            for row in table["rows"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotImport(
            f"{path.name} を読めません。musubi-engine bench speed --json の結果を指定してください。"
        ) from error


def points_of(rows: Sequence[Row]) -> list[Point]:
    """The points that are drawn, line by line."""
    return [
        Point(name, group, row.documents, row.median)
        for begins, engine, name, group in LINES
        for row in sorted(rows, key=lambda row: row.documents)
        if row.what.startswith(begins) and row.engine == engine and row.median > 0
    ]


def draw(rows: Sequence[Row], path: Path) -> None:
    """The plot as SVG. Raises CannotImport where nothing was measured."""
    points = points_of(rows)
    if not points:
        raise CannotImport("描ける結果がありません。先に musubi bench index --keep で測ってください。")
    path.write_text(drawn(specification(points)), "utf-8")


def specification(points: Sequence[Point]) -> dict[str, Any]:
    """The plot in Vega-Lite. Lines differ by colour, by dash and by the shape of their points."""
    names = list(dict.fromkeys(point.line for point in points))
    sizes = sorted({point.documents for point in points})
    dashes = {"top 50": [1, 0], "proposals": [6, 3], "others": [2, 2]}
    colour = {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": names, "scheme": "tableau20"},
        "legend": {
            "title": None,
            "orient": "right",
            "labelLimit": 340,
            "symbolType": "stroke",
            "symbolSize": 200,
        },
    }
    return {
        "$schema": SCHEMA,
        "title": "Time against size (median, both axes logarithmic; lower is faster)",
        "width": 560,
        "height": 420,
        "background": "white",
        "padding": 12,
        "config": config_of(PAPER),
        "data": {"values": [asdict(point) for point in points]},
        "encoding": {
            "x": {
                "field": "documents",
                "type": "quantitative",
                "scale": {"type": "log"},
                "axis": {"title": "listings", "values": sizes, "format": ",d"},
            },
            "y": {
                "field": "milliseconds",
                "type": "quantitative",
                "scale": {"type": "log"},
                "axis": {"title": "milliseconds", "format": "~g"},
            },
            "color": colour,
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {
                    "strokeDash": {
                        "field": "group",
                        "type": "nominal",
                        "scale": {"domain": list(dashes), "range": list(dashes.values())},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "point", "size": 60, "filled": True},
                "encoding": {
                    "shape": {
                        "field": "group",
                        "type": "nominal",
                        "scale": {"domain": list(dashes), "range": ["circle", "square", "triangle-up"]},
                        "legend": None,
                    }
                },
            },
        ],
    }
