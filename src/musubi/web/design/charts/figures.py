"""What a chart shows, as plain values: the same for the drawing, its sentence and its table."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bar:
    """One bar: its number, the number as it is said, what it is where a row has several; `is_pale` steps back."""

    number: float
    said: str
    name: str = ""
    is_pale: bool = False


@dataclass(frozen=True)
class Row:
    """What is counted, and its bars; a bar of `most` is as long as the row."""

    label: str
    bars: tuple[Bar, ...]
    most: float


@dataclass(frozen=True)
class Bars:
    """Rows of bars."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, items: Iterable[tuple[Any, float, Any]], *, most: float | None = None) -> "Bars":
        """One bar a row, all on one scale that ends at `most`, else at the largest number."""
        listed = [(str(label), float(number), str(said)) for label, number, said in items]
        end = most or max((number for _, number, _ in listed), default=0)
        return cls(tuple(Row(label, (Bar(number, said),), end) for label, number, said in listed))

    @property
    def told(self) -> list[tuple[str, str]]:
        """Row by row, as a table says it."""
        return [(f"{row.label} {bar.name}".rstrip(), bar.said) for row in self.rows for bar in row.bars]


@dataclass(frozen=True)
class Point:
    """One moment of a line: when, how much, and how much as it is said."""

    label: str
    number: float
    said: str


@dataclass(frozen=True)
class Line:
    """How a number went, from the first moment to the last, equally far apart."""

    points: tuple[Point, ...]

    @property
    def told(self) -> list[tuple[str, str]]:
        """Moment by moment, as a table says it."""
        return [(point.label, point.said) for point in self.points]


Figures = Bars | Line


def as_values(figures: Figures) -> dict[str, Any]:
    """For a queue and a cache: lists, words and numbers."""
    return {"kind": type(figures).__name__, **asdict(figures)}


def from_values(values: dict[str, Any]) -> Figures:
    """The figures again, after they went through JSON."""
    if values["kind"] == "Line":
        return Line(tuple(Point(**point) for point in values["points"]))
    return Bars(
        tuple(
            Row(row["label"], tuple(Bar(**bar) for bar in row["bars"]), row["most"]) for row in values["rows"]
        )
    )
