"""Credentials, mandates, the contact, registration."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState, MandateRole
from musubi.flow.actors.models import Credential, Mandate, Registrant
from musubi.flow.actors.queries import (
    audit_events_for,
    coordinators_of,
    credentials_for,
    forget_standing,
    mandated_areas_of,
    names_in_log,
    person_with_address,
    standing_of,
)
from tests.factories import make_actor, make_person

TODAY = dt.date(2026, 4, 1)


def give(town, now, **fields):
    fields = {
        "actor": town.actor,
        "kind": "registration",
        "title": "市民活動団体登録",
        "issuer_name": "みそら県",
        "valid_from": TODAY,
        "by": town.officer,
    } | fields
    return services.give_credential(now=now, **fields)


def test_a_credential_with_dates_is_told_and_public(town, now):
    credential = give(town, now, valid_until=TODAY + dt.timedelta(days=364))
    assert list(credentials_for(make_person())) == [credential]
    assert [credential.is_valid_on(TODAY + dt.timedelta(days=n)) for n in (-1, 0, 364, 365)] == [
        False,
        True,
        True,
        False,
    ]
    message = Message.objects.get()
    assert (message.recipient, message.kind) == (town.owner, "credential_given")
    event = Event.objects.get()
    assert (event.verb, event.subject_ref) == ("credential.give", str(town.actor.pk))


def test_an_issuer_of_musubi_lends_its_name(town, now):
    department = make_actor(town.municipality, kind="department", name="市民協働課")
    credential = give(town, now, issuer=department, issuer_name="")
    assert (credential.issuer, credential.issuer_name) == (department, "市民協働課")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "medal"}, "種類"),
        ({"title": " "}, "名称"),
        ({"issuer_name": ""}, "出した機関"),
        ({"valid_until": TODAY - dt.timedelta(days=1)}, "終わりの日"),
    ],
)
def test_a_credential_that_cannot_be(wrong, sentence, town, now):
    with pytest.raises(ValidationError, match=sentence):
        give(town, now, **wrong)
    assert Credential.objects.count() == 0


def test_only_the_office_gives_and_revokes(town, other_town, now):
    credential = give(town, now)
    for stranger in (town.owner, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed, match="運営担当だけ"):
            give(town, now, by=stranger)
        with pytest.raises(NotAllowed, match="運営担当だけ"):
            services.revoke_credential(credential=credential, reason="x", by=stranger, now=now)
    draft = make_actor(town.municipality, state=ActorState.DRAFT)
    with pytest.raises(NotAllowed, match="下書き"):
        give(town, now, actor=draft)


def test_a_revoked_credential_says_why_and_is_revoked_once(town, now):
    credential = give(town, now)
    with pytest.raises(ValidationError, match="理由"):
        services.revoke_credential(credential=credential, reason=" ", by=town.officer, now=now)
    revoked = services.revoke_credential(
        credential=credential, reason="届け出がなかった", by=town.officer, now=now
    )
    assert (revoked.revoked_reason, revoked.is_valid_on(TODAY)) == ("届け出がなかった", False)
    assert "届け出がなかった" in Message.objects.get(kind="credential_revoked").text
    with pytest.raises(NotAllowed, match="もう取り消され"):
        services.revoke_credential(credential=credential, reason="x", by=town.officer, now=now)


def mandate(town, user, now, **fields):
    fields = {"municipality": town.municipality, "role": MandateRole.COORDINATOR, "by": town.officer} | fields
    return services.give_mandate(user=user, now=now, **fields)


def test_a_mandate_works_at_once_and_ends_at_once(town, now):
    person = make_person()
    assert standing_of(person).coordinates_in == frozenset()
    given = mandate(town, person, now, areas=[town.wards[0]])
    assert standing_of(person).coordinates_in == {town.municipality.pk}
    assert mandated_areas_of(person, town.municipality.pk) == [town.wards[0]]
    services.end_mandate(mandate=given, by=town.officer, now=now)
    forget_standing(person)
    assert standing_of(person).coordinates_in == frozenset()
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["mandate.give", "mandate.end"]
    assert Message.objects.filter(recipient=person, kind="mandate_changed").count() == 2


def test_an_older_mandate_keeps_its_row(town, now):
    old = mandate(town, make_person(), now, valid_from=timezone.localdate(now) - dt.timedelta(days=30))
    services.end_mandate(mandate=old, by=town.officer, now=now)
    old.refresh_from_db()
    assert old.valid_until == timezone.localdate(now) - dt.timedelta(days=1)
    with pytest.raises(NotAllowed, match="もう終わって"):
        services.end_mandate(mandate=old, by=town.officer, now=now)


def test_mandates_are_the_offices_and_of_its_town(town, other_town, now):
    person = make_person()
    for stranger in (town.owner, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed, match="運営担当だけ"):
            mandate(town, person, now, by=stranger)
    with pytest.raises(ValidationError, match="この町の中"):
        mandate(town, person, now, areas=[other_town.wards[0]])
    with pytest.raises(ValidationError, match="終わりの日"):
        mandate(town, person, now, valid_from=TODAY, valid_until=TODAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="役割"):
        mandate(town, person, now, role="mayor")
    theirs = Mandate.objects.get(user=other_town.coordinator)
    with pytest.raises(NotAllowed):
        services.end_mandate(mandate=theirs, by=town.officer, now=now)


def test_the_last_officer_stays(town, now):
    mine = Mandate.objects.get(user=town.officer)
    with pytest.raises(NotAllowed, match="いなくなって"):
        services.end_mandate(mandate=mine, by=town.officer, now=now)
    second = make_person()
    mandate(town, second, now, role=MandateRole.OFFICE)
    services.end_mandate(mandate=mine, by=second, now=now)
    forget_standing(town.officer)
    assert standing_of(town.officer).office_in == frozenset()


def test_the_command_line_needs_no_officer(town, now):
    given = mandate(town, make_person(), now, by=None, role=MandateRole.OFFICE)
    assert (given.given_by, Event.objects.get().by) == (None, "system")


def test_coordinators_are_found_by_their_areas(town, now):
    harbour, river, everywhere = make_person(), make_person(), town.coordinator
    mandate(town, harbour, now, areas=[town.wards[0]])
    mandate(town, river, now, areas=[town.wards[1]])
    town_id = town.municipality.pk
    assert coordinators_of(town_id, [town.wards[0]]) == [everywhere, harbour]
    assert coordinators_of(town_id, [town.town]) == [everywhere, harbour]
    assert coordinators_of(town_id, [town.city]) == [everywhere, harbour, river]
    assert coordinators_of(town_id, []) == [everywhere, harbour, river]
    assert mandated_areas_of(everywhere, town_id) == []


def test_registering_once_with_a_name(town, other_town, now):
    person = make_person(name="")
    first = services.register_person(municipality=town.municipality, by=person, now=now, name=" 山田  花 ")
    assert (person.name, standing_of(person).registered_in) == ("山田 花", {town.municipality.pk})
    assert services.register_person(municipality=town.municipality, by=person, now=now) == first
    services.register_person(municipality=other_town.municipality, by=person, now=now)
    assert Registrant.objects.filter(user=person).count() == 2
    events = list(Event.objects.order_by("pk").values_list("verb", "after"))
    assert events == [("person.rename", ""), ("person.register", ""), ("person.register", "")]
    with pytest.raises(ValidationError, match="お名前"):
        services.rename_person(name=" ", by=person, now=now)


def test_the_contact_is_the_offices(town, other_town, now):
    for stranger in (town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed, match="問い合わせ先"):
            services.change_contact(municipality=town.municipality, contact="x", by=stranger, now=now)
    services.change_contact(municipality=town.municipality, contact="協働課 0000-1", by=town.officer, now=now)
    town.municipality.refresh_from_db()
    assert town.municipality.contact == "協働課 0000-1"
    assert [event.verb for event in audit_events_for(town.officer, town.municipality)] == [
        "municipality.change_contact"
    ]


def test_the_log_is_read_by_the_own_office_only(town, other_town, now):
    services.confirm_actor(actor=town.actor, by=town.owner, now=now)
    event = Event.objects.get()
    assert list(audit_events_for(town.officer, town.municipality)) == [event]
    for stranger in (town.owner, town.coordinator, other_town.officer):
        assert list(audit_events_for(stranger, town.municipality)) == []
        assert (names_in_log(stranger, {event.by}) == {}) == (stranger != other_town.officer)
    assert names_in_log(town.officer, {event.by, "system", "user:999999"}) == {event.by: town.owner.name}


def test_people_are_found_by_address_for_the_office_only(town):
    assert person_with_address(town.officer, f" {town.citizen.email.upper()} ") == town.citizen
    assert person_with_address(town.officer, "nobody@example.jp") is None
    assert person_with_address(town.coordinator, town.citizen.email) is None
