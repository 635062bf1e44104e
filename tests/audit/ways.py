"""Whom a page is shown to, and how: width, language, look."""

import datetime as dt
import itertools
import os
import zlib
from dataclasses import dataclass

from musubi.base.common.languages import LANGUAGES

ROLES = {"visitor": "visitor", "member": "owner", "coordinator": "coordinator", "officer": "officer"}
"""The audit's roles, by the matrix' people: of an organisation's members the one who may do most."""

WIDTHS = (375, 1280)
LOCALES = tuple(language.code for language in LANGUAGES)
LOOKS = ("light", "dark")


@dataclass(frozen=True)
class Way:
    """One way to see a page."""

    width: int
    locale: str
    look: str

    def __str__(self) -> str:
        return f"{self.width} px, {self.locale}, {self.look}"


WAYS = tuple(itertools.starmap(Way, itertools.product(WIDTHS, LOCALES, LOOKS)))


def turn_of(day: dt.date) -> int:
    """The week's number. MUSUBI_AUDIT_TURN repeats what another week has found."""
    given = os.environ.get("MUSUBI_AUDIT_TURN")
    return int(given) if given else day.toordinal() // 7


def way_of(page: str, turn: int) -> Way:
    """The way in which this page is seen this week: pages differ, and after twelve weeks each was seen in all ways."""
    return WAYS[(zlib.crc32(page.encode()) + turn) % len(WAYS)]
