"""Who waits for whom. SQLite has one writer anyway; on PostgreSQL these are advisory locks.

Saves and merges share the index, and replacing it whole excludes both; saves of one object, and
merges of one partition, wait for each other. All locks end with the transaction.
"""

from hashlib import blake2b

from django.db import connection


def share_index() -> None:
    """The index will not be replaced whole before this transaction ends."""
    _lock("pg_advisory_xact_lock_shared", "all")


def hold_index() -> None:
    """Nobody else writes to the index before this transaction ends."""
    _lock("pg_advisory_xact_lock", "all")


def hold_object(kind: str, object_id: int) -> None:
    """Nobody else indexes this object before this transaction ends."""
    _lock("pg_advisory_xact_lock", f"object {kind} {object_id}")


def hold_partition(partition: int) -> None:
    """Nobody else merges this partition before this transaction ends."""
    _lock("pg_advisory_xact_lock", f"partition {partition}")


def _lock(function: str, name: str) -> None:
    if not connection.in_atomic_block:
        message = "A lock of the index lasts as long as a transaction: open one."
        raise RuntimeError(message)
    if connection.vendor != "postgresql":
        return
    digest = blake2b(f"musubi.index {name}".encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
