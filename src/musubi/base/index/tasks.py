"""Background work of the index."""

from django_tasks import task

from musubi.base.index import services


@task()
def merge_index() -> int:
    """Merge what is due. Safe to run at any time, twice, or to kill."""
    return services.merge_due()
