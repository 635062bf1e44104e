"""From Vega-Lite to an SVG that belongs into a page: only what is seen, in the page's font and colours."""

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
KEPT = {
    "path": ("d", "fill", "stroke", "stroke-width", "transform"),
    "line": ("x1", "x2", "y1", "y2", "stroke", "transform"),
    "text": ("text-anchor", "transform", "font-size", "font-weight", "fill"),
    "tspan": ("x", "dy"),
    "g": ("transform",),
}
NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
NOWHERE = "translate(0,0)"


def drawn(specification: dict[str, Any]) -> str:
    """A whole SVG file. The first in a process takes most of a second; nothing is fetched from anywhere."""
    import vl_convert  # a browser's engine in 99 MB: only where something is drawn

    return vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])


def inlined(svg: str, *, name: str, css_class: str) -> str:
    """The same drawing as one picture called `name` within a page: no fonts, ids, styles or empty parts of its own."""
    root = ET.fromstring(svg)  # noqa: S314  # our own drawing, made a moment ago
    _, _, width, height = root.attrib["viewBox"].split()
    inner = "".join(part for child in root for part in _parts(child))
    return (
        f'<svg class="{css_class}" role="img" focusable="false" aria-label="{html.escape(name)}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">{inner}</svg>'
    )


def _parts(element: ET.Element) -> Iterator[str]:
    tag = element.tag.removeprefix(SVG)
    if tag not in KEPT or _is_empty(tag, element):
        return
    attributes = _attributes(tag, element)
    inside = "".join(part for child in element for part in _parts(child))
    if tag == "g" and not (attributes and inside):
        yield inside
        return
    words = html.escape(element.text or "", quote=False) if tag in ("text", "tspan") else ""
    yield f"<{tag}{attributes}>{words}{inside}</{tag}>" if words or inside else f"<{tag}{attributes}/>"


def _is_empty(tag: str, element: ET.Element) -> bool:
    """Frames without ink, and whatever Vega hides."""
    if element.get("display") == "none":
        return True
    return tag == "path" and not {"fill", "stroke"} & {
        key for key, value in element.attrib.items() if value != "none"
    }


def _attributes(tag: str, element: ET.Element) -> str:
    found = {key: element.get(key) for key in KEPT[tag]}
    if tag == "path" and found["fill"] is None:
        found["fill"] = "none"  # Vega says so once, on a group that is gone
    return "".join(
        f' {key}="{html.escape(_shorter(key, value))}"'
        for key, value in found.items()
        if value and value not in (NOWHERE, "normal")
    )


def _shorter(key: str, value: str) -> str:
    if key == "font-size":
        return value.removesuffix("px")
    return NUMBER.sub(lambda found: f"{float(found.group()):.1f}".removesuffix(".0"), value)
