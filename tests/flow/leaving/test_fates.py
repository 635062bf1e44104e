"""Every foreign key to a person or an actor: it has a fate, and the fate comes true on deletion."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db.models import Model

from musubi.base.accounts.models import User
from musubi.base.files.models import StoredFile
from musubi.base.notify.models import Preference
from musubi.base.notify.services import tell
from musubi.demo.models import Persona
from musubi.flow.actors.models import Actor, Credential, Invitation, Mandate, Membership, Registrant, Tie
from musubi.flow.cases.models import (
    AgreementPart,
    Confirmation,
    DateAnswer,
    Letter,
    MeetingAction,
)
from musubi.flow.issues.models import Issue, Support
from musubi.flow.leaving.queries import FATES_OF_ACTOR, FATES_OF_PERSON, Fate
from musubi.flow.leaving.services import delete_account, delete_actor
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import MatchingRule, Reply
from musubi.flow.moderation.models import Hiding, Report
from musubi.flow.outcomes.models import PartnerReview, Voice
from musubi.flow.projects.models import Partner, Task, Update
from musubi.flow.stories.models import Consent, Echo
from tests import factories, together
from tests.factories import Town

DAY = dt.timedelta(days=1)


def keys_to(target: type[Model]) -> set[str]:
    """Every foreign key of every model that leads to the target."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.many_to_many and field.related_model is target
    }


def test_every_key_has_a_fate() -> None:
    assert keys_to(User) == set(FATES_OF_PERSON)
    assert keys_to(Actor) == set(FATES_OF_ACTOR)


def test_nothing_of_many_to_many_escapes() -> None:
    """Their tables are counted above; a field of another kind would not be."""
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is None
    ]
    assert generic == []


def a_file(town: Town, by: User, now: dt.datetime) -> StoredFile:
    stored = StoredFile(
        municipality=town.municipality, name="写真.jpg", content_type="image/jpeg", size=3, sha256="0" * 64,
        uploaded_by=by, uploaded_at=now,
    )  # fmt: skip
    stored.file.save("photo.jpg", ContentFile(b"jpg"), save=True)
    return stored


def one_of_each_of_a_person(town: Town, person: User, now: dt.datetime) -> dict[str, Model]:
    """A row for every key, each of a town in which the person did everything a person can do."""
    today, actor, here = now.date(), town.actor, town.municipality
    project = together.make_project(town, state="achieved")
    case = project.case
    partner = project.partners.first()
    evaluation = together.make_evaluation(project, opened_by=person)
    story = together.make_story(project, state="published", written_by=person)
    meeting = together.make_meeting(case)
    meeting.called_by = person
    meeting.save()
    case.coordinator = case.opened_by = person
    case.save()
    project.coordinator = project.entered_by = person
    project.save()
    version = case.agreement.versions.get()
    version.written_by = person
    version.save()
    introduction = case.introductions.first().introduction
    introduction.introduced_by = person
    introduction.save()
    reply = introduction.replies.first()
    reply.said_by = person
    reply.save()
    confirmation = version.confirmations.first()
    confirmation.said_by = person
    confirmation.save()
    actor.verified_by = actor.entered_by = person
    actor.save()
    typed_in = factories.make_listing(actor, source="paper", entered_by=person)
    need = factories.make_listing(actor, created_by=person)
    group = Group.objects.create(name="だれも使わない")
    group.user_set.add(person)
    person.user_permissions.add(Permission.objects.first())
    hiding = Hiding.objects.create(
        municipality=here, listing=typed_in, reason="理由", hidden_by=person, hidden_at=now, state="upheld",
        answer="返事", answered_by=person, answered_at=now, decided_by=person, decided_at=now,
    )  # fmt: skip
    report = Report.objects.create(
        municipality=here, listing=need, reason="other", reporter=person, reported_at=now, state="dismissed",
        decided_by=person, decided_at=now,
    )  # fmt: skip
    invitation: dict[str, Any] = {
        "actor": actor, "role": "viewer", "invited_at": now, "expires_at": now + DAY,
    }  # fmt: skip
    mandate: dict[str, Any] = {"municipality": here, "role": "coordinator", "valid_from": today - 9 * DAY}
    return {
        "account.EmailAddress.user": EmailAddress.objects.get(user=person),
        "mfa.Authenticator.user": Authenticator.objects.create(user=person, type="totp", data={}),
        "socialaccount.SocialAccount.user": SocialAccount.objects.create(
            user=person, provider="line", uid="1"
        ),
        "accounts.User_groups.user": User.groups.through.objects.get(user=person),
        "accounts.User_user_permissions.user": User.user_permissions.through.objects.get(user=person),
        "notify.Message.recipient": tell(
            to=person, kind="listing_published", subject="件名", text="", path="/", at=now
        ),
        "notify.Preference.user": Preference.objects.create(user=person, kind="new_need", email=False),
        "files.StoredFile.uploaded_by": a_file(town, person, now),
        "actors.Actor.verified_by": actor,
        "actors.Actor.entered_by": actor,
        "actors.Credential.given_by": Credential.objects.create(
            actor=actor,
            kind="registration",
            title="登録",
            issuer_name="市",
            valid_from=today,
            given_by=person,
            given_at=now,
        ),
        "actors.Registrant.user": Registrant.objects.create(
            municipality=here, user=person, registered_at=now
        ),
        "actors.Membership.user": Membership.objects.create(
            actor=actor, user=person, role="editor", joined_at=now
        ),
        "actors.Invitation.invited_by": Invitation.objects.create(
            email="a@example.jp", token="1", invited_by=person, **invitation
        ),
        "actors.Invitation.accepted_by": Invitation.objects.create(
            email="b@example.jp", token="2", accepted_by=person, accepted_at=now, **invitation
        ),
        "actors.Mandate.user": Mandate.objects.create(user=person, valid_until=today - DAY, **mandate),
        "actors.Mandate.given_by": Mandate.objects.create(user=town.citizen, given_by=person, **mandate),
        "issues.Issue.reported_by": factories.make_issue(town, by=person),
        "issues.Issue.entered_by": factories.make_issue(
            town, by=town.citizen, source="telephone", entered_by=person
        ),
        "issues.Support.user": Support.objects.create(
            issue=factories.make_issue(town), user=person, created_at=now
        ),
        "listings.Listing.created_by": need,
        "listings.Listing.entered_by": typed_in,
        "matching.Introduction.introduced_by": introduction,
        "matching.Outreach.begun_by": together.make_outreach(town, begun_by=person),
        "matching.Reply.said_by": reply,
        "matching.MatchingRule.changed_by": MatchingRule.objects.create(
            municipality=town.municipality,
            version=1,
            weights={},
            beta=0,
            bound=0,
            changed_at=now,
            changed_by=person,
        ),
        "cases.Case.coordinator": case,
        "cases.Case.opened_by": case,
        "cases.Letter.author": Letter.objects.create(
            case=case,
            actor=actor,
            author=person,
            text="よろしく",
            sent_at=now,
            file=a_file(town, person, now),
        ),
        "cases.AgreementVersion.written_by": version,
        "cases.Confirmation.said_by": confirmation,
        "cases.PreMeeting.called_by": meeting,
        "cases.DateAnswer.user": DateAnswer.objects.create(
            meeting=meeting, name="結城 花", user=person, key="k", answered_at=now
        ),
        "projects.Project.coordinator": project,
        "projects.Project.entered_by": project,
        "projects.Task.settled_by": Task.objects.create(
            project=project,
            what="いすを運ぶ",
            partner=partner,
            due_on=today,
            state="done",
            given_at=now,
            settled_at=now,
            settled_by=person,
        ),
        "projects.Update.author": Update.objects.create(
            project=project, partner=partner, author=person, text="始まりました", posted_at=now
        ),
        "outcomes.Evaluation.opened_by": evaluation,
        "outcomes.PartnerReview.said_by": PartnerReview.objects.create(
            evaluation=evaluation,
            partner=partner,
            answers={},
            without_musubi="none",
            decision="continue",
            said_at=now,
            said_by=person,
        ),
        "outcomes.Voice.typed_by": Voice.objects.create(
            evaluation=evaluation, relation="user", answers={}, given_at=now, typed_by=person
        ),
        "stories.Story.written_by": story,
        "stories.Consent.said_by": Consent.objects.create(
            story=story,
            partner=partner,
            version=1,
            text=True,
            pictures=True,
            said_at=now,
            said_by=person,
            asked_at=now,
        ),
        "stories.Echo.begun_by": Echo.objects.create(
            story=story, listing=need, begun_by=person, begun_at=now
        ),
        "moderation.Hiding.hidden_by": hiding,
        "moderation.Hiding.answered_by": hiding,
        "moderation.Hiding.decided_by": hiding,
        "moderation.Report.reporter": report,
        "moderation.Report.decided_by": report,
        "demo.Persona.user": Persona.objects.create(user=person, position=1, role="会員", story="話"),
    }


def after(row: Model, key: str, target: str) -> Fate | Any:
    """What has become of a row and of the key in it."""
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        return Fate.GOES
    found = getattr(now, key.rsplit(".", 1)[1])
    if found is None:
        return Fate.NOBODY
    if target == "actor" and str(found) == "退会した団体":
        return Fate.SHELL
    return found


def first_that_comes(fates: tuple[Fate, ...]) -> Fate:
    return next(fate for fate in fates if fate is not Fate.REFUSED)


def test_each_fate_of_a_persons_rows_comes_true(town: Town, now: dt.datetime) -> None:
    person = factories.make_person("結城 花")
    rows = one_of_each_of_a_person(town, person, now)
    assert set(rows) == set(FATES_OF_PERSON)
    assert {key for key, row in rows.items() if getattr(row, key.rsplit(".", 1)[1]) != person} == set()
    supported = factories.make_issue(town, by=person)
    Support.objects.create(issue=supported, user=town.citizen, created_at=now)
    made_of = factories.make_issue(town, by=person)
    factories.make_listing(town.actor, issue=made_of)

    delete_account(person=person, by=person, now=now)

    came = {key: after(row, key, "person") for key, row in rows.items()}
    assert came == {key: first_that_comes(fates) for key, fates in FATES_OF_PERSON.items()}
    assert not User.objects.filter(pk=person.pk).exists()
    for kept in (supported, made_of):
        assert Issue.objects.get(pk=kept.pk).reported_by is None
    letter = Letter.objects.get(pk=rows["cases.Letter.author"].pk)
    assert (letter.text, letter.file) == ("（退会した方の書き込み）", None)
    assert DateAnswer.objects.get().name == "退会した方"


def one_of_each_of_an_actor(town: Town, actor: Actor, now: dt.datetime) -> dict[str, Model]:
    """A row for every key, all in a project that has ended."""
    today, here = now.date(), town.municipality
    offer = together.make_offer(town, actor=actor, title="いす 100脚")
    case = together.make_case(town, state="talking", offers=0)
    party = together.join_case(case, offer)
    case.state = "started"
    case.save()
    version = together.make_agreement(case)
    project = together.make_project(town, case=case, state="achieved")
    meeting = together.make_meeting(case, state="held")
    return {
        "actors.Credential.actor": Credential.objects.create(
            actor=actor, kind="registration", title="登録", issuer_name="市", valid_from=today, given_at=now
        ),
        "actors.Credential.issuer": Credential.objects.create(
            actor=town.actor,
            issuer=actor,
            kind="endorsement",
            title="後援",
            issuer_name="結び会社",
            valid_from=today,
            given_at=now,
        ),
        "actors.Membership.actor": actor.memberships.first(),
        "actors.Tie.one": Tie.objects.create(one=actor, other=factories.make_actor(here), last_on=today),
        "actors.Tie.other": Tie.objects.create(one=town.actor, other=actor, last_on=today),
        "actors.Invitation.actor": Invitation.objects.create(
            actor=actor, email="a@example.jp", role="viewer", token="1", invited_at=now, expires_at=now + DAY
        ),
        "actors.Mandate.actor": Mandate.objects.create(
            municipality=here,
            user=town.citizen,
            role="coordinator",
            actor=actor,
            valid_from=today - 9 * DAY,
            valid_until=today - DAY,
        ),
        "listings.Listing.actor": factories.make_listing(actor, "offer"),
        "matching.Reply.actor": Reply.objects.get(introduction__offer=offer, side="offer"),
        "cases.Party.actor": party,
        "cases.Letter.actor": Letter.objects.create(
            case=case, actor=actor, text="よろしく", sent_at=now, file=a_file(town, town.owner, now)
        ),
        "cases.AgreementPart.actor": AgreementPart.objects.get(version=version, actor=actor),
        "cases.Confirmation.actor": Confirmation.objects.get(version=version, actor=actor),
        "cases.DateAnswer.actor": DateAnswer.objects.create(
            meeting=meeting, name="結城 花", actor=actor, key="k", answered_at=now, words="午後なら"
        ),
        "cases.MeetingAction.actor": MeetingAction.objects.create(
            meeting=meeting, what="いすを数える", actor=actor, due_on=today
        ),
        "projects.Partner.actor": Partner.objects.get(project=project, actor=actor),
        "moderation.Hiding.actor": Hiding.objects.create(
            municipality=here, actor=actor, reason="理由", hidden_at=now, state="lifted"
        ),
        "moderation.Report.actor": Report.objects.create(
            municipality=here, actor=actor, reason="other", reported_at=now
        ),
    }


def test_each_fate_of_an_actors_rows_comes_true(town: Town, now: dt.datetime) -> None:
    boss = factories.make_person()
    actor = factories.make_actor(
        town.municipality, boss, name="結び会社", kind="company", email="musubi@example.jp"
    )
    rows = one_of_each_of_an_actor(town, actor, now)
    assert set(rows) == set(FATES_OF_ACTOR)
    assert {key for key, row in rows.items() if getattr(row, key.rsplit(".", 1)[1]) != actor} == set()
    tied = rows["cases.Party.actor"].listing

    delete_actor(actor=actor, by=boss, now=now)

    came = {key: after(row, key, "actor") for key, row in rows.items()}
    assert came == {key: first_that_comes(fates) for key, fates in FATES_OF_ACTOR.items()}
    assert after(tied, "listings.Listing.actor", "actor") is FATES_OF_ACTOR["listings.Listing.actor"][1]


REFUSALS = {
    key for fates in (FATES_OF_PERSON, FATES_OF_ACTOR) for key, of in fates.items() if Fate.REFUSED in of
}


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_what_is_in_force_refuses(key: str, town: Town, now: dt.datetime) -> None:
    from musubi.base.common.verdict import NotAllowed

    boss = factories.make_person()
    actor = factories.make_actor(town.municipality, boss, kind="company")
    match key:
        case "actors.Mandate.user":
            factories.give_mandate(town.municipality, boss, "coordinator")
        case "actors.Mandate.actor":
            mandate = factories.give_mandate(town.municipality, town.citizen, "coordinator")
            mandate.actor = actor
            mandate.save()
        case "cases.Party.actor":
            together.join_case(together.make_case(town, offers=0), together.make_offer(town, actor=actor))
        case "projects.Partner.actor":
            project = together.make_project(town, state="active")
            project.partners.create(actor=actor, joined_on=now.date())
    with pytest.raises(NotAllowed, match="先に"):
        delete_account(person=boss, by=boss, now=now)
    if key in FATES_OF_ACTOR:
        with pytest.raises(NotAllowed, match="先に"):
            delete_actor(actor=actor, by=boss, now=now)
    assert (User.objects.filter(pk=boss.pk).count(), Actor.objects.filter(pk=actor.pk).count()) == (1, 1)
    assert Listing.objects.filter(actor=actor, state="published").count() == (key == "cases.Party.actor")
