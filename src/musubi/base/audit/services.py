"""Every write leaves a row."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from .models import Event

KEPT_COMMA = "、"
"""Between the names of a list in a row of the log, whoever reads it."""


def record(
    *,
    by: Model | None,
    verb: str,
    subject: Model,
    at: dt.datetime,
    before: Any = "",
    after: Any = "",
    on_behalf_of: Model | None = None,
) -> Event:
    """Keep who did what to which object; `by` None means the system itself."""
    event = _event(by, verb, subject, at, before, after, on_behalf_of)
    event.save(force_insert=True)
    return event


def record_all(*, by: Model | None, verb: str, subjects: Mapping[Model, Any], at: dt.datetime) -> None:
    """Keep that the same was done to many objects at once; the values say what each was after it."""
    Event.objects.bulk_create(
        [_event(by, verb, subject, at, "", after, None) for subject, after in subjects.items()],
        batch_size=1000,
    )


def _event(
    by: Model | None,
    verb: str,
    subject: Model,
    at: dt.datetime,
    before: Any,
    after: Any,
    on_behalf_of: Model | None,
) -> Event:
    municipality = getattr(subject, "municipality_id", None)
    return Event(
        at=at,
        by=f"user:{by.pk}" if by is not None else "system",
        on_behalf_of=f"{on_behalf_of._meta.label_lower}:{on_behalf_of.pk}"
        if on_behalf_of is not None
        else "",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_ref=str(subject.pk),
        municipality_ref=str(municipality or ""),
        before=_text(before),
        after=_text(after),
    )


def record_view(*, by: Model, subject: Model, what: str, at: dt.datetime) -> Event:
    """Keep that somebody saw personal data that is not public."""
    return record(by=by, verb="personal_data.view", subject=subject, after=what, at=at)


def _text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    )
