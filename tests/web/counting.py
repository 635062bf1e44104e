"""A page asks the database as often for many rows as for one."""

from collections.abc import Callable, Iterable

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.web.shared.town_readings import forget_readings

OVER_A_PAGE = 21
"""Rows: a list shows twenty, and that there are more."""


def queries_of(client: Client, url: str) -> int:
    """How many questions a visit takes; the first one fills what is kept between requests and is not counted."""
    client.get(url)
    return _asked(client, url)


def queries_of_a_first_visit(client: Client, url: str) -> int:
    """How many a visit takes before anything is kept."""
    cache.clear()
    forget_readings()
    return _asked(client, url)


def _asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def asked_for_many(
    clients: Client | list[Client],
    urls: Iterable[str],
    more: Callable[[int], object],
    rows: int = OVER_A_PAGE,
) -> int:
    """The most questions a first visit of any of the pages takes, after each page was seen to take as many for `rows`
    of what `more` makes (it gets the row's number) as for one. All pages share the rows: making them takes longer than to read a page."""
    asking = [clients] if isinstance(clients, Client) else clients
    visits = [(client, url) for url in urls for client in asking]

    def counted() -> list[tuple[str, int]]:
        return [(url, queries_of(client, url)) for client, url in visits]

    more(0)
    few = counted()
    for number in range(1, rows):
        more(number)
    assert counted() == few
    return max(queries_of_a_first_visit(client, url) for client, url in visits)
