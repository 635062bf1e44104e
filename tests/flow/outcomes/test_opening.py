"""Beginning to look back, and the figures."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.outcomes.models import Evaluation
from musubi.flow.outcomes.services import (
    IndicatorValue,
    close_evaluation,
    figures_seen,
    open_evaluation,
    save_indicators,
)
from musubi.flow.projects.enums import ProjectState
from tests.factories import Town, make_person
from tests.together import make_agreement, make_case, make_evaluation, make_project

from .samples import join, make_team, name_only, owner

GIVEN = [IndicatorValue("参加した人", "人", Decimal(0), Decimal(100)), IndicatorValue("手伝った人", "人")]


def lines(evaluation: Evaluation) -> list[tuple[str, str, Decimal | None, Decimal | None, Decimal | None]]:
    return list(evaluation.indicators.values_list("name", "unit", "before", "target", "after"))


@pytest.mark.parametrize("state", ["active", "achieved", "stopped"])
def test_it_begins_with_what_was_agreed_on(state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=state)
    evaluation = open_evaluation(project=project, by=town.owner, now=now)
    assert (evaluation.number, evaluation.state, evaluation.opened_by) == (1, "open", town.owner)
    assert len(evaluation.token) >= 32
    assert lines(evaluation) == [("参加した人", "人", 0, 100, None), ("手伝った人", "人", 0, 100, None)]
    event = Event.objects.get(verb="evaluation.open")
    assert (event.subject_ref, event.municipality_ref) == (str(project.pk), str(town.municipality.pk))


def test_a_draft_that_nobody_agreed_to_gives_no_figures(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="started")
    make_agreement(case, state="confirming")
    evaluation = open_evaluation(project=make_project(town, case=case), by=town.owner, now=now)
    assert lines(evaluation) == []


def test_the_rest_of_the_team_is_told_once(town: Town, now: dt.datetime) -> None:
    project, (_, company) = make_team(town)
    for partner in (company, join(project, town, left_on=now.date())):
        partner.actor.memberships.create(user=make_person(), role="viewer", joined_at=now)
    join(project, town, owner(company))
    name_only(project)
    evaluation = open_evaluation(project=project, by=town.owner, now=now)
    message = Message.objects.get(kind="evaluation_opened")
    assert message.recipient == owner(company)
    assert message.path == f"/workspace/evaluations/{evaluation.pk}/"
    assert "10の質問" in message.text


def test_the_next_one_begins_where_the_last_one_ended(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    first = open_evaluation(project=project, by=town.owner, now=now)
    rows = [IndicatorValue("参加した人", "人", Decimal(0), Decimal(100), Decimal(120), "雨でした"), GIVEN[1]]
    save_indicators(evaluation=first, rows=rows, by=town.owner, now=now)
    close_evaluation(evaluation=first, decision="continue", by=town.owner, now=now)
    second = open_evaluation(project=project, by=town.owner, now=now)
    assert second.number == 2
    assert lines(second) == [("参加した人", "人", 120, 100, None), ("手伝った人", "人", None, None, None)]
    assert second.indicators.first().note == ""
    assert second.token != first.token


def test_one_at_a_time(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    open_evaluation(project=project, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="いま記入中の振り返り"):
        open_evaluation(project=project, by=town.coordinator, now=now)
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("state", [state for state in ProjectState if state == "preparing"])
def test_not_before_the_project_has_begun(state: str, town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed, match="始まってから"):
        open_evaluation(project=make_project(town, state=state), by=town.owner, now=now)


def test_who_opens(town: Town, other_town: Town, now: dt.datetime) -> None:
    for person in (town.owner, town.coordinator, town.officer):
        open_evaluation(project=make_project(town), by=person, now=now)
    project, (_, company) = make_team(town)
    open_evaluation(project=project, by=owner(company), now=now)
    left = join(make_project(town), town, left_on=now.date())
    for person in (town.viewer, town.citizen, other_town.officer, other_town.coordinator, owner(left)):
        with pytest.raises(NotAllowed, match="コーディネーター"):
            open_evaluation(project=left.project, by=person, now=now)


def test_what_is_for_the_city_hall_stays_there(town: Town, now: dt.datetime) -> None:
    project = make_project(town, visibility="city_hall")
    with pytest.raises(NotAllowed):
        open_evaluation(project=project, by=town.coordinator, now=now)
    assert open_evaluation(project=project, by=town.officer, now=now)


def test_the_figures_are_put_down(town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    rows = [
        IndicatorValue("手伝った人", "人", Decimal("3.5"), None, Decimal(12), "半日は0.5人"),
        IndicatorValue("参加した人", "人", None, Decimal(100), Decimal(120)),
        IndicatorValue(" 出店 ", "店", after=Decimal(7)),
    ]
    save_indicators(evaluation=evaluation, rows=rows, seen=figures_seen(evaluation), by=town.owner, now=now)
    assert lines(evaluation) == [
        ("手伝った人", "人", Decimal("3.5"), None, 12),
        ("参加した人", "人", None, 100, 120),
        ("出店", "店", None, None, 7),
    ]
    event = Event.objects.get(verb="evaluation.figures")
    assert "出店" in event.after
    assert "出店" not in event.before


def test_two_who_write_the_figures_at_once(town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    seen = figures_seen(evaluation)
    mine = [IndicatorValue("参加した人", "人", after=Decimal(80)), GIVEN[1]]
    save_indicators(evaluation=evaluation, rows=mine, seen=seen, by=town.owner, now=now)
    with pytest.raises(ValidationError, match="ほかの人が先に"):
        save_indicators(evaluation=evaluation, rows=GIVEN, seen=seen, by=town.officer, now=now)
    assert lines(evaluation)[0][4] == 80
    save_indicators(
        evaluation=evaluation, rows=GIVEN, seen=figures_seen(evaluation), by=town.officer, now=now
    )
    assert lines(evaluation)[0][4] is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([GIVEN[0]], "「手伝った人」は合意書で決めた指標です"),
        ([], "「参加した人」「手伝った人」は合意書で決めた"),
        ([*GIVEN, GIVEN[0]], "「参加した人」が二つあります"),
        ([*GIVEN, IndicatorValue("  ")], "なにを数えるかを入れてください"),
    ],
)
def test_what_was_agreed_on_stays(
    rows: list[IndicatorValue], sentence: str, town: Town, now: dt.datetime
) -> None:
    evaluation = make_evaluation(make_project(town))
    with pytest.raises(ValidationError, match=sentence):
        save_indicators(evaluation=evaluation, rows=rows, by=town.owner, now=now)
    assert len(lines(evaluation)) == 2


def test_what_was_added_may_go_again(town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    extra = [*GIVEN, IndicatorValue("出店", "店")]
    for rows in (extra, GIVEN):
        save_indicators(evaluation=evaluation, rows=rows, by=town.owner, now=now)
    assert [line[0] for line in lines(evaluation)] == ["参加した人", "手伝った人"]


def test_who_puts_down_figures_and_until_when(town: Town, other_town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    for person in (town.viewer, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed):
            save_indicators(evaluation=evaluation, rows=GIVEN, by=person, now=now)
    for person in (town.owner, town.coordinator):
        save_indicators(evaluation=evaluation, rows=GIVEN, by=person, now=now)
    close_evaluation(evaluation=evaluation, decision="stop", by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="もうまとめてあります"):
        save_indicators(evaluation=evaluation, rows=GIVEN, by=town.owner, now=now)


def test_what_the_database_says_counts(town: Town, now: dt.datetime) -> None:
    """Somebody holds an old object of the project."""
    project = make_project(town, state="preparing")
    project.state = "active"
    with pytest.raises(NotAllowed, match="始まってから"):
        open_evaluation(project=project, by=town.owner, now=now)


def test_the_log_keeps_the_figures_without_the_words(town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_team(town)[0])
    both = [IndicatorValue(name=name, note="ひみつのわけ") for name in ("参加した人", "手伝った人")]
    save_indicators(evaluation=evaluation, rows=both, by=town.owner, now=now)
    event = Event.objects.get(verb="evaluation.figures")
    assert "参加した人" in event.after
    assert "ひみつ" not in event.before + event.after
