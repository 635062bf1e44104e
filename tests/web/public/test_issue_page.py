"""The page of a local issue: what each reader may do from it."""

from typing import Any

import pytest
from django.test import Client

from musubi.base.audit.models import Event
from musubi.base.audit.queries import events_about
from tests.factories import Town, make_issue, make_listing, make_person
from tests.web.sound import is_sound


def page(client: Client, issue: Any) -> str:
    html = client.get(f"/issues/{issue.pk}/").content.decode()
    is_sound(html)
    return html


def test_a_visitor_may_press_and_is_asked_to_sign_in(town: Town) -> None:
    html = page(Client(), make_issue(town))
    assert "私も困っています" in html
    assert "ここからニーズを作る" in html
    for words in ("担当者の操作", "直す</a>"):
        assert words not in html


def test_a_stranger_is_led_to_register(town: Town, sign_in: Any) -> None:
    html = page(sign_in(make_person()), make_issue(town))
    assert "この町の登録をしてください" in html
    assert "/workspace/welcome/?next=/issues/" in html


def test_a_member_makes_a_need_of_it(town: Town, sign_in: Any) -> None:
    issue = make_issue(town)
    html = page(sign_in(town.owner), issue)
    assert f'href="/workspace/listings/new/?side=need&amp;issue={issue.pk}"' in html
    assert "団体か個人の登録が必要" in page(sign_in(town.viewer), issue)


def test_the_reporter_edits_and_takes_back(town: Town, sign_in: Any) -> None:
    issue = make_issue(town)
    html = page(sign_in(town.citizen), issue)
    assert "ご自分が伝えた" in html
    assert f"/workspace/issues/{issue.pk}/edit/" in html
    assert f"/workspace/issues/{issue.pk}/withdraw/" in html


@pytest.mark.parametrize(
    ("state", "verb"), [("open", "resolve"), ("taken_up", "resolve"), ("resolved", "reopen")]
)
def test_staff_say_what_became_of_it(state: str, verb: str, town: Town, sign_in: Any) -> None:
    issue = make_issue(town, state=state)
    assert f"/workspace/issues/{issue.pk}/{verb}/" in page(sign_in(town.coordinator), issue)
    assert "担当者の操作" not in page(sign_in(town.owner), issue)


def test_whose_words_these_are_is_for_staff(town: Town, sign_in: Any) -> None:
    issue = make_issue(town, source="telephone", entered_by=town.officer, reporter_name="川辺の佐藤さん")
    assert "川辺の佐藤さん" in page(sign_in(town.coordinator), issue)
    for client in (Client(), sign_in(town.owner)):
        assert "川辺の佐藤さん" not in page(client, issue)


def test_needs_born_of_it_are_shown_to_whom_they_are_open(town: Town, sign_in: Any) -> None:
    issue = make_issue(town)
    make_listing(town.actor, title="手すりを直す人", issue=issue)
    make_listing(town.actor, title="登録者だけの話", issue=issue, visibility="registered")
    make_listing(town.actor, title="まだ下書き", issue=issue, state="draft")
    visitor, citizen, owner = (
        page(Client(), issue),
        page(sign_in(town.citizen), issue),
        page(sign_in(town.owner), issue),
    )
    assert [
        ("手すりを直す人" in html, "登録者だけの話" in html, "まだ下書き" in html)
        for html in (visitor, citizen, owner)
    ] == [
        (True, False, False),
        (True, True, False),
        (True, True, False),
    ]


def test_who_saw_the_reporters_name_is_kept(town: Town, sign_in: Any) -> None:
    issue = make_issue(town, source="telephone", entered_by=town.officer, reporter_name="川辺の佐藤さん")
    nameless = make_issue(town, source="telephone", entered_by=town.officer)
    for client in (Client(), sign_in(town.owner)):
        page(client, issue)
    page(sign_in(town.coordinator), nameless)
    assert not Event.objects.filter(verb="personal_data.view").exists()

    page(sign_in(town.coordinator), issue)
    seen = events_about(issue).get(verb="personal_data.view")
    assert (seen.by, seen.after) == (f"user:{town.coordinator.pk}", "reporter_name")
    assert "佐藤" not in seen.before + seen.after
