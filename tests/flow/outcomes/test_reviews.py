"""Partners answer about each other, and read the others' only after their own."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed
from musubi.flow.outcomes.enums import PartnerQuestion
from musubi.flow.outcomes.models import Evaluation, PartnerReview
from musubi.flow.outcomes.queries import (
    awaited_reviews_for,
    evaluations_for,
    result_of,
    reviews_for,
    sees_others_reviews,
)
from musubi.flow.outcomes.services import answer_review, close_evaluation
from musubi.flow.projects.models import Partner
from tests.factories import Town, make_person
from tests.together import make_evaluation

from .samples import give_review, join, make_team, name_only, owner, review_value

Three = tuple[Evaluation, Partner, Partner, Partner]


@pytest.fixture
def three(town: Town) -> Three:
    """An open evaluation of a project of three partners."""
    project, partners = make_team(town, offers=2)
    return make_evaluation(project), *partners


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def reads(person: User, evaluation: Evaluation) -> set[int]:
    """The partners whose answers this person reads."""
    return set(reviews_for(fresh(person), evaluation).values_list("partner", flat=True))


def test_a_partner_answers_once_and_may_change_it(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, lead, *_ = three
    first = answer_review(
        evaluation=evaluation,
        partner=lead,
        review=review_value(3, learnt="早めの声かけ"),
        by=town.owner,
        now=now,
    )
    assert first.answers == dict.fromkeys(PartnerQuestion.values, 3)
    assert (first.said_by, first.source, first.learnt) == (town.owner, "web", "早めの声かけ")
    later = now + dt.timedelta(hours=1)
    second = answer_review(
        evaluation=evaluation, partner=lead, review=review_value(5), by=town.owner, now=later
    )
    assert PartnerReview.objects.get() == second == first
    assert (second.answers["aim"], second.said_at, second.learnt) == (5, later, "")
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "evaluation.answer",
        "evaluation.answer_anew",
    ]


def test_all_ten_are_asked_for_by_name(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, lead, *_ = three
    answers = dict(review_value().answers)
    del answers["aim"], answers["again"]
    with pytest.raises(ValidationError) as error:
        answer_review(
            evaluation=evaluation, partner=lead, review=replace(review_value(), answers=answers),
            by=town.owner, now=now,
        )  # fmt: skip
    assert error.value.message_dict == {
        "answers": [
            "まだ答えていない質問があります：目的を、みんなで分かち合えた、この相手と、また何かしたい"
        ]
    }
    assert PartnerReview.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {**review_value().answers, "aim": 6}},
        {"answers": {**review_value().answers, "aim": 0}},
        {"answers": {**review_value().answers, "money": 3}},
        {"without_musubi": ""},
        {"decision": "perhaps"},
    ],
)
def test_nothing_else_is_taken(wrong: dict, three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, lead, *_ = three
    with pytest.raises(ValidationError):
        answer_review(
            evaluation=evaluation,
            partner=lead,
            review=replace(review_value(), **wrong),
            by=town.owner,
            now=now,
        )
    assert PartnerReview.objects.count() == 0


def test_who_answers_for_whom(three: Three, town: Town, other_town: Town, now: dt.datetime) -> None:
    evaluation, lead, first, _ = three
    for person in (owner(first), town.viewer, town.citizen, other_town.owner, other_town.officer):
        for source in Source.values:
            with pytest.raises(NotAllowed):
                answer_review(
                    evaluation=evaluation,
                    partner=lead,
                    review=review_value(),
                    source=source,
                    by=person,
                    now=now,
                )
    assert PartnerReview.objects.count() == 0


@pytest.mark.parametrize("source", Source.values)
def test_staff_say_how_they_were_told(source: str, three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, _, company, _ = three

    def enter() -> PartnerReview:
        return answer_review(
            evaluation=evaluation, partner=company, review=review_value(), source=source,
            by=town.coordinator, now=now,
        )  # fmt: skip

    if source in ("web", "import"):
        with pytest.raises(NotAllowed, match="受け取り方"):
            enter()
        return
    row = enter()
    assert (row.source, row.said_by) == (source, town.coordinator)
    assert Event.objects.get().on_behalf_of == f"actors.actor:{company.actor_id}"


def test_one_known_by_name_only_is_asked_by_staff(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation = three[0]
    named = name_only(evaluation.project)
    with pytest.raises(NotAllowed):
        answer_review(
            evaluation=evaluation,
            partner=named,
            review=review_value(),
            source="telephone",
            by=town.owner,
            now=now,
        )
    row = answer_review(
        evaluation=evaluation,
        partner=named,
        review=review_value(),
        source="telephone",
        by=town.officer,
        now=now,
    )
    assert row.partner == named
    assert Event.objects.get().on_behalf_of == f"projects.partner:{named.pk}"


def test_nobody_answers_for_one_that_left_or_of_another_team(
    three: Three, town: Town, now: dt.datetime
) -> None:
    evaluation = three[0]
    stranger = make_team(town)[1][1]
    for partner in (join(evaluation.project, town, left_on=now.date()), stranger):
        for person, source in ((owner(partner), "web"), (town.coordinator, "paper")):
            with pytest.raises(NotAllowed, match="いまのチーム"):
                answer_review(
                    evaluation=evaluation,
                    partner=partner,
                    review=review_value(),
                    source=source,
                    by=person,
                    now=now,
                )


def test_after_closing_nobody_answers(three: Three, town: Town, now: dt.datetime) -> None:
    """The one who was about to answer holds an old object: it is told, and nothing is kept."""
    evaluation, lead, company, _ = three
    close_evaluation(
        evaluation=Evaluation.objects.get(pk=evaluation.pk), decision="stop", by=town.owner, now=now
    )
    for person, partner, source in (
        (town.owner, lead, "web"),
        (owner(company), company, "web"),
        (town.officer, company, "paper"),
    ):
        with pytest.raises(NotAllowed, match="もうまとめてあります"):
            answer_review(
                evaluation=evaluation,
                partner=partner,
                review=review_value(),
                source=source,
                by=person,
                now=now,
            )
    assert PartnerReview.objects.count() == 0


def test_the_others_are_read_only_after_ones_own(three: Three, town: Town) -> None:
    evaluation, lead, first, second = three
    give_review(evaluation, first)
    give_review(evaluation, second)
    assert reads(town.owner, evaluation) == set()
    assert reads(town.viewer, evaluation) == set()
    assert reads(owner(first), evaluation) == {first.pk, second.pk}
    give_review(evaluation, lead)
    everything = {lead.pk, first.pk, second.pk}
    assert reads(town.owner, evaluation) == reads(town.viewer, evaluation) == everything


def test_it_is_nobody_elses_business(three: Three, town: Town, other_town: Town) -> None:
    evaluation, lead, first, second = three
    for partner in (lead, first, second):
        give_review(evaluation, partner)
    for person in (town.citizen, other_town.owner, other_town.officer, other_town.coordinator):
        assert reads(person, evaluation) == set()
        assert not evaluations_for(person).exists()
    for person in (town.coordinator, town.officer):
        assert reads(person, evaluation) == {lead.pk, first.pk, second.pk}


def test_staff_read_what_partners_do_not_see_yet(three: Three, town: Town) -> None:
    evaluation, lead, first, _ = three
    give_review(evaluation, lead)
    assert reads(town.coordinator, evaluation) == reads(town.officer, evaluation) == {lead.pk}
    assert reads(owner(first), evaluation) == set()


def test_a_member_of_two_partners_answers_for_both_first(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, lead, first, second = three
    both = make_person()
    for partner, role in ((lead, "viewer"), (first, "editor")):
        partner.actor.memberships.create(user=both, role=role, joined_at=now)
    give_review(evaluation, second)
    assert reads(both, evaluation) == set()
    give_review(evaluation, first)
    assert reads(both, evaluation) == {first.pk}
    assert not sees_others_reviews(fresh(both), evaluation)
    assert reads(owner(first), evaluation) == {first.pk, second.pk}
    give_review(evaluation, lead)
    assert reads(both, evaluation) == {lead.pk, first.pk, second.pk}


def test_staff_who_belong_to_a_partner_answer_first(three: Three, town: Town, now: dt.datetime) -> None:
    """A department's officer is the town's office too: that is no way around."""
    evaluation, lead, first, second = three
    first.actor.memberships.create(user=town.officer, role="editor", joined_at=now)
    give_review(evaluation, second)
    officer = fresh(town.officer)
    assert reads(officer, evaluation) == set()
    with pytest.raises(NotAllowed, match="先に、ご自分の団体の答え"):
        answer_review(
            evaluation=evaluation, partner=second, review=review_value(), source="paper", by=officer, now=now
        )
    answer_review(evaluation=evaluation, partner=first, review=review_value(), by=officer, now=now)
    assert reads(officer, evaluation) == {first.pk, second.pk}
    answer_review(
        evaluation=evaluation, partner=lead, review=review_value(), source="paper", by=officer, now=now
    )


def test_who_left_keeps_what_they_had(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, _, first, second = three
    give_review(evaluation, first)
    for partner in (first, second):
        partner.left_on = now.date()
        partner.save()
    assert reads(owner(first), evaluation) == {first.pk}
    assert reads(owner(second), evaluation) == set()
    assert [evaluations_for(owner(one)).count() for one in (first, second)] == [1, 0]
    give_review(evaluation, second)
    again = Partner.objects.create(project=evaluation.project, actor=first.actor, joined_on=now.date())
    assert reads(owner(first), evaluation) == {first.pk}
    give_review(evaluation, again)
    assert reads(owner(first), evaluation) == {first.pk, again.pk, second.pk}


def test_closing_does_not_show_them_to_who_never_answered(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, _, first, second = three
    give_review(evaluation, first)
    give_review(evaluation, second)
    close_evaluation(evaluation=evaluation, decision="continue", by=town.coordinator, now=now)
    assert reads(town.owner, evaluation) == set()
    assert reads(owner(first), evaluation) == {first.pk, second.pk}


def test_averages_do_not_tell_what_is_not_to_be_read_yet(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, _, first, second = three
    give_review(evaluation, first, learnt="声をかけ合うこと")
    give_review(evaluation, second, 2)
    for reader in (None, town.owner, town.citizen):
        result = result_of(evaluation, reader=reader)
        assert (result.of_partners, result.without_musubi, result.decisions, result.learnt) == (
            (),
            (),
            (),
            (),
        )
        assert result.review_count == 2
    result = result_of(evaluation, reader=owner(first))
    assert [str(each.average) for each in result.of_partners] == ["3.0"] * 10
    assert result.learnt == ("声をかけ合うこと",)
    assert result_of(evaluation, reader=town.coordinator).of_partners == result.of_partners


def test_what_waits_for_somebody(three: Three, town: Town, now: dt.datetime) -> None:
    evaluation, lead, first, _ = three
    closed, _ = make_team(town)
    make_evaluation(closed, state="closed")
    assert awaited_reviews_for(town.owner) == [(evaluation, lead)]
    assert awaited_reviews_for(owner(first)) == [(evaluation, first)]
    assert awaited_reviews_for(town.viewer) == awaited_reviews_for(town.coordinator) == []
    give_review(evaluation, lead)
    assert awaited_reviews_for(town.owner) == []
    first.left_on = now.date()
    first.save()
    assert awaited_reviews_for(owner(first)) == []


def test_what_waits_is_asked_in_a_constant_number_of_queries(
    town: Town, django_assert_num_queries: object
) -> None:
    for count in (1, 29):
        for _ in range(count):
            make_evaluation(make_team(town)[0])
        person = fresh(town.owner)
        with django_assert_num_queries(5):
            pairs = awaited_reviews_for(person)
    assert len(pairs) == 30


def test_what_a_partner_pressed_itself_staff_do_not_replace(
    three: Three, town: Town, now: dt.datetime
) -> None:
    evaluation, _, company, _ = three

    def answer(points: int, by: User, source: str) -> PartnerReview:
        return answer_review(
            evaluation=evaluation, partner=company, review=review_value(points), source=source, by=by, now=now
        )

    answer(2, town.coordinator, "telephone")
    answer(3, town.officer, "paper")
    answer(4, owner(company), "web")
    for person in (town.coordinator, town.officer, owner(company)):
        with pytest.raises(NotAllowed):
            answer(1, person, "telephone")
    with pytest.raises(NotAllowed, match="自分で画面から答えています"):
        answer(1, town.officer, "telephone")
    assert PartnerReview.objects.get().answers["aim"] == 4
    assert answer(5, owner(company), "web").answers["aim"] == 5
