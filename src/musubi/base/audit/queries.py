"""Reading the log. Who may read which city's log is decided where roles are known (flow.actors)."""

import datetime as dt

from django.db.models import Model, QuerySet

from .models import Event


def events_about(subject: Model) -> QuerySet[Event]:
    return Event.objects.filter(subject_type=subject._meta.label_lower, subject_ref=str(subject.pk))


def count_since(*, by: Model, verbs: tuple[str, ...], since: dt.datetime) -> int:
    """How often this person did these things lately: the ground of the rate limits on posting."""
    return Event.objects.filter(by=f"user:{by.pk}", verb__in=verbs, at__gte=since).count()
