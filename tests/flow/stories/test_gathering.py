"""The first words of a story claim only what was found."""

import pytest

from musubi.flow.stories.services.gathering import gathered_content
from tests.factories import Town
from tests.flow.outcomes.samples import give_review, make_team
from tests.together import make_evaluation

pytestmark = pytest.mark.django_db


def test_only_what_was_counted_is_said_to_be_counted(town: Town) -> None:
    project, _team = make_team(town)
    evaluation = make_evaluation(project, state="closed")
    assert "「参加した人」" not in gathered_content(project).evaluation
    evaluation.indicators.filter(name="参加した人").update(after=30)
    said = gathered_content(project).evaluation
    assert "「参加した人」を、始める前と終わったあとで比べました。" in said
    assert "手伝った人" not in said
    evaluation.indicators.filter(name="手伝った人").update(before=None, after=3)
    assert "「手伝った人」を、終わったあとに数えました。" in gathered_content(project).evaluation


def test_what_two_have_learnt_in_the_same_words_is_said_once(town: Town) -> None:
    project, team = make_team(town)
    evaluation = make_evaluation(project, state="closed")
    for partner, words in zip(team, ("早く声をかける。", "早く声をかける。 "), strict=True):
        give_review(evaluation, partner, learnt=words)
    assert gathered_content(project).learnt == "- 早く声をかける。"
