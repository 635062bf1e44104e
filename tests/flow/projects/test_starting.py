"""An agreed case becomes one project, whoever presses how often."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.cases.enums import CaseState
from musubi.flow.cases.models import Agreement, Case
from musubi.flow.listings.models import Listing
from musubi.flow.projects.models import Project
from musubi.flow.projects.permissions import can_start_project
from musubi.flow.projects.queries import project_of
from musubi.flow.projects.services import start_project
from tests.factories import Town, make_person
from tests.together import join_case, make_agreement, make_case, make_need, make_offer, owner_of

from .rows import agreed_case, started, told

pytestmark = pytest.mark.django_db


def test_it_takes_over_everything_that_was_agreed(town: Town, now: dt.datetime) -> None:
    need = make_need(town, state="reserved", visibility="registered", fields=[3, 7])
    Listing.objects.update(town="浜町一丁目")
    need.refresh_from_db()
    case = agreed_case(town, case={"need": need, "offers": 2})
    version = case.agreement.versions.get()
    project = start_project(case=case, by=town.owner, now=now)
    fresh = Project.objects.get()
    assert fresh == project == project_of(case)
    assert (fresh.title, fresh.aim, fresh.form) == (case.title, version.aim, "co_hosting")
    assert (fresh.starts_on, fresh.ends_on, fresh.review_on) == (
        version.starts_on, version.ends_on, version.review_on,
    )  # fmt: skip
    assert (fresh.state, fresh.visibility, fresh.fields, fresh.town) == (
        "active", "registered", [3, 7], "浜町一丁目",
    )  # fmt: skip
    assert (fresh.coordinator, list(fresh.areas.all())) == (town.coordinator, [town.wards[0]])
    assert [(row.actor, row.role, row.does) for row in fresh.partners.order_by("pk")] == [
        (town.actor, "lead", "準備と当日の運営"),
        *[(party.actor, "partner", "準備と当日の運営") for party in case.parties.order_by("pk")[1:]],
    ]
    assert sorted(row.amount for row in fresh.allotments.all()) == [40, 40]
    assert {row.listing.provisions.get().taken for row in fresh.allotments.all()} == {40}
    assert {row.listing.state for row in fresh.allotments.all()} == {"published"}
    assert Listing.objects.get(pk=need.pk).state == "fulfilled"
    assert Case.objects.get().state == "started"
    companies = {owner_of(party.actor).pk for party in case.parties.order_by("pk")[1:]}
    assert told("project_started") == {*companies, town.coordinator.pk}
    assert Event.objects.filter(verb__in=["project.start", "case.start"]).count() == 2


def test_it_is_prepared_until_its_first_day(town: Town, now: dt.datetime) -> None:
    later = timezone.localdate(now) + dt.timedelta(days=1)
    project = started(town, now, starts_on=later)
    assert (project.state, project.starts_on) == ("preparing", later)
    assert set(project.partners.values_list("joined_on", flat=True)) == {later}


def test_it_may_have_a_name_of_its_own(town: Town, now: dt.datetime) -> None:
    project = start_project(case=agreed_case(town), title=" 浜町夏祭り ", by=town.owner, now=now)
    assert project.title == "浜町夏祭り"


def test_two_who_press_at_once_make_one(town: Town, now: dt.datetime) -> None:
    case = agreed_case(town)
    stale = Case.objects.get(pk=case.pk)
    start_project(case=case, by=town.owner, now=now)
    with pytest.raises(InvalidTransition):
        start_project(case=stale, by=town.coordinator, now=now)
    assert Project.objects.count() == 1
    assert can_start_project(town.owner, Case.objects.get()).reason == (
        "この案件は、もうプロジェクトになっています。"
    )


@pytest.mark.parametrize("state", sorted(set(CaseState) - {"agreed"}))
def test_from_no_other_state(state: str, town: Town, now: dt.datetime) -> None:
    case = make_case(town, state=state)
    make_agreement(case)
    with pytest.raises(InvalidTransition):
        start_project(case=case, by=town.coordinator, now=now)
    assert not can_start_project(town.coordinator, case)
    assert not Project.objects.exists()


@pytest.mark.parametrize("who", ["citizen", "viewer"])
def test_only_those_who_take_part(who: str, town: Town, other_town: Town, now: dt.datetime) -> None:
    case = agreed_case(town)
    for person in (getattr(town, who), other_town.coordinator, make_person()):
        with pytest.raises(NotAllowed, match="当事者の団体"):
            start_project(case=case, by=person, now=now)
    assert Case.objects.get().state == "agreed"


def test_not_while_the_agreement_is_rewritten_or_somebody_joined_since(town: Town, now: dt.datetime) -> None:
    case = agreed_case(town)
    Agreement.objects.update(state="confirming")
    with pytest.raises(NotAllowed, match="書き直しています"):
        start_project(case=case, by=town.owner, now=now)
    Agreement.objects.update(state="agreed")
    join_case(case, make_offer(town))
    with pytest.raises(NotAllowed, match="あとに加わった団体"):
        start_project(case=case, by=town.owner, now=now)


def test_what_is_no_longer_left_is_said_and_nothing_happens(town: Town, now: dt.datetime) -> None:
    case = agreed_case(town)
    offer = case.parties.order_by("pk").last().listing
    offer.provisions.update(taken=70)
    with pytest.raises(ValidationError, match="30個しか残っていません"):
        start_project(case=case, by=town.owner, now=now)
    assert (Project.objects.exists(), Case.objects.get().state) == (False, "agreed")
    assert offer.provisions.get().taken == 70


def test_a_party_that_has_left_is_neither_in_the_team_nor_lends_anything(
    town: Town, now: dt.datetime
) -> None:
    case = agreed_case(town, case={"offers": 2})
    gone = case.parties.order_by("pk").last()
    type(gone).objects.filter(pk=gone.pk).update(left_at=now)
    project = start_project(case=case, by=town.owner, now=now)
    assert project.partners.count() == 2
    assert project.allotments.exclude(listing=gone.listing).count() == project.allotments.count() == 1


def test_an_offer_without_a_number_is_used_whole(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed", offers=0)
    offer = make_offer(town, lines=[("goods", "軽トラック", None, "")])
    join_case(case, offer)
    make_agreement(case)
    project = start_project(case=case, by=town.owner, now=now)
    assert project.allotments.get().amount is None
    assert Listing.objects.get(pk=offer.pk).state == "reserved"
