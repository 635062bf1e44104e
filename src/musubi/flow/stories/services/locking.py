"""Rows as they stand now, held until the transaction ends; a story is always locked before its consents."""

from ..models import Consent, Story

AROUND = ("project", "project__case__need", "municipality", "written_by")


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
