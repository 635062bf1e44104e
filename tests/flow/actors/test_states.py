"""Each verb from each state, each with its refusal."""

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.index.models import Document
from musubi.base.notify.models import Message
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState as S
from musubi.flow.actors.enums import CloseReason
from musubi.flow.actors.queries import actors_for, actors_waiting_for
from musubi.flow.actors.workflow import WORKFLOW
from tests.factories import make_actor, make_person

LEGAL = {
    ("submit", S.DRAFT): S.PENDING,
    ("submit", S.RETURNED): S.PENDING,
    ("verify", S.PENDING): S.VERIFIED,
    ("verify", S.RETURNED): S.VERIFIED,
    ("return", S.PENDING): S.RETURNED,
    ("unverify", S.VERIFIED): S.PENDING,
    ("close", S.DRAFT): S.CLOSED,
    ("close", S.PENDING): S.CLOSED,
    ("close", S.RETURNED): S.CLOSED,
    ("close", S.VERIFIED): S.CLOSED,
    ("reopen", S.CLOSED): S.PENDING,
}
CALLS = {
    "submit": lambda actor, by, now: services.submit_actor(actor=actor, by=by, now=now),
    "verify": lambda actor, by, now: services.verify_actor(actor=actor, by=by, now=now),
    "return": lambda actor, by, now: services.return_actor(actor=actor, reason="代表者名を", by=by, now=now),
    "unverify": lambda actor, by, now: services.unverify_actor(
        actor=actor, reason="住所が違う", by=by, now=now
    ),
    "close": lambda actor, by, now: services.close_actor(
        actor=actor, reason=CloseReason.MERGED, by=by, now=now
    ),
    "reopen": lambda actor, by, now: services.reopen_actor(actor=actor, by=by, now=now),
}


def test_the_table_has_these_verbs_and_no_others():
    assert set(WORKFLOW.transitions) == set(CALLS)


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("verb", sorted(CALLS))
def test_every_verb_from_every_state(verb, state, town, now):
    actor = make_actor(town.municipality, town.owner, state=state)
    if (verb, state) not in LEGAL:
        # A closed actor cannot be edited at all, which is said first.
        with pytest.raises((InvalidTransition, NotAllowed)):
            CALLS[verb](actor, town.officer, now)
        actor.refresh_from_db()
        assert actor.state == state
        assert Event.objects.count() == 0
        return
    after = CALLS[verb](actor, town.officer, now)
    actor.refresh_from_db()
    assert actor.state == after.state == LEGAL[verb, state]
    event = Event.objects.get()
    assert (event.verb, event.before, event.at) == (f"actor.{verb}", state, now)
    shown = actor.state != S.CLOSED
    assert Document.objects.filter(kind="actor", object_id=actor.pk).exists() == shown


@pytest.mark.parametrize("verb", ["verify", "return", "unverify"])
def test_only_the_office_of_this_town(verb, town, other_town, now):
    state = S.VERIFIED if verb == "unverify" else S.PENDING
    actor = make_actor(town.municipality, town.owner, state=state)
    for stranger in (town.owner, town.coordinator, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="市の運営担当だけ"):
            CALLS[verb](actor, stranger, now)
    actor.refresh_from_db()
    assert actor.state == state


@pytest.mark.parametrize("verb", ["submit", "close", "reopen"])
def test_only_those_who_look_after_the_actor(verb, town, other_town, now):
    state = {"submit": S.DRAFT, "close": S.VERIFIED, "reopen": S.CLOSED}[verb]
    actor = make_actor(town.municipality, town.owner, state=state)
    services_by = CALLS[verb]
    for stranger in (town.viewer, town.citizen, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            services_by(actor, stranger, now)
    assert services_by(actor, town.owner, now).state == LEGAL[verb, state]


@pytest.mark.parametrize("verb", ["return", "unverify"])
def test_a_refusal_by_the_city_needs_words(verb, town, now):
    actor = make_actor(town.municipality, town.owner, state=S.VERIFIED if verb == "unverify" else S.PENDING)
    call = services.unverify_actor if verb == "unverify" else services.return_actor
    with pytest.raises(ValidationError, match="理由"):
        call(actor=actor, reason="  ", by=town.officer, now=now)


def test_closing_needs_a_reason_of_the_list(town, now):
    with pytest.raises(ValidationError, match="理由"):
        services.close_actor(actor=town.actor, reason="because", by=town.owner, now=now)
    assert (
        services.close_actor(actor=town.actor, reason="paused", by=town.owner, now=now).closed_reason
        == "paused"
    )
    assert services.reopen_actor(actor=town.actor, by=town.owner, now=now).closed_reason == ""


def test_everybody_concerned_is_told(town, now):
    actor = make_actor(town.municipality, town.owner, name="花の会", state=S.DRAFT)
    services.submit_actor(actor=actor, by=town.owner, now=now)
    services.return_actor(actor=actor, reason="電話番号を", by=town.officer, now=now)
    services.submit_actor(actor=actor, by=town.owner, now=now)
    services.verify_actor(actor=actor, by=town.officer, now=now)
    told = list(Message.objects.order_by("pk").values_list("recipient_id", "kind", "path"))
    office, mine = f"/office/actors/{actor.pk}/", f"/workspace/actors/{actor.pk}/"
    assert told == [
        (town.officer.pk, "actor_submitted", office),
        (town.owner.pk, "actor_returned", mine),
        (town.officer.pk, "actor_submitted", office),
        (town.owner.pk, "actor_verified", mine),
    ]
    assert "電話番号を" in Message.objects.get(kind="actor_returned").text
    actor.refresh_from_db()
    assert (actor.verified_by, actor.verified_at, actor.returned_reason) == (town.officer, now, "")


def test_the_office_sees_what_waits_in_its_own_town(town, other_town, now):
    actor = make_actor(town.municipality, town.owner, state=S.DRAFT)
    assert list(actors_waiting_for(town.officer, town.municipality)) == []
    services.submit_actor(actor=actor, by=town.owner, now=now)
    assert list(actors_waiting_for(town.officer, town.municipality)) == [actor]
    assert list(actors_waiting_for(other_town.officer, town.municipality)) == []
    assert list(actors_waiting_for(town.coordinator, town.municipality)) == []


def test_hidden_actors_are_out_of_sight_and_back(town, now):
    visitor = make_person()
    services.hide_actor(actor=town.actor, reason="なりすまし", by=town.officer, now=now)
    assert not actors_for(visitor).filter(pk=town.actor.pk).exists()
    assert actors_for(town.owner).get(pk=town.actor.pk).hidden_reason == "なりすまし"
    assert not Document.objects.filter(kind="actor", object_id=town.actor.pk).exists()
    services.unhide_actor(actor=town.actor, by=town.officer, now=now)
    assert actors_for(visitor).get(pk=town.actor.pk).hidden_reason == ""
    assert Document.objects.filter(kind="actor", object_id=town.actor.pk).count() == 1
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["actor.hide", "actor.unhide"]


def test_hiding_is_refused_to_others_and_without_reason(town, other_town, now):
    for stranger in (town.owner, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            services.hide_actor(actor=town.actor, reason="x", by=stranger, now=now)
        with pytest.raises(NotAllowed):
            services.unhide_actor(actor=town.actor, by=stranger, now=now)
    with pytest.raises(ValidationError, match="理由"):
        services.hide_actor(actor=town.actor, reason="", by=town.officer, now=now)
