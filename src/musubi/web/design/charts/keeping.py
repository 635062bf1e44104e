"""What was drawn is kept by what it shows; what was not yet drawn is left to the worker (ADR 0014)."""

import hashlib
import json
from typing import Any

from django.core.cache import cache
from django_tasks import task

from . import bars, line
from .drawing import drawn, inlined
from .figures import Bars, Figures, as_values, from_values

VERSION = 1  # of the look: a higher number, and everything is drawn anew
WIDTHS = {"chart-narrow": 288, "chart-wide": 576}
MONTH = 30 * 24 * 60 * 60
ASKED = 10 * 60  # after so long a page may ask again, should the worker have lost it


def drawing_of(figures: Figures, *, name: str) -> str:
    """The drawing as HTML, for a phone and for a desk; nothing while it is still to be drawn."""
    values = as_values(figures)
    key = _key(values, name)
    kept = cache.get(key)
    if kept is not None:
        return str(kept)
    if cache.add(f"{key}-asked", "", timeout=ASKED):
        draw.enqueue(values, name)
    return ""


def keep_drawing(figures: Figures, *, name: str) -> str:
    """Draw it now, and keep it for whoever asks in the next month."""
    svg = "".join(
        inlined(drawn(_specified(figures, width)), name=name, css_class=css_class)
        for css_class, width in WIDTHS.items()
    )
    cache.set(_key(as_values(figures), name), svg, timeout=MONTH)
    return svg


@task()
def draw(values: dict[str, Any], name: str) -> None:
    """The worker's part: twice does the same as once."""
    keep_drawing(from_values(values), name=name)


def _specified(figures: Figures, width: int) -> dict[str, Any]:
    if isinstance(figures, Bars):
        return bars.specification(figures, width=width)
    return line.specification(figures, width=width)


def _key(values: dict[str, Any], name: str) -> str:
    said = json.dumps([VERSION, values, name], sort_keys=True, ensure_ascii=False)
    return f"chart:{hashlib.sha256(said.encode()).hexdigest()}"
