"""`musubi demo --stage`: the town at four points of its life, each reached through the services."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from musubi.demo.building import STAGES
from musubi.flow.cases.enums import AgreementState, CaseState, MeetingState
from musubi.flow.cases.models import Agreement, Case, PreMeeting
from musubi.flow.listings.models import Listing, Provision
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.models import Introduction
from musubi.flow.outcomes.models import Evaluation
from musubi.flow.projects.enums import AllotmentState, ProjectState
from musubi.flow.projects.models import Allotment, Project
from musubi.flow.stories.models import Echo, Story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def built(stage: str) -> dict[str, int]:
    call_command("demo", stage=stage, verbosity=0)
    kinds = (Listing, Case, Project, Story)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_each_stage_goes_a_step_further() -> None:
    assert STAGES == ("listings", "cases", "projects", "stories")
    rows = built("listings")
    assert (rows["Listing"] > 300, rows["Case"], rows["Project"], rows["Story"]) == (True, 0, 0, 0)


def test_cases_stand_at_every_point() -> None:
    rows = built("cases")
    assert (rows["Project"], rows["Story"]) == (0, 0)
    states = set(Case.objects.values_list("state", flat=True))
    assert states == set(CaseState.values) - {CaseState.STARTED}
    assert set(PreMeeting.objects.values_list("state", flat=True)) == set(MeetingState.values) - {"cancelled"}
    assert set(Agreement.objects.values_list("state", flat=True)) == set(AgreementState.values)
    found = set(Introduction.objects.values_list("state", flat=True))
    assert {IntroductionState.PROPOSED, IntroductionState.CONNECTED, IntroductionState.DECLINED} <= found


def test_the_whole_life_of_the_town() -> None:
    rows = built("stories")
    assert rows["Story"] == 20
    assert set(Project.objects.values_list("state", flat=True)) == set(ProjectState.values)
    assert set(Allotment.objects.values_list("state", flat=True)) == set(AllotmentState.values)
    assert Counter(Story.objects.values_list("state", flat=True)) == {"published": 20}
    assert not [story for story in Story.objects.all() if len(story.shown["team"]) < 2]
    assert Story.objects.exclude(after=None).count() == Echo.objects.count() == 4
    assert Project.objects.filter(case=None).count() == 4
    assert Evaluation.objects.filter(state="open").count() == 1
    late = Project.objects.filter(state="active", review_on__lt=timezone.localdate())
    assert late.count() == 1
    assert Provision.objects.filter(taken__gt=0, listing__state="published").exists()
    future = timezone.now()
    assert not Story.objects.filter(published_at__gt=future).exists()
    assert not Case.objects.filter(moved_at__gt=future).exists()
