"""「似たニーズ・困りごと・事例」: the same wish is joined, not posted again; nobody sees what they may not."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.base.index.queries import Ref
from musubi.flow.issues.models import Issue
from musubi.flow.stories.services.indexing import index_story
from musubi.web.shared import limits
from musubi.web.shared.similar import similar_for
from tests.factories import Town, make_listing, make_person
from tests.together import make_project, make_story, owner_of
from tests.web.minutes import within_one_minute
from tests.web.public import rows
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db

WISH = "子ども食堂の会場をさがしています\n月に二回、夕方に台所のある部屋を借りたいです。"


def fill(town: Town) -> dict[str, Any]:
    """Each kind of thing that is like the wish, and some that are not."""
    story = make_story(
        make_project(town), state="published", title="子ども食堂の会場を町内会館にした話",
        summary="台所のある部屋を借りて、子ども食堂をひらきました。",
    )  # fmt: skip
    index_story(story)
    for number in range(8):
        rows.listing(
            town.actor, title=f"公園の花だんの水やり{number}", body="毎朝の水やりを手伝う人を求めます。"
        )
        rows.issue(town, title=f"坂道の手すり{number}", body="坂道の手すりがぐらつきます。")
    return {
        "need": rows.listing(
            town.actor,
            title="子ども食堂の会場を貸してください",
            body="台所のある部屋で、夕方に月二回ひらきます。",
        ),
        "issue": rows.issue(
            town, title="子ども食堂の会場がない", body="夕方に借りられる台所のある部屋がありません。"
        ),
        "story": story,
    }


def found(user: Any, text: str, town: Town, **asked: Any) -> list[Ref]:
    similar = similar_for(user, text, town=town.municipality, **asked)
    return [Ref("listing" if one.kind == "need" else one.kind, one.row.pk) for one in similar]


def test_the_most_alike_of_all_kinds_and_nothing_else(town: Town) -> None:
    like = fill(town)
    refs = found(town.citizen, WISH, town)
    assert set(refs) == {
        Ref("listing", like["need"].pk), Ref("issue", like["issue"].pk), Ref("story", like["story"].pk)
    }  # fmt: skip
    assert found(town.citizen, WISH, town, kinds=["issue"]) == [Ref("issue", like["issue"].pk)]
    assert found(town.citizen, WISH, town, besides=refs[0]) == refs[1:]
    for text in ("", "  ", "宇宙船の燃料", "の"):
        assert found(town.citizen, text, town) == []


def test_five_at_most(town: Town) -> None:
    fill(town)
    assert len(found(town.citizen, "公園の花だんの水やりを手伝う人", town)) == 5


def test_only_what_one_may_read_and_only_what_goes_on(town: Town, other_town: Town) -> None:
    for level in ("public", "registered", "intermediaries", "city_hall"):
        rows.listing(town.actor, title=f"{WISH}{level}", visibility=level)
    rows.listing(town.actor, title=WISH, state="fulfilled")
    rows.listing(town.actor, title=WISH, state="draft")
    rows.listing(town.actor, "offer", title=WISH)
    rows.listing(other_town.actor, title=WISH)
    stranger = make_person()
    for user, number in ((stranger, 1), (town.citizen, 2), (town.coordinator, 3), (town.officer, 4)):
        assert len(found(user, WISH, town)) == number
    assert len(found(town.officer, WISH, other_town)) == 1


def test_how_one_joins(town: Town, sign_in: Any) -> None:
    like = fill(town)
    html = sign_in(town.citizen).post("/workspace/similar/", {"title": WISH}).content.decode()
    for path in (
        f"/listings/{like['need'].pk}/",
        f"/workspace/issues/{like['issue'].pk}/support/",
        f"/workspace/stories/{like['story'].pk}/repeat/",
    ):
        assert f'href="{path}"' in html
    assert "私も困っています" in html
    html = sign_in(town.owner).post("/workspace/similar/", {"title": WISH}).content.decode()
    assert "わたしたちのニーズ" in html
    assert f'href="/workspace/listings/{like["need"].pk}/"' in html


def part_of(html: str) -> str:
    """What stands in the page's place for it, without the space between the tags."""
    inside = re.search(
        r'<div id="similar" aria-live="polite">(.*?)</div>\s*(?:<div class="field|<h2|<details|<div class="button)',
        html,
        re.DOTALL,
    )
    assert inside
    return squeezed(inside[1])


def squeezed(html: str) -> str:
    return re.sub(r"\s+", "", html)


def test_the_part_is_what_a_reload_shows(town: Town, sign_in: Any) -> None:
    fill(town)
    title, _, body = WISH.partition("\n")
    draft = make_listing(town.actor, title=title, body=body, state="draft")
    client = sign_in(town.owner)
    for url, fields in (
        (f"/workspace/listings/{draft.pk}/edit/", {"title": title, "body": body}),
        ("/workspace/issues/new/", {"title": title, "body": body}),
    ):
        kept = {} if "listings" in url else {"act": "similar", **fields}
        page = (client.post(url, kept) if kept else client.get(url)).content.decode()
        is_sound(page)
        asked = re.search(r'data-live="([^"]+)"', page[page.index("<h1>") :])
        assert asked
        part = client.post(asked[1], fields).content.decode()
        assert "子ども食堂の会場がない" in part
        assert part_of(page) == squeezed(part)


def test_the_story_s_first_questions_show_it_too(town: Town, sign_in: Any) -> None:
    like = fill(town)
    project = make_project(town)
    story = make_story(project, state="draft", title="子ども食堂の会場を町内会館に")
    client = sign_in(owner_of(project.partners.order_by("pk")[0].actor))
    page = client.get(f"/workspace/stories/{story.pk}/write/title/").content.decode()
    assert like["story"].title in page
    assert f'data-live="/workspace/similar/?besides=story-{story.pk}"' in page
    assert 'data-live-fields="title subtitle"' in page
    other = client.get(f"/workspace/stories/{story.pk}/write/where/").content.decode()
    assert 'id="similar"' not in other


def test_without_script_a_button_asks_and_nothing_is_sent(town: Town, sign_in: Any) -> None:
    fill(town)
    before = Issue.objects.count()
    posted = {
        "title": "子ども食堂の会場がない",
        "body": "夕方に使える台所のある部屋がありません。",
        "act": "similar",
    }
    html = sign_in(town.citizen).post("/workspace/issues/new/", posted).content.decode()
    assert Issue.objects.count() == before
    assert "似たニーズ・困りごと・事例があります" in html
    assert "夕方に使える台所のある部屋がありません。" in html
    assert "必須" in html
    assert "error-summary" not in html.replace("data-error-summary", "")
    html = sign_in(town.citizen).post(
        "/workspace/issues/new/", posted | {"title": "宇宙船", "body": "宇宙船"}
    )
    assert "見つかりませんでした" in html.content.decode()


def test_the_preview_of_a_need_shows_it_and_that_of_an_offer_does_not(town: Town, sign_in: Any) -> None:
    fill(town)
    title, _, body = WISH.partition("\n")
    client = sign_in(town.owner)
    for side, shown in (("need", True), ("offer", False)):
        draft = make_listing(town.actor, side, title=title, body=body, state="draft")
        html = client.get(f"/workspace/listings/{draft.pk}/publish/").content.decode()
        assert ("子ども食堂の会場がない" in html) is shown


def test_nothing_that_is_typed_is_kept(town: Town, sign_in: Any) -> None:
    fill(town)
    client = sign_in(town.citizen)
    client.get("/")
    counts = {model: model.objects.count() for model in apps.get_models()}
    client.post("/workspace/similar/", {"title": WISH})
    assert {model: model.objects.count() for model in apps.get_models()} == counts


def test_who_asks_too_often_waits(town: Town, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen, owner, visitor = sign_in(town.citizen), sign_in(town.owner), Client()

    def similar(client: Client) -> int:
        return client.post("/workspace/similar/", {"title": WISH}).status_code

    def ask() -> list[list[int]]:
        return [
            [similar(citizen) for _ in range(5)],
            [similar(owner)],
            [visitor.get("/search/words/?q=畑").status_code for _ in range(4)],
        ]

    assert within_one_minute(ask, monkeypatch) == [[200, 200, 200, 429, 429], [200], [200, 200, 200, 429]]


def test_the_next_minute_counts_anew() -> None:
    minute = limits._Minute()
    assert [minute.count("a", "0900"), minute.count("a", "0900"), minute.count("b", "0900")] == [1, 2, 1]
    assert minute.count("a", "0901") == 1


def test_it_takes_a_town_and_a_post(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    assert client.get("/workspace/similar/").status_code == 405
    assert client.post("/workspace/similar/?besides=nonsense").content.decode().strip() == ""


def test_as_many_queries_for_one_as_for_many(town: Town) -> None:
    def more() -> None:
        rows.listing(town.actor, title=WISH)
        rows.issue(town, title=WISH[:80])

    more()
    counts = []
    for _ in range(2):
        person = make_person()
        with CaptureQueriesContext(connection) as counted:
            assert similar_for(person, WISH, town=town.municipality)
        counts.append(len(counted))
        for _ in range(12):
            more()
    assert counts[1] <= counts[0] <= 12  # a kind without a hit is not asked for
