"""Figures and sentences that pages and stories are made of."""

import datetime as dt
from decimal import Decimal

import pytest

from musubi.flow.outcomes.models import Evaluation
from musubi.flow.outcomes.queries import IndicatorResult, closed_evaluation_of, result_of
from musubi.flow.outcomes.services import close_evaluation, give_voice
from tests.factories import Town
from tests.together import make_evaluation

from .samples import give_review, join, make_team, voice_value


def figure(
    before: object, target: object, after: object, note: str = "", unit: str = "人"
) -> IndicatorResult:
    values = [None if value is None else Decimal(str(value)) for value in (before, target, after)]
    return IndicatorResult("参加した人", unit, *values, note)


@pytest.mark.parametrize(
    ("row", "reached", "sentence"),
    [
        (figure(0, 100, 120), True, "参加した人：0人から120人になりました。目標の100人に届きました。"),
        (figure(0, 100, 100), True, "参加した人：0人から100人になりました。目標の100人に届きました。"),
        (
            figure(0, 1200, "999.5"),
            False,
            "参加した人：0人から999.5人になりました。目標の1,200人まで、あと200.5人でした。",
        ),
        (figure(12, 5, 4), True, "参加した人：12人から4人になりました。目標の5人に届きました。"),
        (figure(12, 5, 7), False, "参加した人：12人から7人になりました。目標の5人まで、あと2人でした。"),
        (figure(None, 10, 10), True, "参加した人：10人でした。目標の10人に届きました。"),
        (figure(None, None, 10), None, "参加した人：10人でした。"),
        (figure(3, None, 3), None, "参加した人：3人のまま変わりませんでした。"),
        (figure(0, 100, None, "雨で中止。"), None, "参加した人：まだ数えていません。雨で中止。"),
        (figure(0, 0, 0), True, "参加した人：0人のまま変わりませんでした。目標の0人に届きました。"),
    ],
)
def test_an_indicator_is_a_sentence(row: IndicatorResult, reached: bool | None, sentence: str) -> None:
    assert (row.is_reached, row.sentence) == (reached, sentence)


@pytest.fixture
def closed(town: Town, now: dt.datetime) -> Evaluation:
    project, (lead, company) = make_team(town)
    evaluation = make_evaluation(project)
    give_review(evaluation, lead, 4, learnt="早めの声かけ", without_musubi="not_at_all")
    give_review(evaluation, company, 5, decision="repeat")
    for points in (1, 2, 2):
        give_voice(evaluation=evaluation, voice=voice_value(points), mark="", now=now)
    return close_evaluation(
        evaluation=evaluation,
        summary="よかったです。",
        decision="repeat",
        next_year="いす",
        by=town.owner,
        now=now,
    )


def test_everything_of_a_closed_one(closed: Evaluation, now: dt.datetime) -> None:
    result = result_of(closed)
    assert [(each.key, str(each.average), each.count) for each in result.of_partners][:2] == [
        ("equal", "4.5", 2),
        ("aim", "4.5", 2),
    ]
    assert len(result.of_partners) == 10
    assert [(each.label, each.count) for each in result.without_musubi] == [
        ("できなかったと思う", 1),
        ("もっと時間がかかったと思う", 1),
    ]
    assert [(each.key, each.count) for each in result.decisions] == [("continue", 1), ("repeat", 1)]
    assert [str(each.average) for each in result.of_voices] == ["1.7"] * 3
    assert (result.voice_count, result.review_count, result.learnt) == (3, 2, ("早めの声かけ",))
    assert (result.decision_label, result.summary, result.next_year) == (
        "もう一度行う",
        "よかったです。",
        "いす",
    )
    assert (result.number, result.is_closed, result.closed_at) == (1, True, now)
    assert [each.name for each in result.indicators] == ["参加した人", "手伝った人"]


def test_one_single_answer_is_never_an_average(town: Town, now: dt.datetime) -> None:
    project, (lead, _) = make_team(town)
    evaluation = make_evaluation(project)
    give_review(evaluation, lead)
    close_evaluation(evaluation=evaluation, decision="stop", by=town.owner, now=now)
    result = result_of(Evaluation.objects.get())
    assert (result.of_partners, result.decisions, result.without_musubi, result.review_count) == (
        (),
        (),
        (),
        1,
    )


def test_nothing_said_yet(town: Town) -> None:
    result = result_of(make_evaluation(make_team(town)[0]))
    assert (result.of_partners, result.of_voices, result.voice_count, result.decision_label) == (
        (),
        (),
        0,
        "",
    )


def test_a_constant_number_of_queries(
    closed: Evaluation, town: Town, now: dt.datetime, django_assert_num_queries: object
) -> None:
    for _ in range(2):
        with django_assert_num_queries(3):
            result_of(closed)
        for _ in range(29):
            give_review(closed, join(closed.project, town))
            closed.voices.create(relation="other", answers=voice_value().answers, given_at=now)
            closed.indicators.create(name="さらに")


def test_the_figures_that_stand_are_the_latest_closed_ones(town: Town) -> None:
    project, _ = make_team(town)
    assert closed_evaluation_of(project) is None
    first = make_evaluation(project, state="closed")
    second = make_evaluation(project, number=2, state="closed")
    make_evaluation(project, number=3)
    assert closed_evaluation_of(project) == second
    assert first != second
