"""Joining by invitation, roles, leaving; somebody always stays owner."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import resolve

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState, MembershipRole
from musubi.flow.actors.models import Invitation, Membership, Registrant
from musubi.flow.actors.queries import (
    forget_standing,
    invitations_for,
    invitations_to,
    memberships_for,
    standing_of,
    with_owner_counts,
)
from tests.factories import make_actor, make_person

EDITOR, OWNER, VIEWER = MembershipRole.EDITOR, MembershipRole.OWNER, MembershipRole.VIEWER


def invite(town, now, email="tomo@example.jp", by=None, actor=None):
    return services.invite_member(
        actor=actor or town.actor, email=email, role=EDITOR, by=by or town.owner, now=now
    )


def membership(town, person):
    return Membership.objects.get(actor=town.actor, user=person)


def test_a_stranger_is_told_by_mail_and_joins(town, now):
    invitation = invite(town, now, " Tomo@Example.jp ")
    assert (invitation.email, invitation.expires_at) == ("tomo@example.jp", now + dt.timedelta(days=14))
    message = Message.objects.get()
    assert (message.address, message.recipient, message.kind) == ("tomo@example.jp", None, "invitation")
    assert resolve(message.path).kwargs == {"token": invitation.token}
    assert "招待" in message.subject

    tomo = make_person(email="tomo@example.jp")
    later = now + dt.timedelta(days=13)
    joined = services.accept_invitation(invitation=invitation, by=tomo, now=later)
    assert (joined.role, joined.actor) == (EDITOR, town.actor)
    assert standing_of(tomo).edits == {town.actor.pk}
    assert Registrant.objects.filter(user=tomo, municipality=town.municipality).exists()
    told = Message.objects.exclude(pk=message.pk).get()
    assert (told.recipient, told.kind) == (town.owner, "member_joined")
    verbs = list(Event.objects.order_by("pk").values_list("verb", "municipality_ref"))
    assert verbs == [("actor.invite", str(town.municipality.pk)), ("actor.join", str(town.municipality.pk))]
    assert not any("tomo" in event.after for event in Event.objects.all())


def test_somebody_known_also_finds_it_in_their_list(town, now):
    invite(town, now, town.citizen.email.upper())
    message = Message.objects.get()
    assert (message.recipient, message.address) == (town.citizen, "")
    assert [invitation.actor for invitation in invitations_to(town.citizen, now)] == [town.actor]
    assert list(invitations_to(town.coordinator, now)) == []


def test_who_may_invite(town, other_town, now):
    for stranger in (town.viewer, town.citizen, town.coordinator, other_town.officer, other_town.owner):
        with pytest.raises(NotAllowed, match="管理者だけ"):
            invite(town, now, by=stranger)
    assert invite(town, now, by=town.officer).pk


def test_staff_invite_the_owner_of_what_they_typed_in(town, now):
    actor = make_actor(town.municipality, entered_by=town.coordinator, source="paper")
    assert invite(town, now, by=town.coordinator, actor=actor).actor == actor


def test_twice_or_a_member_is_refused(town, now):
    invite(town, now)
    with pytest.raises(NotAllowed, match="もう招待"):
        invite(town, now, "TOMO@example.jp")
    with pytest.raises(NotAllowed, match="もうこの団体"):
        invite(town, now, town.viewer.email)
    # Another actor may invite the same person.
    other = make_actor(town.municipality, owner := make_person())
    assert invite(town, now, by=owner, actor=other).pk


def test_an_expired_invitation_makes_room_for_a_new_one(town, now):
    old = invite(town, now - dt.timedelta(days=15))
    new = invite(town, now)
    assert new.token != old.token
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=old.pk).update(withdrawn_at=None)


def test_thirty_a_day_are_enough(town, now):
    for number in range(30):
        invite(town, now, f"p{number}@example.jp")
    with pytest.raises(NotAllowed, match="30通"):
        invite(town, now, "more@example.jp")


def test_what_an_invitation_is_not_good_for(town, now):
    tomo, other = make_person(email="tomo@example.jp"), make_person(email="other@example.jp")
    invitation = invite(town, now)
    with pytest.raises(NotAllowed, match="別のメールアドレス"):
        services.accept_invitation(invitation=invitation, by=other, now=now)
    with pytest.raises(NotAllowed, match="期限"):
        services.accept_invitation(invitation=invitation, by=tomo, now=now + dt.timedelta(days=14))
    services.accept_invitation(invitation=invitation, by=tomo, now=now)
    with pytest.raises(NotAllowed, match="もう使われて"):
        services.accept_invitation(invitation=invitation, by=tomo, now=now)
    second = invite(town, now, "other@example.jp")
    services.withdraw_invitation(invitation=second, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="取り消されました"):
        services.accept_invitation(invitation=second, by=other, now=now)
    assert Membership.objects.filter(actor=town.actor).count() == 3


def test_a_closed_actor_takes_nobody(town, now):
    invitation = invite(town, now, town.citizen.email)
    services.close_actor(actor=town.actor, reason="dissolved", by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="活動を終えて"):
        services.accept_invitation(invitation=invitation, by=town.citizen, now=now)
    closed = make_actor(town.municipality, town.citizen, state=ActorState.CLOSED)
    with pytest.raises(NotAllowed, match="活動を終えた"):
        invite(town, now, by=town.citizen, actor=closed)


def test_withdrawing_is_for_owners_and_the_office(town, other_town, now):
    invitation = invite(town, now)
    for stranger in (town.viewer, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed):
            services.withdraw_invitation(invitation=invitation, by=stranger, now=now)
    assert services.withdraw_invitation(invitation=invitation, by=town.officer, now=now).withdrawn_at == now


def test_invitations_are_seen_by_owner_office_and_invited(town, other_town, now):
    invitation = invite(town, now, town.citizen.email)
    seen = {
        person: invitations_for(person).filter(pk=invitation.pk).exists()
        for person in (town.owner, town.officer, town.citizen, town.viewer, other_town.officer)
    }
    assert list(seen.values()) == [True, True, True, False, False]


def test_roles_change_and_the_member_is_told(town, now):
    viewer = membership(town, town.viewer)
    changed = services.change_role(membership=viewer, role=OWNER, by=town.owner, now=now)
    assert changed.role == OWNER
    assert Message.objects.get().recipient == town.viewer
    event = Event.objects.get()
    assert event.verb == "actor.change_role"
    assert ('"role": "viewer"' in event.before, '"role": "owner"' in event.after) == (True, True)
    # Now the first owner may step down.
    services.change_role(membership=membership(town, town.owner), role=VIEWER, by=town.viewer, now=now)
    assert membership(town, town.owner).role == VIEWER


def test_the_last_owner_stays(town, now):
    mine = membership(town, town.owner)
    for by in (town.owner, town.officer):
        with pytest.raises(NotAllowed, match="管理者がいなくなって"):
            services.change_role(membership=mine, role=EDITOR, by=by, now=now)
        with pytest.raises(NotAllowed, match="管理者がいなくなって"):
            services.remove_member(membership=mine, by=by, now=now)
    assert membership(town, town.owner).role == OWNER


def test_changing_and_removing_others_is_for_owners_and_office(town, other_town, now):
    viewer = membership(town, town.viewer)
    services.change_role(membership=viewer, role=EDITOR, by=town.owner, now=now)
    for stranger in (town.viewer, town.citizen, town.coordinator, other_town.officer):
        forget_standing(stranger)
        with pytest.raises(NotAllowed):
            services.change_role(membership=viewer, role=OWNER, by=stranger, now=now)
    for stranger in (town.citizen, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            services.remove_member(membership=viewer, by=stranger, now=now)
    with pytest.raises(ValidationError, match="役割"):
        services.change_role(membership=viewer, role="king", by=town.owner, now=now)
    services.remove_member(membership=viewer, by=town.officer, now=now)
    assert not Membership.objects.filter(pk=viewer.pk).exists()
    assert Event.objects.filter(verb="actor.remove_member").count() == 1


def test_anybody_but_the_last_owner_may_leave(town, now):
    services.remove_member(membership=membership(town, town.viewer), by=town.viewer, now=now)
    assert standing_of(town.viewer).roles == {}
    assert Event.objects.get().verb == "actor.leave"
    assert Message.objects.count() == 0


def test_owner_counts_of_a_list_come_with_it(town, django_assert_num_queries):
    rows = list(with_owner_counts(memberships_for(town.owner).filter(actor=town.actor)))
    with django_assert_num_queries(0):
        assert {row.actor_owner_count for row in rows} == {1}


def test_who_typed_it_in_lets_go_when_it_has_people_of_its_own(town, now):
    actor = make_actor(town.municipality, entered_by=town.coordinator, source="paper")
    services.update_profile(actor=actor, summary="代わりに入力", by=town.coordinator, now=now)
    Membership.objects.create(actor=actor, user=make_person(), role=VIEWER, joined_at=now)
    with pytest.raises(NotAllowed, match="編集の担当だけ"):
        services.update_profile(actor=actor, summary="あとから", by=town.coordinator, now=now)
    with pytest.raises(NotAllowed, match="管理者だけ"):
        invite(town, now, town.coordinator.email, by=town.coordinator, actor=actor)
    assert invite(town, now, by=town.officer, actor=actor).pk


def test_an_invitation_kept_back_takes_no_actor_over(town, now):
    actor = make_actor(town.municipality, entered_by=town.coordinator, source="paper")
    chair, accomplice = make_person(), make_person()
    first, kept_back = (
        services.invite_member(actor=actor, email=person.email, role=OWNER, by=town.coordinator, now=now)
        for person in (chair, accomplice)
    )
    services.accept_invitation(invitation=first, by=chair, now=now)
    with pytest.raises(NotAllowed, match="もう管理者がいます"):
        services.accept_invitation(invitation=kept_back, by=accomplice, now=now)
    by_chair = services.invite_member(
        actor=town.actor, email=accomplice.email, role=OWNER, by=town.owner, now=now
    )
    services.accept_invitation(invitation=by_chair, by=accomplice, now=now)
    assert list(Membership.objects.filter(actor=actor).values_list("user", flat=True)) == [chair.pk]
