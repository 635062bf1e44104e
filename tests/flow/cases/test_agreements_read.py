"""Who reads which version, who is waited for, and what a change has changed."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.flow.cases.models import AgreementVersion, Case, Confirmation
from musubi.flow.cases.queries import (
    Difference,
    awaited_confirmations_for,
    cases_for,
    differences,
    parties_of,
    turns_of_agreement,
    turns_of_agreements,
    uses_in_force,
    versions_for,
    with_terms,
)
from musubi.flow.cases.services import revise_agreement
from tests.factories import Town
from tests.together import join_case, make_agreement, make_case, make_need, make_offer, owner_of

pytestmark = pytest.mark.django_db


def reads(person: Any) -> set[int]:
    return {version.number for version in versions_for(person)}


def test_parties_and_staff_read_it_and_nobody_else(town: Town, other_town: Town) -> None:
    case = make_case(town)
    make_agreement(case, state="draft")
    other = owner_of(parties_of(case)[1].actor)
    for person in (town.owner, town.viewer, other, town.coordinator, town.officer):
        assert reads(person) == {1}
    for person in (
        town.citizen,
        other_town.owner,
        other_town.officer,
        other_town.coordinator,
        AnonymousUser(),
    ):
        assert reads(person) == set()


def test_what_is_for_the_city_hall_stays_there(town: Town) -> None:
    case = make_case(town, need=make_need(town, state="reserved", visibility="city_hall"))
    make_agreement(case)
    assert (reads(town.coordinator), reads(town.officer), reads(town.owner)) == (set(), {1}, {1})


def test_who_left_reads_only_what_was_proposed_before(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed", offers=2)
    first = make_agreement(case)
    gone, stays = parties_of(case)[1:]
    revise_agreement(agreement=first.agreement, by=town.owner, now=now)
    assert reads(owner_of(gone.actor)) == {1, 2}
    gone.left_at = now + dt.timedelta(hours=1)
    gone.save()
    assert (reads(owner_of(gone.actor)), reads(owner_of(stays.actor))) == ({1}, {1, 2})
    AgreementVersion.objects.filter(number=2).update(proposed_at=now + dt.timedelta(hours=2))
    assert reads(owner_of(gone.actor)) == {1}


def test_things_of_who_left_are_no_longer_used(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed", offers=2)
    version = make_agreement(case)
    gone, stays = parties_of(case)[1:]
    assert [use.listing for use in uses_in_force(version)] == [gone.listing, stays.listing]
    gone.left_at = now
    gone.save()
    assert [use.listing for use in uses_in_force(version)] == [stays.listing]


# Who is waited for


def test_a_confirmation_is_awaited_until_it_is_given(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    version = make_agreement(case, state="confirming")
    other = parties_of(case)[1].actor
    assert awaited_confirmations_for(town.owner) == [(version, town.actor)]
    assert awaited_confirmations_for(owner_of(other)) == [(version, other)]
    for person in (town.viewer, town.citizen, town.coordinator, town.officer):
        assert awaited_confirmations_for(person) == []
    Confirmation.objects.create(version=version, actor=town.actor, said_at=now)
    assert awaited_confirmations_for(town.owner) == []
    assert awaited_confirmations_for(owner_of(other)) == [(version, other)]


@pytest.mark.parametrize("state", ["draft", "agreed"])
def test_nothing_is_awaited_of_a_draft_or_an_agreement(state: str, town: Town) -> None:
    make_agreement(make_case(town), state=state)
    assert awaited_confirmations_for(town.owner) == []


def test_an_earlier_version_is_not_awaited_any_more(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    first = make_agreement(case, state="confirming")
    revise_agreement(agreement=first.agreement, by=town.coordinator, now=now)
    assert awaited_confirmations_for(town.owner) == []
    second = AgreementVersion.objects.get(number=2)
    AgreementVersion.objects.filter(pk=second.pk).update(
        proposed_at=now, form="accord", starts_on=first.starts_on, ends_on=first.ends_on
    )
    first.agreement.__class__.objects.update(state="confirming")
    assert awaited_confirmations_for(town.owner) == [(second, town.actor)]


@pytest.mark.parametrize("state", ["open", "started", "closed"])
def test_nothing_is_awaited_in_a_case_that_goes_otherwise(state: str, town: Town) -> None:
    case = make_case(town, state=state)
    make_agreement(case, state="confirming")
    assert awaited_confirmations_for(town.owner) == turns_of_agreement(case) == []


def said(case: Case) -> list[tuple[str, str, int | None]]:
    return [(turn.what, turn.who, turn.actor_id) for turn in turns_of_agreement(case)]


def test_whose_turn_it_is(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    staff = f"{town.coordinator.name}さん（コーディネーター）"
    assert said(case) == []
    version = make_agreement(case, state="draft")
    assert said(case) == [("合意書の下書きを仕上げる", staff, None)]
    version.written_by = town.owner
    version.save()
    assert said(case) == [("合意書の下書きを仕上げる", town.actor.name, town.actor.pk)]
    version.agreement.delete()

    version = make_agreement(case, state="confirming")
    actors = [party.actor for party in parties_of(case)]
    assert said(case) == [("合意書を確認する", actor.name, actor.pk) for actor in actors]
    assert {turn.since for turn in turns_of_agreement(case)} == {version.proposed_at}
    assert {turn.path for turn in turns_of_agreement(case)} == {f"/workspace/agreements/{case.pk}/"}
    Confirmation.objects.create(version=version, actor=actors[0], said_at=now)
    actors[1].memberships.all().delete()
    assert said(case) == [
        (f"{actors[1]}に電話などで聞いて、合意書の確認を入力する", staff, None),
        ("合意書を確認する", actors[2].name, actors[2].pk),
    ]
    case.parties.filter(actor__in=actors[1:]).update(left_at=now)
    assert said(case) == [("抜けた団体をのぞいて、合意書を書き直す", staff, None)]
    join_case(case, make_offer(town))
    assert said(case) == [("あとから加わった団体を入れて、合意書を書き直す", staff, None)]
    assert awaited_confirmations_for(town.owner) == []
    version.agreement.delete()

    make_agreement(case)
    assert said(case) == [("合意書を、いまの当事者で書き直す", staff, None)]
    case.state, case.coordinator = "agreed", None
    assert said(case) == [("プロジェクトを始める", "コーディネーター（担当はまだ決まっていません）", None)]
    assert [turn.path for turn in turns_of_agreement(case)] == [f"/workspace/projects/start/{case.pk}/"]


def test_many_cases_take_as_many_questions_as_one(town: Town, now: dt.datetime) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            for state in ("draft", "confirming", "agreed"):
                make_agreement(make_case(town), state=state)

    counts = []
    for number in (1, 9):
        fill(number)
        cases = list(cases_for(town.coordinator))
        person = type(town.owner).objects.get(pk=town.owner.pk)
        with CaptureQueriesContext(connection) as counted:
            turns = turns_of_agreements(cases)
            awaited = awaited_confirmations_for(person)
            pages = list(with_terms(versions_for(person)))
            for version in pages:
                assert [str(use.listing.actor) for use in version.uses.all()]
        counts.append(len(counted))
    assert (len(turns), len(awaited), len(pages)) == (30, 10, 30)
    assert counts[0] == counts[1]


# What a change has changed


def test_differences_are_named_part_by_part(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed")
    old = make_agreement(case, cost="会場費は市が持つ。")
    new = revise_agreement(agreement=old.agreement, by=town.owner, now=now)
    assert differences(old, new) == []
    before, after = old.ends_on, old.ends_on + dt.timedelta(days=1)
    new.form, new.cost, new.ends_on = "accord", "", after
    new.save()
    new.parts.filter(actor=town.actor).update(does="片付け")
    new.uses.update(amount=60)
    new.indicators.filter(name="手伝った人").delete()
    new.indicators.create(name="来た子ども", unit="人", before=None, target=50)
    new = AgreementVersion.objects.get(pk=new.pk)
    company = parties_of(case)[1].actor.name
    assert differences(old, new) == [
        Difference("協働の形", "共催", "協定"),
        Difference(f"{town.actor.name}：すること", "準備と当日の運営", "片付け"),
        Difference(f"使うもの：物品 折りたたみいす（{company}）", "40個", "60個"),
        Difference("お金の分担", "会場費は市が持つ。", ""),
        Difference("終わりの日", written(before), written(after)),
        Difference("数えるもの：来た子ども", "", "始める前 （まだ分かりません）、目標 50人"),
        Difference("数えるもの：手伝った人", "始める前 0人、目標 100人", ""),
    ]


def written(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
