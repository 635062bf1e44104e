"""活動の手引き for everybody."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.adapter import shipped_recipes
from musubi.base.knowledge.services import hide_recipe, save_recipe
from musubi.flow.listings.services import index_listing
from tests.base.knowledge.test_recipes import BEACH
from tests.factories import Town, make_listing
from tests.flow.stories.samples import told
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db

KITCHEN = next(recipe for recipe in shipped_recipes() if recipe.code == "kodomo-shokudo")


def text(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names(path: str) -> list[str]:
    page = Client().get(path).content.decode()
    return re.findall(r'href="/guides/([a-z0-9-]+)/"', page)


def save(town: Town, number: int, now: dt.datetime) -> None:
    recipe = replace(BEACH, code=f"own-{number}", words=(f"たこつぼ{number}号",), name=f"浜{number}")
    save_recipe(
        municipality=town.municipality, recipe=recipe, version=0, allowed=ALLOWED, by=town.officer, now=now
    )


def test_a_guide_says_what_it_takes_whom_to_ask_and_how_to_begin(town: Town) -> None:
    page = text("/guides/kodomo-shokudo/")
    told_of = [KITCHEN.name, KITCHEN.summary, KITCHEN.reason, *KITCHEN.cautions, *KITCHEN.first_steps]
    told_of += [*KITCHEN.partners, *KITCHEN.audiences]
    told_of += [part for need in KITCHEN.needs for part in (need.what, need.reason)]
    told_of += [part for permit in KITCHEN.permits for part in (permit.what, permit.ask, permit.reason)]
    assert [sentence for sentence in told_of if sentence not in page] == []
    assert "30人が入れる広さ" in page
    assert "/workspace/listings/begin/?recipe=kodomo-shokudo" in Client().get("/guides/kodomo-shokudo/").content.decode()  # fmt: skip


def test_what_of_the_town_is_of_it(town: Town, other_town: Town) -> None:
    shown = make_listing(town.actor, title="こども食堂の会場を探しています")
    others = [
        make_listing(town.actor, title="犬の散歩の手伝い", body="子どもと歩きます。"),
        make_listing(town.actor, title="子ども食堂の人手（市だけ）", visibility="city_hall"),
        make_listing(town.actor, title="子ども食堂の下書き", state="draft"),
        make_listing(other_town.actor, title="となりの市の子ども食堂"),
    ]
    for listing in (shown, *others):
        index_listing(listing)
    story = told(town, state="published", title="みんなの食堂を三年続けて").story
    page = text("/guides/kodomo-shokudo/")
    assert shown.title in page
    assert story.title in page
    assert [listing.title for listing in others if listing.title in page] == []


def test_no_more_than_five_of_each_are_shown(town: Town) -> None:
    listings = [make_listing(town.actor, title=f"子ども食堂の会場を探しています{n}") for n in range(7)]
    for listing in listings:
        index_listing(listing)
    page = text("/guides/kodomo-shokudo/")
    assert sum(listing.title in page for listing in listings) == 5


def test_the_list_by_field_and_by_word(town: Town, now: dt.datetime) -> None:
    save(town, 1, now)
    assert names("/guides/?q=こども食堂を始めたい")[0] == "kodomo-shokudo"
    assert names("/guides/?q=たこつぼ1号") == ["own-1"]
    assert "own-1" in names("/guides/?q=たこつぼ")
    assert "own-1" in names("/guides/?field=7&q=たこつぼ")
    assert names("/guides/?field=14&q=たこつぼ1号") == []
    assert "手引きにありません" in text("/guides/?q=ぬりかべをなでたい")
    assert names("/guides/?field=x&page=zzz") == names("/guides/")


def test_a_hidden_guide_is_not_there(town: Town, other_town: Town, now: dt.datetime) -> None:
    hide_recipe(
        municipality=town.municipality, code="kodomo-shokudo", allowed=ALLOWED, by=town.officer, now=now
    )
    assert Client().get("/guides/kodomo-shokudo/").status_code == 404
    assert Client().get("/guides/nothing/").status_code == 404
    assert "kodomo-shokudo" not in names("/guides/?q=子ども食堂")


def test_the_list_under_a_constant_number_of_queries(town: Town, now: dt.datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert Client().get("/guides/").status_code == 200
        return len(caught)

    save(town, 1, now)
    one = queries()
    for number in range(2, 30):
        save(town, number, now)
    assert queries() == one
    assert len(set(names("/guides/"))) == 20


def test_a_guide_under_a_constant_number_of_queries(town: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert Client().get("/guides/kodomo-shokudo/").status_code == 200
        return len(caught)

    def one_more() -> None:
        index_listing(make_listing(town.actor, title="子ども食堂の会場を探しています"))
        told(town, state="published", title="子ども食堂を三年続けて")

    one_more()
    first = queries()
    for _ in range(2):
        one_more()
    assert queries() == first


@pytest.mark.parametrize("path", ["/guides/", "/guides/?q=ぬりかべをなでたい", "/guides/kodomo-shokudo/"])
def test_the_pages_are_sound(town: Town, path: str) -> None:
    index_listing(make_listing(town.actor, title="子ども食堂の会場を探しています"))
    is_sound(Client().get(path).content.decode())


def test_a_page_past_the_last_leads_back_to_the_first(town: Town) -> None:
    html = Client().get("/guides/", {"page": "9999"}).content.decode()
    assert "このページには、もうありません" in html
    assert 'href="?page=1"' in html
    assert "手引きにありません" not in html
