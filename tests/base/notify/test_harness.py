"""What a run of the suite leaves behind when it is killed does not stop the next."""

import uuid

import pytest
from django.db import connection

from .harness import copy_of_database


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite の写しは、テストのフォルダーとともに消えます"
)
def test_a_copy_that_a_killed_run_left_behind_gives_way() -> None:
    name = f"test_left_{uuid.uuid4().hex[:12]}"
    with copy_of_database("template0", to=name), copy_of_database("template0", to=name):
        assert _exists(name)
    assert not _exists(name)


def _exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None
