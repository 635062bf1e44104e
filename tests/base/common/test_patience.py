"""A reader's page does not wait for a writer; everything else does, also afterwards."""

import pytest
from django.db import connection

from musubi.base.common.patience import MOMENT, without_waiting

sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers")


def patience() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])


@sqlite_alone
@pytest.mark.django_db(transaction=True)
def test_sqlite_is_waited_for_no_longer_than_a_moment() -> None:
    usual = patience()
    assert usual > MOMENT
    with without_waiting():
        assert patience() == MOMENT
    with pytest.raises(ZeroDivisionError), without_waiting():
        raise ZeroDivisionError
    assert patience() == usual


@sqlite_alone
@pytest.mark.django_db
def test_within_a_transaction_that_writes_already_nothing_changes() -> None:
    usual = patience()
    with without_waiting():
        assert patience() == usual
