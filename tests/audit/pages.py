"""Which pages there are: those of the matrix that the role may read, and a refusal of each kind.

A member is the one of an organisation's people who may do most; what only somebody new to the town reads, a member
of another town reads.
"""

from dataclasses import dataclass
from types import ModuleType

from tests.web.matrix.not_pages import NOT_PAGES

from .ways import ROLES

REFUSALS = {"403": 403, "404": 404}
PAGES = {"ok": 200, "401": 401}
NEWCOMERS = {"workspace:welcome"}


@dataclass(frozen=True)
class Page:
    """An address of the matrix, what it is about, and what is answered."""

    name: str
    what: str
    status: int = 200

    def reader(self, role: str) -> str:
        """Whom of the matrix' people it is shown to."""
        return "other_owner" if role == "member" and self.name in NEWCOMERS else ROLES[role]

    def __str__(self) -> str:
        return f"{self.name} {self.what}".strip()


def pages_of(part: ModuleType, role: str) -> list[Page]:
    pages: dict[Page, None] = {}
    refused: dict[int, Page] = {}
    for method, name, what, expected in part.CASES:
        answer = expected[ROLES[role]]
        if method != "GET" or name in NOT_PAGES:
            continue
        if answer in PAGES:
            pages[Page(name, what, PAGES[answer])] = None
        elif answer in REFUSALS:
            refused.setdefault(REFUSALS[answer], Page(name, what, REFUSALS[answer]))
    return [*pages, *refused.values()]
