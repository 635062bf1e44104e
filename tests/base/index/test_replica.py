"""A replica is read only when it has what the reader has written."""

import random
from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse

from musubi.base.index.adapter import replica
from musubi.base.index.middleware import SESSION_KEY, ReadOwnWrites
from musubi.base.index.queries import search
from musubi.base.index.services import IndexRow, index_object

FAR = "FFFFFFFF/0"
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="PostgreSQL だけにある複製の試験です"
)


@pytest.fixture(autouse=True)
def _nothing_written() -> Iterator[None]:
    replica.begin_at("")
    yield
    replica.begin_at("")


@pytest.fixture
def second(settings: object, transactional_db: None) -> Iterator[None]:
    """A second connection to the same server stands where a replica would: one that is always up to date."""
    connections.databases["replica"] = {**connections.databases["default"]}
    connections["replica"].connect()  # not through what keeps tests from databases they have not named
    yield
    connections["replica"].close()
    del connections["replica"]
    del connections.databases["replica"]


def save(word: str) -> None:
    index_object(kind="listing", row=IndexRow(object_id=1, partition=1, fields={"title": word}))


def test_without_a_replica_everything_is_asked_of_the_primary(db: None) -> None:
    with transaction.atomic():
        save("祭り")
    assert (replica.written_position(), replica.reading_alias()) == ("", "default")
    with pytest.raises(MiddlewareNotUsed):
        ReadOwnWrites(lambda _request: HttpResponse())


@pytest.mark.parametrize(
    ("replayed", "wanted", "has"),
    [
        ("0/10", "0/9", True),
        ("0/9", "0/10", False),
        ("0/A", "0/A", True),
        ("10/0", "9/FFFFFFFF", True),
        ("9/FFFFFFFF", "10/0", False),
    ],
)
def test_positions_are_compared_as_numbers(replayed: str, wanted: str, has: bool) -> None:
    assert replica.reached(replayed, wanted) is has


def test_what_is_no_position_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        replica.reached("", "0/1")


@on_postgresql
def test_postgresql_compares_alike(db: None) -> None:
    chance = random.Random(1)
    ends = [
        f"{chance.randrange(300):X}/{chance.randrange(1 << chance.choice((8, 32))):X}" for _ in range(400)
    ]
    pairs = list(zip(ends[::2], ends[1::2], strict=True)) + [(one, one) for one in ends[:5]]
    with connection.cursor() as cursor:
        for one, other in pairs:
            cursor.execute("SELECT %s::pg_lsn >= %s::pg_lsn", [one, other])
            assert cursor.fetchone() == (replica.reached(one, other),)


@on_postgresql
def test_a_write_is_remembered_and_read_where_it_has_arrived(second: None) -> None:
    save("祭り")
    written = replica.written_position()
    assert replica.reached(written, "0/1")
    assert replica.reading_alias() == "replica"
    assert replica.written_position() == ""
    assert search(partitions=[1], text="祭り").total == 1


@on_postgresql
def test_a_replica_that_is_behind_is_passed_over(second: None) -> None:
    replica.begin_at(FAR)
    assert replica.reading_alias() == "default"
    assert replica.written_position() == FAR


@on_postgresql
def test_in_a_transaction_its_own_rows_are_seen(second: None) -> None:
    with transaction.atomic():
        save("盆踊り")
        assert replica.reading_alias() == "default"
        assert search(partitions=[1], text="盆踊り").total == 1
    assert search(partitions=[1], text="盆踊り").total == 1


@on_postgresql
@pytest.mark.parametrize("position", ["", "0/1"])
def test_a_replica_that_does_not_answer_is_passed_over(
    second: None, position: str, caplog: pytest.LogCaptureFixture
) -> None:
    connections["replica"].connection.close()
    replica.begin_at(position)
    save_nothing = search(partitions=[1], text="祭り")
    assert save_nothing.total == 0
    assert "replica" in caplog.text


@on_postgresql
def test_the_position_goes_along_in_the_session(second: None) -> None:
    request = HttpRequest()
    request.session = SessionStore()

    def saves(_request: HttpRequest) -> HttpResponse:
        save("餅つき")
        return HttpResponse()

    def looks(_request: HttpRequest) -> HttpResponse:
        assert replica.written_position() == request.session[SESSION_KEY]
        assert search(partitions=[1], text="餅つき").total == 1
        return HttpResponse()

    ReadOwnWrites(saves)(request)
    assert replica.reached(request.session[SESSION_KEY], "0/1")
    assert replica.written_position() == ""
    ReadOwnWrites(looks)(request)
    assert request.session[SESSION_KEY] == ""
    assert isinstance(request.session, SessionBase)
