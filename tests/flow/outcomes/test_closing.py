"""Summing up, and putting right."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Mandate
from musubi.flow.outcomes.enums import EvaluationState
from musubi.flow.outcomes.models import Evaluation
from musubi.flow.outcomes.queries import turns_of_evaluation
from musubi.flow.outcomes.services import close_evaluation, open_evaluation, reopen_evaluation
from musubi.flow.outcomes.workflow import WORKFLOW
from tests.factories import Town
from tests.together import make_evaluation, make_project

from .samples import give_review, join, make_team, name_only, owner


def close(evaluation: Evaluation, town: Town, now: dt.datetime) -> Evaluation:
    return close_evaluation(evaluation=evaluation, decision="continue", by=town.owner, now=now)


def reopen(evaluation: Evaluation, town: Town, now: dt.datetime) -> Evaluation:
    return reopen_evaluation(evaluation=evaluation, by=town.owner, now=now)


VERBS: dict[str, Callable[[Evaluation, Town, dt.datetime], Evaluation]] = {"close": close, "reopen": reopen}


@pytest.mark.parametrize("state", EvaluationState.values)
@pytest.mark.parametrize("verb", WORKFLOW.transitions)
def test_every_verb_from_every_state(verb: str, state: str, town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town), state=state)
    if WORKFLOW.allows(verb, state):
        moved = VERBS[verb](evaluation, town, now)
        assert moved.state == Evaluation.objects.get().state == WORKFLOW.target(verb, state)
        assert Event.objects.get().verb == f"evaluation.{verb}"
    else:
        with pytest.raises(InvalidTransition):
            VERBS[verb](evaluation, town, now)
        assert Evaluation.objects.get().state == state
        assert Event.objects.count() == Message.objects.count() == 0


@pytest.mark.parametrize("verb", ["close", "reopen"])
def test_who_is_second_is_told(verb: str, town: Town, now: dt.datetime) -> None:
    """Both hold the same old object; one result."""
    first = make_evaluation(make_project(town), state="open" if verb == "close" else "closed")
    second = Evaluation.objects.get(pk=first.pk)
    VERBS[verb](first, town, now)
    with pytest.raises(InvalidTransition):
        VERBS[verb](second, town, now)
    assert Event.objects.count() == 1


def test_the_sum_is_kept_and_told(town: Town, now: dt.datetime) -> None:
    project, (_, company) = make_team(town)
    evaluation = make_evaluation(project)
    close_evaluation(
        evaluation=evaluation, summary="来た人がふえました。", decision="repeat", next_year="いす60脚",
        by=town.owner, now=now,
    )  # fmt: skip
    row = Evaluation.objects.get()
    assert (row.summary, row.decision, row.next_year, row.closed_at) == (
        "来た人がふえました。",
        "repeat",
        "いす60脚",
        now,
    )
    told = Message.objects.filter(kind="evaluation_closed")
    assert {message.recipient for message in told} == {owner(company), town.coordinator}
    assert "もう一度行う" in told[0].text
    assert "いす60脚" in told[0].text


@pytest.mark.parametrize("decision", ["", "perhaps"])
def test_a_decision_is_asked_for(decision: str, town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    with pytest.raises(ValidationError, match="終えるかを選んで"):
        close_evaluation(evaluation=evaluation, decision=decision, by=town.owner, now=now)
    assert Evaluation.objects.get().state == "open"


def test_who_leads_and_staff_close_and_reopen(town: Town, other_town: Town, now: dt.datetime) -> None:
    project, (_, company) = make_team(town)
    evaluation = make_evaluation(project)
    others = (owner(company), town.viewer, town.citizen, other_town.officer)
    for person in others:
        with pytest.raises(NotAllowed, match="中心になる団体"):
            close_evaluation(evaluation=evaluation, decision="stop", by=person, now=now)
    for person in (town.owner, town.coordinator, town.officer):
        close_evaluation(evaluation=evaluation, decision="stop", by=person, now=now)
        for other in others:
            with pytest.raises(NotAllowed, match="中心になる団体"):
                reopen_evaluation(evaluation=evaluation, by=other, now=now)
        reopen_evaluation(evaluation=evaluation, by=person, now=now)


def test_where_nobody_leads_everybody_may(town: Town, now: dt.datetime) -> None:
    project, (_, company) = make_team(town)
    project.partners.update(role="partner")
    close_evaluation(evaluation=make_evaluation(project), decision="stop", by=owner(company), now=now)


def test_reopened_it_keeps_its_words_and_the_team_is_told(town: Town, now: dt.datetime) -> None:
    project, (_, company) = make_team(town)
    evaluation = make_evaluation(project, state="closed", summary="まとめです。", decision="continue")
    reopen_evaluation(evaluation=evaluation, by=town.owner, now=now)
    row = Evaluation.objects.get()
    assert (row.state, row.closed_at, row.summary, row.decision) == ("open", None, "まとめです。", "continue")
    assert Message.objects.get().recipient == owner(company)


def test_only_the_latest_is_reopened(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    old = make_evaluation(project, state="closed")
    open_evaluation(project=project, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="このあとの振り返り"):
        reopen_evaluation(evaluation=old, by=town.owner, now=now)
    old.refresh_from_db()
    assert old.state == "closed"


def test_whose_turn_it_is(town: Town, now: dt.datetime) -> None:
    project, (lead, company) = make_team(town)
    join(project, town, left_on=now.date())
    named = name_only(project)
    evaluation = make_evaluation(project)
    base = f"/workspace/evaluations/{evaluation.pk}/"

    def turns() -> list[tuple[str, str, int | None, str]]:
        return [(turn.what, turn.who, turn.actor_id, turn.path) for turn in turns_of_evaluation(evaluation)]

    answer = "振り返りの10の質問に答える"
    assert turns() == [
        (answer, lead.actor.name, lead.actor_id, f"{base}#partners"),
        (answer, company.actor.name, company.actor_id, f"{base}#partners"),
        (answer, "コーディネーター（商店会さんに聞く）", None, f"{base}#partners"),
    ]
    for partner in (lead, company):
        give_review(evaluation, partner, said_at=now)
    assert [turn[2] for turn in turns()] == [None]
    later = now + dt.timedelta(hours=2)
    give_review(evaluation, named, said_at=later)
    assert turns() == [("振り返りをまとめる", lead.actor.name, lead.actor_id, f"{base}#closing")]
    assert turns_of_evaluation(evaluation)[0].since == later
    evaluation = close(evaluation, town, now)
    assert turns() == []


def test_nobody_waits_for_an_organisation_that_has_closed(town: Town, now: dt.datetime) -> None:
    project, (lead, company) = make_team(town)
    evaluation = make_evaluation(project)
    give_review(evaluation, lead)
    assert [turn.actor_id for turn in turns_of_evaluation(evaluation)] == [company.actor_id]
    company.actor.state, company.actor.closed_reason = "closed", "other"
    company.actor.save()
    assert [turn.what for turn in turns_of_evaluation(evaluation)] == ["振り返りをまとめる"]


def test_who_is_coordinator_no_longer_is_not_told(town: Town, now: dt.datetime) -> None:
    evaluation = make_evaluation(make_project(town))
    Mandate.objects.filter(user=town.coordinator).delete()
    close_evaluation(evaluation=evaluation, decision="stop", by=town.owner, now=now)
    assert Message.objects.filter(kind="evaluation_closed").exists()
    assert not town.coordinator.messages.exists()
