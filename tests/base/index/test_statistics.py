"""What PostgreSQL plans by is true as soon as the index has been made anew."""

import pytest
from django.core.management import call_command
from django.db import connection

from musubi.base.index.models import Document, Posting
from tests import factories
from tests.factories import Town

pytestmark = pytest.mark.django_db


def estimated(table: str) -> int:
    """How many rows the planner takes a table to have; below 0 where it was never looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        [number] = cursor.fetchone()
    return int(number)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without statistics")
def test_a_rebuild_tells_the_planner_how_much_there_is_now(town: Town) -> None:
    actor = factories.make_actor(town.municipality, factories.make_person())
    for _number in range(20):
        factories.make_listing(actor, "offer")
    call_command("index", "rebuild", verbosity=0)
    for model in (Document, Posting):
        assert estimated(model._meta.db_table) == model.objects.count() > 20
