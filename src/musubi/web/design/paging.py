"""Long lists page by page, under the same number of queries for one row and for a million."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict

from .numbers import whole_number

LAST_PAGE = 10_000


class Rows(Protocol):
    """What can be cut into pages: a queryset or a list."""

    def __getitem__(self, part: slice, /) -> Any: ...


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, whether there are more, and the address of any other page."""

    items: Sequence[Any]
    number: int
    has_next: bool
    total: int | None = None
    params: QueryDict = field(default_factory=QueryDict)
    name: str = "page"

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    def page_url(self, number: int) -> str:
        """The query string of another page; the other parameters stay as they are."""
        params = self.params.copy()
        params[self.name] = str(number)
        return f"?{params.urlencode()}"


def page_number(params: QueryDict, name: str = "page") -> int:
    """The number of the page that is asked for, from 1."""
    return min(whole_number(params.get(name, "")), LAST_PAGE) or 1


def page_of(
    rows: Rows,
    params: QueryDict,
    *,
    per_page: int = 20,
    total: int | None = None,
    name: str = "page",
) -> Page:
    """The page that the request's parameters ask for; nonsense means the first."""
    number = page_number(params, name)
    first = (number - 1) * per_page
    found = list(rows[first : first + per_page + 1])
    return Page(found[:per_page], number, len(found) > per_page, total, params, name)
