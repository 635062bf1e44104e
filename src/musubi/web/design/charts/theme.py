"""The look of every chart, on a page and in the documents: one configuration, two palettes."""

from dataclasses import dataclass
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True)
class Palette:
    """What each part of a chart is painted with."""

    ink: str
    soft: str
    line: str
    mark: str
    pale: str
    track: str


# On a page: the names of the page's own colours, so that one drawing follows the look, forced colours and paper.
PAGE = Palette(
    ink="var(--ink)",
    soft="var(--ink-soft)",
    line="var(--chart-line)",
    mark="var(--chart-mark)",
    pale="var(--chart-pale)",
    track="var(--chart-track)",
)
# Standing alone, as a file: the values that base.css gives these names.
PAPER = Palette(
    ink="#24211d", soft="#57514a", line="#e0d9cb", mark="#115a36", pale="#746d62", track="#f2ecdf"
)


def config_of(palette: Palette, *, font_size: int = 12) -> dict[str, Any]:
    """Vega-Lite's `config`: no frame, quiet lines, text as large as it is read."""
    return {
        "font": "sans-serif",
        "background": None,
        "view": {"stroke": None},
        "text": {"color": palette.ink, "fontSize": font_size, "lineHeight": round(font_size * 1.4)},
        "title": {"color": palette.ink, "anchor": "start", "fontSize": font_size + 3},
        "axis": {
            "domainColor": palette.line,
            "tickColor": palette.line,
            "gridColor": palette.line,
            "labelColor": palette.soft,
            "titleColor": palette.ink,
            "labelFontSize": font_size,
            "titleFontSize": font_size + 1,
        },
        "legend": {"labelColor": palette.ink, "labelFontSize": font_size},
        "bar": {"color": palette.mark},
        "line": {"color": palette.mark, "strokeWidth": 2},
        "point": {"color": palette.mark, "filled": True},
    }
