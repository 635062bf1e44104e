"""Those concerned answer three questions without a name."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.flow.outcomes.models import Evaluation, Voice
from musubi.flow.outcomes.permissions import VOICES_A_DAY
from musubi.flow.outcomes.queries import evaluations_by_token, result_of, voices_for
from musubi.flow.outcomes.services import close_evaluation, enter_voice, give_voice
from tests.factories import Town
from tests.together import make_evaluation, make_project

from .samples import VoiceValue, days, owner, voice_value


@pytest.fixture
def evaluation(town: Town) -> Evaluation:
    return make_evaluation(make_project(town))


def give(evaluation: Evaluation, now: dt.datetime, mark: str = "a") -> Voice:
    return give_voice(evaluation=evaluation, voice=voice_value(words="よかったです。"), mark=mark, now=now)


def test_a_voice_has_no_name_not_even_in_the_log(evaluation: Evaluation, now: dt.datetime) -> None:
    voice = give(evaluation, now)
    assert voice.answers == {"better": 5, "heard": 5, "again": 5}
    assert (voice.relation, voice.words, voice.typed_by, voice.giver_mark) == (
        "resident",
        "よかったです。",
        None,
        "a",
    )
    assert Event.objects.get().by == "system"


def test_a_flood_from_one_address_is_stopped(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    for _ in range(VOICES_A_DAY):
        give(evaluation, now)
    with pytest.raises(NotAllowed, match="明日もう一度"):
        give(evaluation, now)
    assert Voice.objects.count() == VOICES_A_DAY
    give(evaluation, now, mark="b")
    give(make_evaluation(make_project(town)), now)
    give(evaluation, now + days(1) + dt.timedelta(seconds=1))


def test_staff_type_in_a_pile_of_paper(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    for person in (town.coordinator, town.officer):
        for _ in range(VOICES_A_DAY + 1):
            voice = enter_voice(evaluation=evaluation, voice=voice_value(), by=person, now=now)
        assert (voice.typed_by, voice.giver_mark) == (person, "")
    give(evaluation, now)
    give(evaluation, now, mark="")


def test_only_staff_type_in_paper(
    evaluation: Evaluation, town: Town, other_town: Town, now: dt.datetime
) -> None:
    for person in (town.owner, town.viewer, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="市の担当だけ"):
            enter_voice(evaluation=evaluation, voice=voice_value(), by=person, now=now)
    assert Voice.objects.count() == 0


def test_after_closing_one_is_thanked(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    stale = Evaluation.objects.get(pk=evaluation.pk)
    close_evaluation(evaluation=evaluation, decision="continue", by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="もうまとめました"):
        give(stale, now)
    with pytest.raises(NotAllowed, match="もうまとめてあります"):
        enter_voice(evaluation=stale, voice=voice_value(), by=town.officer, now=now)
    assert Voice.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (VoiceValue("resident", {"better": 5, "heard": 4}), "また参加したい、続いてほしい"),
        (VoiceValue("resident", {"better": 5, "heard": 4, "again": 9}), "また参加したい"),
        (voice_value(relation=""), "関わりを選んで"),
        (voice_value(relation="mayor"), "関わりを選んで"),
    ],
)
def test_what_is_missing_is_said(
    wrong: VoiceValue, sentence: str, evaluation: Evaluation, town: Town, now: dt.datetime
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        give_voice(evaluation=evaluation, voice=wrong, mark="a", now=now)
    if wrong.answers.get("again") or not wrong.relation or wrong.relation == "mayor":
        with pytest.raises(ValidationError, match=sentence):
            enter_voice(evaluation=evaluation, voice=wrong, by=town.officer, now=now)
    assert Voice.objects.count() == 0


def test_a_sheet_of_paper_may_have_blanks_but_not_only_blanks(
    evaluation: Evaluation, town: Town, now: dt.datetime
) -> None:
    enter_voice(evaluation=evaluation, voice=VoiceValue("resident", {"better": 5}), by=town.officer, now=now)
    assert Voice.objects.get().answers == {"better": 5}
    with pytest.raises(ValidationError, match="1つ以上"):
        enter_voice(evaluation=evaluation, voice=VoiceValue("resident", {}), by=town.officer, now=now)


def test_who_reads_voices(evaluation: Evaluation, town: Town, other_town: Town, now: dt.datetime) -> None:
    """The team from the first, even before their own answer; everybody else averages, from three on."""
    voice = give(evaluation, now)
    company = evaluation.project.partners.get(role="partner")
    for person in (town.owner, town.viewer, owner(company), town.coordinator, town.officer):
        assert list(voices_for(person, evaluation)) == [voice]
    for person in (town.citizen, other_town.owner, other_town.officer):
        assert list(voices_for(person, evaluation)) == []
    give(evaluation, now)
    result = result_of(evaluation)
    assert (result.voice_count, len(result.of_voices), result.voices_for_everybody) == (2, 3, ())
    give(evaluation, now)
    assert [str(each.average) for each in result_of(evaluation).voices_for_everybody] == ["5.0"] * 3


def test_the_link_finds_its_evaluation(evaluation: Evaluation, town: Town) -> None:
    make_evaluation(make_project(town))
    assert evaluations_by_token(evaluation.token).get() == evaluation
    assert not evaluations_by_token("").exists()
    assert not evaluations_by_token(f"{evaluation.token}x").exists()
