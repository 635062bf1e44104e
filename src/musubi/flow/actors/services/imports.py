"""Actors from files, by the thousand: the same file twice changes nothing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.places.models import Area, Municipality

from ..enums import ActorState
from ..models import Actor, Membership
from ..permissions import can_import_actors
from .indexing import index_actors
from .profile import checked_values

COLUMNS = (
    *("kind", "name", "kana", "summary", "description", "area", "town", "fields", "founded_on"),
    *("corporate_number", "representative", "email", "phone", "address", "url", "item_visibility"),
)
IMPORT_STATES = frozenset({ActorState.DRAFT, ActorState.PENDING, ActorState.VERIFIED})
Stamp = dict[str, ActorState | User | dt.datetime | None]


@dataclass(frozen=True, kw_only=True)
class ActorRow:
    """One actor of a file, already read and repaired; `external_ref` is its key there."""

    external_ref: str
    kind: str
    name: str
    kana: str = ""
    summary: str = ""
    description: str = ""
    area: Area | None = None
    town: str = ""
    fields: tuple[int, ...] = ()
    founded_on: dt.date | None = None
    corporate_number: str = ""
    representative: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    url: str = ""
    item_visibility: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """The columns as the table holds them."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return values | {"fields": list(self.fields), "item_visibility": dict(self.item_visibility)}


@dataclass
class Imported:
    """What an import did; `refused` is why a row was not taken, `kept` what its own members look after by now."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)
    """Known actors that were brought up to date: whoever imports lets their listings follow."""
    results: dict[str, str] = field(default_factory=dict)
    """What became of each row: taken, updated, unchanged (also where members look after it), refused."""


def import_actors(
    *,
    municipality: Municipality,
    rows: Iterable[ActorRow],
    by: User | None,
    now: dt.datetime,
    state: str = ActorState.DRAFT,
    batch_size: int = 1000,
) -> Imported:
    """Take rows in, each whole or not at all, a transaction a batch; `by` None is the command line.

    New actors get `state`. A known one (same `external_ref`) is brought up to date until it has
    members of its own; from then on they decide what stands there.
    """
    if by is not None:
        require(can_import_actors(by, municipality))
    if state not in IMPORT_STATES:
        raise ValueError(f"actors cannot be imported as {state}")
    done = Imported()
    for batch in _batches(rows, batch_size):
        _import_batch(municipality, batch, by=by, now=now, state=ActorState(state), done=done)
    return done


def import_actor(
    *,
    municipality: Municipality,
    external_ref: str,
    kind: str,
    name: str,
    by: User | None,
    now: dt.datetime,
    state: str = ActorState.DRAFT,
) -> Actor:
    """The actor that a file names by `external_ref`, made if it is not known; ValidationError if it cannot be."""
    row = ActorRow(external_ref=external_ref, kind=kind, name=name)
    known = Actor.objects.filter(municipality=municipality, external_ref=external_ref).first()
    if known is not None:
        return known
    done = import_actors(municipality=municipality, rows=[row], by=by, now=now, state=state)
    if reason := done.refused.get(external_ref):
        raise ValidationError(reason)
    return Actor.objects.get(pk=done.ids[external_ref])


@transaction.atomic
def _import_batch(
    municipality: Municipality,
    batch: dict[str, ActorRow],
    *,
    by: User | None,
    now: dt.datetime,
    state: ActorState,
    done: Imported,
) -> None:
    known = {
        actor.external_ref: actor
        for actor in Actor.objects.select_for_update(of=("self",))
        .filter(municipality=municipality, external_ref__in=batch)
        .select_related("area")
    }
    joined = set(Membership.objects.filter(actor__in=known.values()).values_list("actor_id", flat=True))
    new: list[Actor] = []
    changed: list[Actor] = []
    for ref, row in batch.items():
        actor = known.get(ref)
        if actor is not None and actor.pk in joined:
            done.kept += 1
            done.results[ref] = "unchanged"
        elif actor is not None and not _differs(actor, row):
            done.unchanged += 1
            done.results[ref] = "unchanged"
        elif problem := _problem(_filled(Actor(municipality=municipality), row), row):
            done.refused[ref] = problem
            done.results[ref] = "refused"
        elif actor is not None:
            actor.updated_at = now
            changed.append(_filled(actor, row))
            done.results[ref] = "updated"
        else:
            stamp = _stamp(state, by, now)
            new.append(
                _filled(Actor(municipality=municipality, external_ref=ref, created_at=now, **stamp), row)
            )
            done.results[ref] = "taken"
    Actor.objects.bulk_create(new)
    Actor.objects.bulk_update(changed, [*COLUMNS, "updated_at"], batch_size=200)
    index_actors(actors=[*new, *changed])
    done.created += len(new)
    done.updated += len(changed)
    done.changed += [actor.pk for actor in changed]
    done.ids.update({actor.external_ref: actor.pk for actor in (*known.values(), *new)})
    if written := [*new, *changed]:
        after = {
            "created": len(new),
            "updated": len(changed),
            "refs": [actor.external_ref for actor in written],
        }
        audit.record(by=by, verb="actor.import", subject=written[0], after=after, at=now)


def _stamp(state: ActorState, by: User | None, now: dt.datetime) -> Stamp:
    stamp: Stamp = {"state": state, "source": Source.IMPORT, "entered_by": by, "updated_at": now}  # type: ignore[dict-item]
    if state != ActorState.DRAFT:
        stamp["submitted_at"] = now
    if state == ActorState.VERIFIED:
        stamp |= {"verified_at": now, "verified_by": by}
    return stamp


def _filled(actor: Actor, row: ActorRow) -> Actor:
    for name, value in row.values().items():
        setattr(actor, name, value)
    return actor


def _differs(actor: Actor, row: ActorRow) -> bool:
    return any(getattr(actor, name) != value for name, value in row.values().items())


def _problem(actor: Actor, row: ActorRow) -> str:
    """Why the row cannot be taken; what the database would refuse must not take the batch with it."""
    try:
        if not row.external_ref.strip():
            return _("見分けるための番号（外部ID）がありません。")
        checked_values(actor=actor, item_visibility=row.item_visibility)
        for name in COLUMNS:
            column = Actor._meta.get_field(name)
            limit = getattr(column, "max_length", None)
            if limit and isinstance(getattr(actor, name), str) and len(getattr(actor, name)) > limit:
                label = str(getattr(column, "verbose_name", name))
                return _("「%(label)s」が長すぎます（%(limit)d文字まで）。") % {
                    "label": label,
                    "limit": limit,
                }
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _batches(rows: Iterable[ActorRow], size: int) -> Iterator[dict[str, ActorRow]]:
    """Rows by their reference; of two with the same, the later counts."""
    source = iter(rows)
    while part := list(islice(source, size)):
        yield {row.external_ref: row for row in part}
