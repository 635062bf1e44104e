"""A need made of a local issue takes it up when it is published."""

import pytest
from django.utils import timezone

from musubi.base.notify.queries import messages_for
from musubi.flow.issues.enums import IssueState
from musubi.flow.listings.services import publish_listing
from tests.factories import Town, make_issue, make_listing

pytestmark = pytest.mark.django_db


def test_publishing_a_need_takes_up_its_issue_and_tells_who_told_of_it(town: Town) -> None:
    issue = make_issue(town)
    need = make_listing(
        town.actor,
        state="draft",
        issue=issue,
        areas=[town.wards[0]],
        lines=[("people", "直す人", None, None)],
    )
    publish_listing(listing=need, by=town.owner, now=timezone.now())
    issue.refresh_from_db()
    assert issue.state == IssueState.TAKEN_UP
    assert [m.path for m in messages_for(town.citizen)] == [f"/issues/{issue.pk}/"]


def test_an_issue_that_is_settled_stays_so(town: Town) -> None:
    issue = make_issue(town, state=IssueState.RESOLVED)
    need = make_listing(
        town.actor,
        state="draft",
        issue=issue,
        areas=[town.wards[0]],
        lines=[("people", "直す人", None, None)],
    )
    publish_listing(listing=need, by=town.owner, now=timezone.now())
    issue.refresh_from_db()
    assert issue.state == IssueState.RESOLVED
