"""docs/domain.md is the only place a term is defined: it has every model and every choice."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices

from musubi.base.knowledge import enums as knowledge
from musubi.base.notify.enums import DeliveryState, MessageKind
from musubi.flow.actors import enums as actors
from musubi.flow.cases import enums as cases
from musubi.flow.issues import enums as issues
from musubi.flow.leaving import enums as leaving
from musubi.flow.listings import enums as listings
from musubi.flow.matching import enums as matching
from musubi.flow.moderation import enums as moderation
from musubi.flow.outcomes import enums as outcomes
from musubi.flow.projects import enums as projects
from musubi.flow.stories import enums as stories

TABLE = (Path(__file__).parents[2] / "docs" / "domain.md").read_text()
CODES = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", TABLE))))
# Behind the screens: the demonstration's mailbox. The search index's tables are left out below.
UNSPOKEN = {"StoredMail"}
ENUMS = [
    value
    for module in (
        actors,
        issues,
        listings,
        matching,
        cases,
        projects,
        outcomes,
        stories,
        moderation,
        leaving,
        knowledge,
    )
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Choices) and value.__module__ == module.__name__
]
SPELLED_OUT = [
    actors.ActorState, actors.CloseReason, issues.IssueState, listings.ListingState, listings.WithdrawReason,
    listings.Unit, listings.Resource, moderation.ReportReason, moderation.ReportState, moderation.HidingState,
    matching.Fit, matching.IntroductionState, matching.Initiative, matching.Answer, matching.DeclineReason,
    cases.CaseState, cases.CaseCloseReason, cases.MeetingState, cases.Mark, cases.AgreementState,
    cases.AgreementForm, projects.ProjectState, projects.StopReason, projects.PartnerRole, projects.TaskState,
    projects.AllotmentState, outcomes.EvaluationState, outcomes.Continuation, stories.StoryState,
    leaving.LeaverKind, DeliveryState, knowledge.RecipeOrigin, knowledge.Settled,
]  # fmt: skip


def test_every_model_people_speak_of_is_in_the_table() -> None:
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("musubi.") and not model.__module__.startswith("musubi.base.index")
    }
    assert models - CODES - UNSPOKEN == set()


@pytest.mark.parametrize("enum", [*ENUMS, MessageKind, DeliveryState], ids=lambda enum: enum.__name__)
def test_every_list_of_choices_is_in_the_table(enum: type[Choices]) -> None:
    assert enum.__name__ in CODES


@pytest.mark.parametrize("enum", SPELLED_OUT, ids=lambda enum: enum.__name__)
def test_each_choice_is_named_as_on_the_screen(enum: type[Choices]) -> None:
    row = next(line for line in TABLE.splitlines() if f"{enum.__name__}`" in line)
    for value, label in enum.choices:
        word = str(label).split("（")[0]
        assert f"{word} {value}" in row, (word, value)


def test_a_report_is_called_by_one_word() -> None:
    """通報 is a Report, お知らせ a Message; the office's pages never mix them up."""
    pages = (Path(__file__).parents[2] / "src/musubi/web/office").rglob("reports/*.html")
    texts = [page.read_text() for page in pages]
    assert len(texts) > 3
    assert [text for text in texts if "お知らせ" in text or "指摘" in text] == []
    assert "指摘" not in TABLE
