"""Stories for everybody, and 「うちの地域でもやりたい」 from another town."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.listings.models import Listing
from musubi.flow.matching.services import publish_and_match
from musubi.flow.outcomes.services import reopen_evaluation
from musubi.flow.projects.services import add_partner
from musubi.flow.stories.models import Echo
from musubi.flow.stories.services import index_story, repeat_story, rewrite_story
from tests.factories import Town, make_actor, make_person
from tests.flow.stories.samples import told
from tests.together import make_evaluation, make_project, make_story
from tests.web.sound import is_sound


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def test_a_story_says_who_did_what_with_whom_and_what_it_took(town: Town) -> None:
    project = make_project(town, state="achieved")
    evaluation = make_evaluation(project, state="closed")
    evaluation.indicators.filter(position=0).update(after=Decimal(120))
    found = told(
        town, state="published", project=project, subtitle="みんなで座る", year=2026, place="港区 浜町公園", fields=[3],
        keywords="夏祭り", why="座れませんでした。", learnt="早めの**相談**を。", url="https://example.jp/a",
        contact="市民協働課", video_url="https://example.jp/v", video_title="祭りのようす",
    )  # fmt: skip
    html = page(Client(), f"/stories/{found.story.pk}/")
    for words in (
        found.story.title, "みんなで座る", "2026年", "港区 浜町公園", "まちづくり", "夏祭り", "共催", town.actor.name,
        found.partner.actor.name, "中心になる", "座れませんでした。", "<strong>相談</strong>", "いす", "40個",
        "0人", "120人", "100人", "市民協働課", "祭りのようす", "https://example.jp/a", "うちの地域でもやりたい",
    ):  # fmt: skip
        assert words in html
    assert "手伝った人" not in html
    assert "公開していません" not in html


def test_what_is_not_public_is_for_its_own_team(town: Town, sign_in: Any) -> None:
    for state in ("draft", "consenting", "unpublished"):
        found = told(town, state=state)
        path = f"/stories/{found.story.pk}/"
        assert "公開していません" in page(sign_in(found.writer), path)
        assert "うちの地域でもやりたい</a>" not in page(sign_in(town.officer), path)
        page(Client(), path, 404)
        page(sign_in(town.citizen), path, 404)


def test_whoever_is_hidden_is_not_named(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    actor = found.partner.actor
    type(actor).objects.filter(pk=actor.pk).update(hidden_at=now, hidden_reason="確認中です。")
    html = page(Client(), f"/stories/{found.story.pk}/")
    assert actor.name not in html
    assert "名前を表示していません" in html
    assert actor.name not in page(Client(), "/stories/")


def test_the_list_by_field_ward_year_and_town(town: Town, other_town: Town) -> None:
    here = told(town, state="published", fields=[3], year=2025, title="浜の夏祭り").story
    there = told(other_town, state="published", fields=[13], year=2026, title="汐見の夏祭り").story
    told(town, state="consenting", title="まだの話")

    def titles(query: str) -> list[str]:
        answer = Client().get(f"/stories/?{query}")
        is_sound(answer.content.decode())
        return [row.title for row in answer.context["page"].items]

    assert titles("") == [here.title]
    assert titles("everywhere=1") == [there.title, here.title]
    assert titles("field=3") == [here.title]
    assert titles("field=13") == []
    assert titles("field=13&everywhere=1") == [there.title]
    assert titles(f"area={town.wards[0].pk}") == [here.title]
    assert titles(f"area={town.wards[1].pk}") == []
    assert titles("year=2025") == [here.title]
    assert titles("year=1999") == []
    assert titles("field=99&area=x&year=abc&page=-1") == [here.title]
    assert "しぼらずに見る" in page(Client(), "/stories/?field=13")


def test_the_list_and_a_story_under_constant_queries(town: Town, now: dt.datetime, sign_in: Any) -> None:
    def one() -> Any:
        story = make_story(make_project(town, state="achieved"), state="published", year=2026, after=first)
        index_story(story)
        return story

    first = None
    first = one()
    one()
    counts = []
    for number in (0, 28):
        for _ in range(number):
            one()
        for path in ("/stories/", f"/stories/{first.pk}/"):
            client = sign_in(town.citizen)
            page(client, path)
            with CaptureQueriesContext(connection) as counted:
                page(client, path)
            counts.append(len(counted))
    assert counts[:2] == counts[2:]
    assert len(Client().get("/stories/").context["page"].items) == 20
    assert len(Client().get("/stories/?page=2").context["page"].items) == 10


def test_search_finds_stories_under_their_own_tab(town: Town) -> None:
    found = told(town, state="published", title="浜の夏祭り", activity="折りたたみいすを40脚運びました。")
    answer = Client().get("/search/?q=折りたたみいす&kind=story")
    is_sound(answer.content.decode())
    assert [row.row for row in answer.context["page"].items] == [found.story]
    assert "事例" in answer.content.decode()
    everything = Client().get("/search/?q=夏祭り").context["page"]
    assert found.story in [row.row for row in everything.items]


def test_a_visitor_from_another_town_begins_the_same(
    town: Town, other_town: Town, sign_in: Any, now: dt.datetime
) -> None:
    found = told(town, state="published", title="浜の夏祭り")
    path = f"/workspace/stories/{found.story.pk}/repeat/"
    assert path in page(Client(), f"/stories/{found.story.pk}/")
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
    client = sign_in(other_town.owner)
    html = page(client, path)
    assert other_town.actor.name in html
    assert "いす" in html
    answer = client.post(path, {"actor": str(other_town.actor.pk)})
    listing = Listing.objects.get(actor=other_town.actor)
    assert answer["Location"] == f"/workspace/listings/{listing.pk}/edit/"
    edit = page(client, answer["Location"])
    assert "浜の夏祭り" in edit
    assert "ニーズの下書きを作りました" in edit
    assert Echo.objects.get().story == found.story
    # The story shows who does it after whom, once the need is public.
    story = f"/stories/{found.story.pk}/"
    assert listing.title not in page(Client(), story)
    publish_and_match(listing=listing, by=other_town.owner, now=now)
    assert other_town.actor.name in page(Client(), story)


def test_who_did_it_after_whom_across_towns(town: Town, other_town: Town) -> None:
    first = told(town, state="published", title="はじめの祭り")
    second = told(other_town, state="published", title="つぎの祭り", after=first.story)
    secret = told(town, state="draft", title="まだの祭り", after=first.story)
    html = page(Client(), f"/stories/{first.story.pk}/")
    assert "つぎの祭り" in html
    assert "汐見市" in html
    assert "まだの祭り" not in html
    html = page(Client(), f"/stories/{second.story.pk}/")
    assert "もとになった事例" in html
    assert "はじめの祭り" in html
    assert secret.story.after == first.story


def test_choosing_for_whom(town: Town, sign_in: Any) -> None:
    found = told(town, state="published")
    path = f"/workspace/stories/{found.story.pk}/repeat/"
    html = page(sign_in(town.citizen), path)
    assert "/workspace/actors/new/" in html
    assert sign_in(town.citizen).post(path, {"actor": str(town.actor.pk)}).status_code == 422
    assert "団体（または個人）の登録が必要" in page(sign_in(town.viewer), path)
    owner = make_person()
    actors = [make_actor(town.municipality, owner) for _ in range(2)]
    closed = make_actor(town.municipality, owner, state="closed")
    html = page(sign_in(owner), path)
    assert all(actor.name in html for actor in actors)
    assert closed.name not in html
    assert sign_in(owner).post(path, {}).status_code == 422
    assert sign_in(owner).post(path, {"actor": str(actors[1].pk)}).status_code == 302
    assert Listing.objects.get(state="draft").actor == actors[1]


@pytest.mark.parametrize("state", ["draft", "consenting", "unpublished"])
def test_only_what_is_public_is_repeated(town: Town, sign_in: Any, state: str) -> None:
    found = told(town, state=state)
    assert sign_in(found.writer).get(f"/workspace/stories/{found.story.pk}/repeat/").status_code == 404


def test_many_who_follow(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    for _ in range(3):
        owner = make_person()
        actor = make_actor(town.municipality, owner)
        need = repeat_story(story=found.story, actor=actor, by=owner, now=now)
        publish_and_match(listing=need, by=owner, now=now)
    assert page(Client(), f"/stories/{found.story.pk}/").count("始まっています") == 3


def test_a_published_story_stays_as_all_agreed_to_it(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project = make_project(town)
    evaluation = make_evaluation(project, state="closed")
    evaluation.indicators.filter(position=0).update(after=Decimal(120))
    found = told(town, state="published", project=project)
    late = make_actor(town.municipality, make_person())
    add_partner(project=project, actor=late, by=town.owner, now=now)
    reopen_evaluation(evaluation=evaluation, by=town.owner, now=now)
    evaluation.indicators.update(after=Decimal(77))
    path = f"/stories/{found.story.pk}/"
    consent = f"/workspace/stories/consents/{found.consent_of(found.partner).pk}/"
    for html in (page(Client(), path), page(sign_in(found.other), consent)):
        assert late.name not in html
        assert found.partner.actor.name in html
        assert "120人" in html
        assert "77人" not in html
    assert late.name not in page(Client(), "/stories/")
    rewrite_story(story=found.refresh(), by=found.writer, now=now)
    assert late.name in page(sign_in(found.writer), path)
