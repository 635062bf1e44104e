"""「子ども食堂を始めたい」: from a sentence to the first lines of a need."""

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.adapter import shipped_recipes
from musubi.base.knowledge.services import save_recipe
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import LineValue, content_of
from tests import factories
from tests.base.knowledge.test_recipes import BEACH
from tests.factories import Town
from tests.web.sound import is_sound

from .posts import text_of

SignIn = Callable[[object], Client]
URL = "/workspace/listings/begin/"
KITCHEN = next(recipe for recipe in shipped_recipes() if recipe.code == "kodomo-shokudo")


@pytest.fixture
def client(town: Town, sign_in: SignIn) -> Client:
    return sign_in(town.owner)


def posted(town: Town, **changes: str) -> dict[str, str]:
    """The page as a browser sends it untouched."""
    data = {
        "actor": str(town.actor.pk),
        "title": "子ども食堂を始めたい",
        "words": "子ども食堂を始めたい",
        "recipe": KITCHEN.code,
    }
    for number, need in enumerate(KITCHEN.needs):
        data |= {f"take-{number}-take": "on"} if need.usually else {}
        data[f"take-{number}-what"] = need.what
        if need.amount is not None:
            data[f"take-{number}-amount"] = str(need.amount)
    return {name: value for name, value in {**data, **changes}.items() if value != "-"}


def test_the_page_of_a_new_need_asks_for_a_sentence(client: Client) -> None:
    page = client.get("/workspace/listings/new/").content.decode()
    assert f'action="{URL}"' in page
    assert f'action="{URL}"' not in client.get("/workspace/listings/new/?side=offer").content.decode()


def test_a_sentence_proposes_lines_with_amounts_and_reasons(client: Client) -> None:
    page = text_of(client, f"{URL}?words=こども食堂を始めたい")
    for need in KITCHEN.needs:
        assert need.what in page
        assert need.reason in page
    html = client.get(f"{URL}?words=こども食堂を始めたい").content.decode()
    assert html.count("checked") == sum(need.usually for need in KITCHEN.needs)
    assert 'value="こども食堂を始めたい"' in html


def test_what_is_ticked_becomes_the_lines_of_a_draft(client: Client, town: Town) -> None:
    changes = {"take-0-amount": "２０人", "take-1-take": "-", "take-2-what": "お米と野菜"}
    response = client.post(URL, posted(town, **changes))
    listing = Listing.objects.get()
    assert response.headers["Location"] == f"/workspace/listings/{listing.pk}/edit/"
    content = content_of(listing)
    assert content.lines == (
        LineValue(resource="place", what=KITCHEN.needs[0].what, amount=20, unit="capacity"),
        LineValue(resource="goods", what="お米と野菜"),
        LineValue(resource="expertise", what=KITCHEN.needs[3].what, amount=1, unit="people"),
    )
    assert (content.title, content.body, content.area_ids) == (
        "子ども食堂を始めたい",
        "",
        (town.wards[0].pk,),
    )
    assert set(content.fields) == set(KITCHEN.fields)
    assert "お米と野菜" in client.get(response.headers["Location"]).content.decode()


def test_an_amount_may_be_left_open(client: Client, town: Town) -> None:
    client.post(URL, posted(town, **{"take-0-amount": ""}))
    assert content_of(Listing.objects.get()).lines[0] == LineValue(
        resource="place", what=KITCHEN.needs[0].what
    )


def test_what_cannot_be_understood_is_shown_again_as_typed(client: Client, town: Town) -> None:
    response = client.post(URL, posted(town, **{"take-0-amount": "たくさん", "take-2-what": "お米"}))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="たくさん"' in page
    assert 'value="お米"' in page
    assert "error-summary" in page
    assert not Listing.objects.exists()


def test_what_only_comes_near_is_told_to_choose_from(client: Client) -> None:
    words = "調理して低額で出し、同じ食卓を囲みたい"
    page = client.get(f"{URL}?words={words}").content.decode()
    assert f"?recipe={KITCHEN.code}&amp;words={quote(words)}" in page
    assert KITCHEN.summary in page
    assert KITCHEN.needs[0].reason not in page
    chosen = client.get(f"{URL}?recipe={KITCHEN.code}&words={words}").content.decode()
    assert KITCHEN.needs[0].reason in chosen
    assert f'value="{words}"' in chosen


def test_two_activities_in_one_sentence_are_told_to_choose_from(
    client: Client, town: Town, now: dt.datetime
) -> None:
    save_recipe(
        municipality=town.municipality, recipe=BEACH, version=0, allowed=ALLOWED, by=town.officer, now=now
    )
    page = client.get(f"{URL}?words=子ども食堂とたこつぼ茶会").content.decode()
    assert re.findall(r"\?recipe=([a-z0-9-]+)&amp;words=", page) == [BEACH.code, KITCHEN.code]


def test_a_sentence_that_no_recipe_answers_still_begins_a_draft(client: Client, town: Town) -> None:
    words = "ぬらりひょん" * 20
    page = text_of(client, f"{URL}?words={words}")
    assert "合う手引きがありませんでした" in page
    client.post(URL, {"actor": town.actor.pk, "title": words[:80], "words": words, "recipe": ""})
    content = content_of(Listing.objects.get())
    assert (content.title, content.body, content.lines) == (words[:80], words, ())


@pytest.mark.parametrize("words", ["あああ", "asdf", "こんにちは"])
def test_nonsense_is_told_that_no_guide_fits_and_where_to_go(client: Client, words: str) -> None:
    page = client.get(f"{URL}?words={words}").content.decode()
    assert "合う手引きがありませんでした" in page
    assert "近い活動を選んでください" not in page
    assert "どれでもないとき" not in page
    assert 'href="/workspace/listings/new/">手引きを使わずに' in page
    assert 'href="/guides/">手引きの一覧から選ぶ' in page
    is_sound(page)


def test_a_part_of_a_recipe_s_word_is_enough(client: Client) -> None:
    assert "地域猫活動" in client.get(f"{URL}?words=ネコ").content.decode()


def test_from_the_guides_page(client: Client) -> None:
    page = client.get(f"{URL}?recipe={KITCHEN.code}").content.decode()
    assert f'value="{KITCHEN.name}を始めたい"' in page
    assert client.get(f"{URL}?recipe=nothing").status_code == 200


def test_somebody_without_an_actor_registers_first_and_comes_back(town: Town, sign_in: SignIn) -> None:
    page = sign_in(town.citizen).get(f"{URL}?recipe={KITCHEN.code}").content.decode()
    assert "登録が必要です" in page
    assert f"next=/workspace/listings/begin/%3Frecipe%3D{KITCHEN.code}" in page


def test_only_the_own_actors_of_this_town(client: Client, town: Town, other_town: Town) -> None:
    factories.make_actor(town.municipality, town.owner, name="二つめの団体")
    assert "二つめの団体" in text_of(client, f"{URL}?recipe={KITCHEN.code}")
    assert client.post(URL, posted(town, actor=str(other_town.actor.pk))).status_code == 422
    assert not Listing.objects.exists()


def test_what_was_typed_when_the_sign_in_had_expired_comes_back(town: Town, sign_in: SignIn) -> None:
    client = Client()
    response = client.post(URL, posted(town, **{"take-2-what": "お米と野菜", "take-1-take": "-"}))
    assert response.status_code == 302
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(URL).content.decode()
    assert 'value="お米と野菜"' in page
    assert page.count("checked") == sum(need.usually for need in KITCHEN.needs) - 1
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    "query", ["words=子ども食堂", "words=同じ食卓を囲みたい", f"recipe={KITCHEN.code}", ""]
)
def test_the_page_is_sound(client: Client, query: str) -> None:
    is_sound(client.get(f"{URL}?{query}").content.decode())
