"""A sheet and its values become a PDF."""

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path

import typst

from .fonts import Fonts

SHEETS = Path(__file__).parent / "sheets"
STANDARDS: list["typst.PDFStandard"] = ["ua-1", "a-2a"]
"""Tagged for who hears it (PDF/UA-1), and readable in fifty years (PDF/A-2a): an office keeps agreements."""

KEPT = 64
"""Sheets kept in each process, of some 50 kB each: a notice board's neighbours ask for the same one."""


@lru_cache(maxsize=KEPT)
def set_in_type(sheet: str, values: str, day: dt.date, fonts: Fonts) -> bytes:
    """The PDF of `sheets/<sheet>.typ`; `values` is JSON, so that nobody's words are ever read as markup.

    The same arguments give the same bytes.
    """
    compiler = typst.Compiler(
        SHEETS / f"{sheet}.typ", root=SHEETS, font_paths=fonts.found, ignore_system_fonts=True
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        sys_inputs={"values": values, "fonts": json.dumps(fonts.families)},
    )
    assert isinstance(pdf, bytes)
    return pdf
