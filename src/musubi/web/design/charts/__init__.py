"""Charts: figures described once, drawn by Vega-Lite on the server, in the colours of the page they stand on.

`figures` says what is shown, `bars` and `line` say it to Vega-Lite, `theme` holds the look, `drawing` draws and `keeping`
keeps what was drawn. Why a page never waits for a drawing: ADR 0014.
"""

from .drawing import drawn
from .figures import Bar, Bars, Figures, Line, Point, Row
from .keeping import drawing_of, keep_drawing
from .theme import PAPER, SCHEMA, config_of

__all__ = [
    "PAPER",
    "SCHEMA",
    "Bar",
    "Bars",
    "Figures",
    "Line",
    "Point",
    "Row",
    "config_of",
    "drawing_of",
    "drawn",
    "keep_drawing",
]
