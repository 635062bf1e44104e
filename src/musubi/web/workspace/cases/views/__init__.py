"""A case for its parties and for the staff who arrange it."""

from .acts import case_close, case_leave, case_next, case_take
from .hub import case, cases
from .letters import case_file, case_letter

__all__ = [
    "case",
    "case_close",
    "case_file",
    "case_leave",
    "case_letter",
    "case_next",
    "case_take",
    "cases",
]
