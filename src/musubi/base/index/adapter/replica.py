"""From which database a question is answered: a replica only when it has reached what the asker has written.

Whoever writes remembers the position of the log after the commit: for the rest of the thread's work, and by the
middleware for the session's next requests. A replica behind it is passed over, one ahead is believed.
"""

import logging
from threading import local
from typing import Final

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, InterfaceError

log = logging.getLogger(__name__)

PRIMARY: Final = "default"
REPLICA: Final = "replica"
# A database that is no replica at all, such as one promoted since, has everything that it will ever have.
_REPLAYED = """
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text
"""


class _Written(local):
    """The position after this thread's last commit, as far as its readers must see it."""

    position: str = ""


_written = _Written()


def remember_write() -> None:
    """To be called in a transaction that writes: after its commit this thread's questions see it."""
    if REPLICA in settings.DATABASES:
        transaction.on_commit(_remember)


def written_position() -> str:
    """The position a reader must have reached, as PostgreSQL writes it (16/B374D848); empty: none."""
    return _written.position


def begin_at(position: str) -> None:
    """The thread goes on where a session has left off; empty: it has written nothing."""
    _written.position = position


def reading_alias() -> str:
    """The database to ask now. In a transaction, which may have written, it is the primary."""
    if REPLICA not in settings.DATABASES or connection.in_atomic_block:
        return PRIMARY
    wanted = _written.position
    try:
        replayed = _replayed()  # asked each time: it also tells whether the replica is still there
    except (DatabaseError, InterfaceError):
        log.warning("The replica does not answer; the primary is asked instead.", exc_info=True)
        connections[REPLICA].close()
        return PRIMARY
    if wanted and not reached(replayed, wanted):
        return PRIMARY
    _written.position = ""  # a replica never goes back
    return REPLICA


def reached(replayed: str, wanted: str) -> bool:
    """Whether one position of the log is not before another. Raises ValueError for what is no position."""
    return _number(replayed) >= _number(wanted)


def _number(position: str) -> int:
    high, low = position.split("/")
    return (int(high, 16) << 32) | int(low, 16)


def _replayed() -> str:
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(_REPLAYED)
        return str(cursor.fetchone()[0] or "0/0")


def _remember() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        _written.position = cursor.fetchone()[0]
