"""A PDF as its reader has it: words, pages, what is printed where, and its QR codes."""

from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from musubi.web.shared.paper.fonts import PACKAGE, FontMissing, fonts

POINTS_IN_MM = 72 / 25.4


def _has_font() -> bool:
    try:
        fonts()
    except FontMissing:
        return False
    return True


HAS_FONT = _has_font()
needs_font = pytest.mark.skipif(
    not HAS_FONT, reason=f"日本語のフォントがないため、飛ばしました（Debian では apt-get install {PACKAGE}）"
)


@dataclass(frozen=True)
class Paper:
    """What is read from the bytes; `text` without line breaks, which are the layout's."""

    title: str
    author: str
    is_tagged: bool
    pages: list[str]
    links: set[str]
    margins: list[tuple[float, float, float, float]]

    @property
    def text(self) -> str:
        return "".join(self.pages)


def read_paper(content: bytes) -> Paper:
    """Opens, renders and reads all pages; `margins` are left, top, right, bottom in mm around what is printed."""
    with pypdfium2.PdfDocument(content) as pdf:
        about = pdf.get_metadata_dict()
        pages, links, margins = [], set(), []
        for page in pdf:
            words = page.get_textpage().get_text_range()
            pages.append("".join(char for char in words if char not in "\r\n\u200b"))
            picture = page.render(scale=2).to_pil().convert("L")
            links |= {found.text for found in zxingcpp.read_barcodes(picture)}
            margins.append(_margins(picture))
        return Paper(about["Title"], about["Author"], pdf.is_tagged(), pages, links, margins)


def _margins(picture: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = ImageChops.invert(picture).point(lambda v: 255 if v > 40 else 0).getbbox()
    scale = 2 * POINTS_IN_MM
    return left / scale, top / scale, (picture.width - right) / scale, (picture.height - bottom) / scale
