"""What PostgreSQL plans its questions by."""

from django.apps import apps
from django.db import connection


def refresh_statistics() -> None:
    """Tell PostgreSQL what the index's tables hold now: after many new rows its own analysis comes a minute later or more.

    To be called when they are committed. SQLite plans without.
    """
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    tables = ", ".join(quote(model._meta.db_table) for model in apps.get_app_config("index").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
