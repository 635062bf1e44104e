"""What an official register says of actors that came from it: who certified them, and who is no more."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.places.models import Municipality

from ..enums import ActorState, CloseReason
from ..models import Actor, Credential
from ..permissions import can_import_actors
from ..workflow import WORKFLOW
from .indexing import index_actor


@dataclass(frozen=True, kw_only=True)
class CredentialRow:
    """A dated statement as a register has it."""

    kind: str
    title: str
    issuer_name: str
    valid_from: dt.date
    valid_until: dt.date | None = None

    def key(self) -> tuple[str, str, str, dt.date]:
        """What makes two statements the same one; the end may be put off."""
        return self.kind, self.title, self.issuer_name, self.valid_from


@transaction.atomic
def import_credentials(
    *,
    municipality: Municipality,
    rows: Mapping[int, Sequence[CredentialRow]],
    by: User | None,
    now: dt.datetime,
) -> int:
    """Write down what a register says, by actor id; how many are new or ended otherwise. Twice changes nothing."""
    if by is not None:
        require(can_import_actors(by, municipality))
    known = {
        (row.actor_id, row.kind, row.title, row.issuer_name, row.valid_from): row
        for row in Credential.objects.filter(actor__in=list(rows), actor__municipality=municipality)
    }
    mine = set(
        Actor.objects.filter(municipality=municipality, pk__in=list(rows)).values_list("pk", flat=True)
    )
    new: list[Credential] = []
    changed: list[Credential] = []
    for actor_id, found in rows.items():
        for row in found if actor_id in mine else ():
            old = known.get((actor_id, *row.key()))
            if old is None:
                new.append(_unsaved(actor_id, row, by, now))
            elif old.valid_until != row.valid_until and old.revoked_at is None:
                old.valid_until = row.valid_until
                changed.append(old)
    Credential.objects.bulk_create(new)
    Credential.objects.bulk_update(changed, ["valid_until"], batch_size=500)
    if written := [*new, *changed]:
        after = {
            "new": len(new),
            "changed": len(changed),
            "actors": sorted({row.actor_id for row in written}),
        }
        audit.record(by=by, verb="credential.import", subject=written[0].actor, after=after, at=now)
    return len(new) + len(changed)


@transaction.atomic
def close_dissolved(
    *, municipality: Municipality, refs: Iterable[str], by: User | None, now: dt.datetime
) -> set[str]:
    """Close imported actors that their register says are dissolved; the references of those closed now."""
    if by is not None:
        require(can_import_actors(by, municipality))
    actors = Actor.objects.select_for_update(of=("self",)).filter(
        municipality=municipality, external_ref__in=list(refs), source=Source.IMPORT
    )
    closed = set()
    for actor in actors.exclude(state=ActorState.CLOSED).select_related("area"):
        before, actor.state = actor.state, WORKFLOW.target("close", actor.state)
        actor.closed_reason, actor.returned_reason, actor.updated_at = CloseReason.DISSOLVED, "", now
        actor.save(update_fields=["state", "closed_reason", "returned_reason", "updated_at"])
        after = {"state": actor.state, "reason": CloseReason.DISSOLVED}
        audit.record(by=by, verb="actor.close", subject=actor, before=before, after=after, at=now)
        index_actor(actor=actor)
        closed.add(actor.external_ref)
    return closed


def _unsaved(actor_id: int, row: CredentialRow, by: User | None, now: dt.datetime) -> Credential:
    return Credential(
        actor_id=actor_id,
        kind=row.kind,
        title=row.title,
        issuer_name=row.issuer_name,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        given_by=by,
        given_at=now,
    )
