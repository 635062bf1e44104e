"""The office keeps why a consent was taken back; nobody else reads it."""

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.flow.stories.services import unpublish_story, withdraw_consent
from tests.factories import Town
from tests.flow.stories.samples import told
from tests.web.sound import is_sound


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


def test_the_reasons_are_kept_here_and_nowhere_else(
    town: Town, other_town: Town, sign_in: Any, now: dt.datetime
) -> None:
    assert "取り消された同意はありません" in page(sign_in(town.officer), "/office/consents/")
    assert "公開をやめている事例はありません" in page(sign_in(town.officer), "/office/consents/?view=down")
    found = told(town, state="published")
    withdraw_consent(
        consent=found.consent_of(found.partner), reason="家族が心配しています。", by=found.other, now=now
    )
    html = page(sign_in(town.officer), "/office/consents/")
    assert "家族が心配しています。" in html
    assert found.story.title in html
    for person in (town.coordinator, town.owner, town.citizen, other_town.officer):
        assert sign_in(person).get("/office/consents/").status_code == 403
    assert "家族" not in page(sign_in(other_town.officer), f"/search/?q={found.story.title}")


def test_what_is_taken_down_under_constant_queries(town: Town, sign_in: Any, now: dt.datetime) -> None:
    counts = {"": [], "?view=down": []}
    for number in (1, 12):
        for _ in range(number):
            found = told(town, state="published")
            withdraw_consent(
                consent=found.consent_of(found.lead), reason="困ります。", by=found.writer, now=now
            )
            unpublish_story(
                story=told(town, state="published").story, reason="確認します。", by=town.officer, now=now
            )
        for view, seen in counts.items():
            client = sign_in(town.officer)
            page(client, f"/office/consents/{view}")
            with CaptureQueriesContext(connection) as counted:
                html = page(client, f"/office/consents/{view}")
            seen.append(len(counted))
            assert ("確認します。" in html) == (view == "?view=down")
    assert all(first == second for first, second in counts.values())
