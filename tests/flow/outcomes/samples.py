"""Answers as somebody gives them, and teams of several partners."""

import datetime as dt
from typing import Any

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.outcomes.enums import PartnerQuestion, VoiceQuestion
from musubi.flow.outcomes.models import Evaluation, PartnerReview
from musubi.flow.outcomes.services import ReviewValue, VoiceValue
from musubi.flow.projects.models import Partner, Project
from tests.factories import Town, make_actor, make_person
from tests.together import make_case, make_project, owner_of


def review_value(points: int = 4, **fields: Any) -> ReviewValue:
    """The same number of points to each question."""
    fields.setdefault("without_musubi", "later")
    fields.setdefault("decision", "continue")
    return ReviewValue(answers=dict.fromkeys(PartnerQuestion.values, points), **fields)


def voice_value(points: int = 5, **fields: Any) -> VoiceValue:
    fields.setdefault("relation", "resident")
    return VoiceValue(answers=dict.fromkeys(VoiceQuestion.values, points), **fields)


def give_review(evaluation: Evaluation, partner: Partner, points: int = 4, **fields: Any) -> PartnerReview:
    """A row as `answer_review` leaves it."""
    fields = {"without_musubi": "later", "decision": "continue", "said_at": timezone.now(), **fields}
    return PartnerReview.objects.create(
        evaluation=evaluation,
        partner=partner,
        answers=dict.fromkeys(PartnerQuestion.values, points),
        **fields,
    )


def make_team(town: Town, *, offers: int = 1, **fields: Any) -> tuple[Project, list[Partner]]:
    """A project of `town.actor` (the lead) and of `offers` companies."""
    project = make_project(town, case=make_case(town, state="started", offers=offers), **fields)
    return project, list(project.partners.order_by("pk"))


def name_only(project: Project, name: str = "商店会", **fields: Any) -> Partner:
    """Somebody known by name only."""
    return Partner.objects.create(project=project, name=name, joined_on=timezone.localdate(), **fields)


def join(project: Project, town: Town, owner: User | None = None, **fields: Any) -> Partner:
    """One more partner, whose people may press."""
    actor = make_actor(town.municipality, owner or make_person())
    fields.setdefault("joined_on", timezone.localdate())
    return Partner.objects.create(project=project, actor=actor, **fields)


def owner(partner: Partner) -> User:
    """Fresh from the database: nothing of an earlier standing is remembered."""
    return User.objects.get(pk=owner_of(partner.actor).pk)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)
