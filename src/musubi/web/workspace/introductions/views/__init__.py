"""Introductions for their two sides and for staff, and asking to talk."""

from .acts import introduction_letter, introduction_reopen, introduction_reply, introduction_withdraw
from .asking import ask
from .reading import introduction, introduction_file, introductions

__all__ = [
    "ask",
    "introduction",
    "introduction_file",
    "introduction_letter",
    "introduction_reopen",
    "introduction_reply",
    "introduction_withdraw",
    "introductions",
]
