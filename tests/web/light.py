"""What makes a page heavy or lets it jump, read from its HTML; and what its first paint waits for."""

import gzip
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "src/musubi"
TAG = re.compile(r"<(img|script|link)\b([^>]*)>")


def heavy_parts(html: str) -> list[str]:
    """Pictures without their size, scripts that stop the reading, anything of another host."""
    return [tag.group() for tag in TAG.finditer(html) if _is_heavy(tag.group(1), tag.group(2))]


def _is_heavy(tag: str, attributes: str) -> bool:
    if re.search(r"""\b(?:src|href)=["'](?:https?:)?//""", attributes) and "canonical" not in attributes:
        return True
    if tag == "img":
        return not ("width=" in attributes and "height=" in attributes)
    if tag == "script":
        is_data = 'type="application/json"' in attributes
        return not is_data and not re.search(r'\bdefer\b|\basync\b|type="module"', attributes)
    return False


def blocking_sheets(html: str) -> list[Path]:
    """The style sheets a bright screen waits for, as files."""
    links = [tag.group(2) for tag in TAG.finditer(html) if tag.group(1) == "link"]
    sheets = [link for link in links if 'rel="stylesheet"' in link and 'media="print"' not in link]
    return [_file(re.search(r'href="[^"]*static/([^"?]+)', link)) for link in sheets]


def _file(found: re.Match[str] | None) -> Path:
    assert found is not None
    return next(STATIC.glob(f"**/static/{found.group(1)}"))


def packed(*contents: bytes) -> int:
    """How many bytes are sent, each part compressed by itself."""
    return sum(len(gzip.compress(content, 6)) for content in contents)
