"""Rows as they stand now, held until the transaction ends: first a project, then its story, then its consents."""

from musubi.flow.projects.models import Project

from ..models import Consent, Story

AROUND = ("project", "project__case__need", "municipality", "written_by")


def hold_project(story: Story) -> None:
    """Nobody joins the team, leaves it or changes its figures until the transaction ends."""
    Project.objects.select_for_update(of=("self",)).get(pk=story.project_id)


def locked(story: Story) -> Story:
    """This story, fresh and locked."""
    rows = Story.objects.select_for_update(of=("self",)).select_related(*AROUND)
    return rows.get(pk=story.pk)


def locked_consent(consent: Consent) -> tuple[Story, Consent]:
    """A consent and its story, both fresh and locked."""
    story = locked(consent.story)
    rows = Consent.objects.select_for_update(of=("self",)).select_related("partner__actor")
    row = rows.get(pk=consent.pk)
    row.story = story
    return story, row
