"""What a cell means once it is text."""

import datetime as dt
import re
from typing import Any

# What offices write into a cell that has nothing to say.
DASHES = re.compile(r"[\-‐‑‒–—―−－ーｰ─━…‥*＊\s\u3000]*")
PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def looks_blank(value: str) -> bool:
    """True for nothing, spaces, and the dashes that stand for nothing (『―』, 『－』, 『…』)."""
    return DASHES.fullmatch(value) is not None


def blank(value: str) -> str:
    """The text without the space around it; empty for what stands for nothing."""
    return "" if looks_blank(value) else value.strip()


def as_text(value: Any) -> str:  # noqa: PLR0911 - one line per kind of cell
    """A cell of a workbook as somebody would have typed it: 3 not 3.0, 2026-04-01 not midnight."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat(timespec="minutes")
        case _:
            return str(value)


def guarded(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) and not PLAIN_NUMBER.fullmatch(value):
        return f"'{value}"
    return value
