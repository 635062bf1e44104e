"""Actors from files: idempotent, whole rows, in few queries."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.base.audit.models import Event
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed
from musubi.base.index.models import Document
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState, MembershipRole
from musubi.flow.actors.models import Actor, Membership
from musubi.flow.actors.services import ActorRow


def row(number=1, **fields):
    return ActorRow(
        **({"external_ref": f"a{number}", "kind": "npo", "name": f"法人{number}", "fields": (1, 13)} | fields)
    )


def load(town, rows, now, **options):
    options = {"by": None} | options
    return services.import_actors(municipality=town.municipality, rows=rows, now=now, **options)


def test_unknown_actors_become_drafts_that_nobody_finds(town, now):
    done = load(town, [row(1), row(2, area=town.wards[0])], now)
    assert (done.created, done.updated, done.unchanged, done.refused) == (2, 0, 0, {})
    first = Actor.objects.get(pk=done.ids["a1"])
    assert (first.state, first.source, first.fields, first.created_at) == (
        ActorState.DRAFT,
        Source.IMPORT,
        [1, 13],
        now,
    )
    assert Document.objects.filter(kind="actor").count() == 0
    event = Event.objects.get()
    assert (event.verb, event.by, '"created": 2' in event.after) == ("actor.import", "system", True)


@pytest.mark.parametrize("state", [ActorState.PENDING, ActorState.VERIFIED])
def test_shown_actors_are_found_at_once(state, town, now):
    done = load(town, [row(1), row(2)], now, state=state, by=town.officer)
    assert set(Document.objects.filter(kind="actor").values_list("object_id", flat=True)) == set(
        done.ids.values()
    )
    assert Actor.objects.get(external_ref="a1").state == state


def test_the_same_file_twice_changes_nothing(town, now):
    load(town, [row(1), row(2)], now, state=ActorState.PENDING)
    before = (
        list(Actor.objects.order_by("pk").values()),
        Event.objects.count(),
        list(Document.objects.values()),
    )
    done = load(town, [row(1), row(2)], now, state=ActorState.PENDING)
    assert (done.created, done.updated, done.unchanged) == (0, 0, 2)
    assert (
        list(Actor.objects.order_by("pk").values()),
        Event.objects.count(),
        list(Document.objects.values()),
    ) == before
    assert set(done.ids) == {"a1", "a2"}


def test_a_changed_row_is_brought_up_to_date_until_it_has_members(town, now):
    load(town, [row(1), row(2)], now)
    Membership.objects.create(
        actor=Actor.objects.get(external_ref="a2"),
        user=town.citizen,
        role=MembershipRole.OWNER,
        joined_at=now,
    )
    done = load(town, [row(1, name="新しい名前"), row(2, name="新しい名前")], now)
    assert (done.updated, done.kept) == (1, 1)
    assert Actor.objects.get(external_ref="a1").name == "新しい名前"
    assert Actor.objects.get(external_ref="a2").name == "法人2"


def test_a_bad_row_is_refused_with_a_sentence_and_takes_no_other_with_it(town, other_town, now):
    bad = [
        row(1, kind="club"),
        row(2, fields=(99,)),
        row(3, corporate_number="12"),
        row(4, name="長" * 121),
        row(5, area=other_town.wards[0]),
        row(6, item_visibility={"phone": "all"}),
        row(7, name=" "),
    ]
    done = load(town, [*bad, row(8)], now)
    assert (done.created, sorted(done.refused)) == (1, [f"a{n}" for n in range(1, 8)])
    assert "長すぎます（120文字まで）" in done.refused["a4"]
    assert Actor.objects.exclude(external_ref="").count() == 1


def test_the_same_reference_in_two_towns_are_two_actors(town, other_town, now):
    load(town, [row(1)], now)
    assert load(other_town, [row(1)], now).created == 1


def test_only_the_office_or_the_command_line_imports(town, other_town, now):
    for stranger in (town.coordinator, town.owner, other_town.officer):
        with pytest.raises(NotAllowed, match="取り込み"):
            load(town, [row(1)], now, by=stranger)
    with pytest.raises(ValueError, match="closed"):
        load(town, [row(1)], now, state=ActorState.CLOSED)


def test_more_rows_in_a_batch_are_not_more_queries(town, now):
    def count(rows):
        with CaptureQueriesContext(connection) as queries:
            load(town, rows, now, state=ActorState.PENDING)
        return len(queries)

    load(town, [row(0)], now, state=ActorState.PENDING)
    few = count([row(n) for n in range(1, 6)])
    # SQLite splits wide inserts; what matters is that rows do not ask one by one.
    assert count([row(n) for n in range(10, 90)]) <= few + 4
    assert count([row(n, name=f"改名{n}") for n in range(10, 90)]) <= few + 12


def test_one_actor_by_its_reference(town, now):
    make = {
        "municipality": town.municipality,
        "external_ref": "x1",
        "kind": "company",
        "by": None,
        "now": now,
    }
    actor = services.import_actor(name="浜製作所", **make)
    assert (actor.state, actor.name) == (ActorState.DRAFT, "浜製作所")
    assert services.import_actor(name="別の名前", **make) == actor
    with pytest.raises(ValidationError, match="種類"):
        services.import_actor(name="何か", **(make | {"external_ref": "x2", "kind": "club"}))


def test_the_rebuild_reads_every_shown_actor(town, other_town, now):
    load(town, [row(1)], now, state=ActorState.PENDING)
    load(town, [row(2)], now)
    kind, rows = services.index_rows()
    assert kind == "actor"
    shown = Actor.objects.exclude(state=ActorState.DRAFT)
    assert [entry.object_id for entry in rows] == list(shown.order_by("pk").values_list("pk", flat=True))
