"""The office's tables: recipes, concepts, synonyms, and what was searched in vain."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.adapter import shipped_recipes
from musubi.base.knowledge.models import OwnConcept, OwnReading, OwnRecipe, OwnSynonym, VainSearch
from musubi.base.knowledge.queries import every_recipe_of, readings_of, recipe_of, recipes_of, synonyms_of
from musubi.base.knowledge.services import (
    record_vain_search,
    save_concept,
    save_reading,
    save_recipe,
    save_synonym,
)
from tests.base.knowledge.test_recipes import BEACH
from tests.factories import Town
from tests.flow.matching.later import run_later
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db

SignIn = Callable[[object], Client]
KITCHEN = next(recipe for recipe in shipped_recipes() if recipe.code == "kodomo-shokudo")


@pytest.fixture
def office(town: Town, sign_in: SignIn) -> Client:
    return sign_in(town.officer)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def as_typed(recipe: Any, version: int = 0, **changes: Any) -> dict[str, Any]:
    """The page of a recipe as a browser sends it."""
    data: dict[str, Any] = {
        "name": recipe.name,
        "summary": recipe.summary,
        "reason": recipe.reason,
        "main_field": str(recipe.fields[0]),
        "more_fields": [str(field) for field in recipe.fields[1:]],
        "version": str(version),
        "needs-TOTAL_FORMS": str(len(recipe.needs)),
        "needs-INITIAL_FORMS": "0",
        "permits-TOTAL_FORMS": str(len(recipe.permits)),
        "permits-INITIAL_FORMS": "0",
    }
    for name in ("words", "audiences", "partners", "cautions", "first_steps"):
        data[name] = "\r\n".join(getattr(recipe, name))
    for number, need in enumerate(recipe.needs):
        row = {
            "resource": need.resource,
            "what": need.what,
            "amount": need.amount or "",
            "unit": need.unit or "",
            "reason": need.reason,
        }
        row |= {} if need.usually else {"helps_only": "on"}
        data |= {f"needs-{number}-{key}": value for key, value in row.items()}
    for number, permit in enumerate(recipe.permits):
        for key in ("what", "ask", "reason"):
            data[f"permits-{number}-{key}"] = getattr(permit, key)
    return data | changes


def test_a_recipe_of_the_towns_own_arrives_as_typed(office: Client, town: Town) -> None:
    response = office.post("/office/knowledge/recipes/new/", as_typed(BEACH))
    assert response.headers["Location"] == "/office/knowledge/recipes/own-1/"
    assert recipe_of(town.municipality, "own-1") == BEACH
    assert "この町で足したもの" in text(office, "/office/knowledge/?state=own")
    assert BEACH.name in text(Client(), "/guides/own-1/")


def test_the_page_shows_a_recipe_as_it_is_and_saving_it_changes_nothing(office: Client, town: Town) -> None:
    """What the form shows and sends back is the recipe itself, each part of it."""
    office.post(f"/office/knowledge/recipes/{KITCHEN.code}/", as_typed(KITCHEN))
    assert recipe_of(town.municipality, KITCHEN.code) == KITCHEN
    page = office.get(f"/office/knowledge/recipes/{KITCHEN.code}/").content.decode()
    for need in KITCHEN.needs:
        assert f'value="{need.what}"' in page
    assert page.count('name="needs-') >= 6 * len(KITCHEN.needs)


def test_a_shipped_recipe_is_told_otherwise_hidden_and_told_as_shipped_again(
    office: Client, town: Town
) -> None:
    url = f"/office/knowledge/recipes/{KITCHEN.code}/"
    changed = {"summary": "港の集会所で月に一度。", "words": "子ども食堂\n\nみなと食堂\nみなと食堂"}
    office.post(url, as_typed(KITCHEN, **changed))
    ours = replace(KITCHEN, summary="港の集会所で月に一度。", words=("子ども食堂", "みなと食堂"))
    assert recipe_of(town.municipality, KITCHEN.code) == ours
    office.post(f"{url}hide/")
    assert recipe_of(town.municipality, KITCHEN.code) is None
    assert "出していません" in text(office, "/office/knowledge/?state=hidden")
    assert "また出す" in text(office, url)
    office.post(f"{url}restore/")
    assert recipe_of(town.municipality, KITCHEN.code) == ours
    assert "元に戻せません" in text(office, f"{url}drop/")
    office.post(f"{url}drop/")
    assert recipes_of(town.municipality) == shipped_recipes()
    assert office.get(f"{url}drop/").status_code == 404


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(office: Client, town: Town) -> None:
    wrong = as_typed(
        BEACH, words="こども食堂", summary="", **{"needs-0-amount": "たくさん", "needs-1-reason": ""}
    )
    response = office.post("/office/knowledge/recipes/new/", wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="たくさん"' in page
    assert BEACH.needs[1].what in page
    assert "「どんな活動か」を入れてください。" in page
    taken = office.post("/office/knowledge/recipes/new/", as_typed(BEACH, words="こども食堂"))
    assert taken.status_code == 422
    assert "もう「子ども食堂」のことばです" in taken.content.decode()
    assert not OwnRecipe.objects.exists()


def at(page: str, error_id: str) -> str:
    """What is said in red at one place of the page, and that the summary leads there."""
    assert f'href="#{error_id.removesuffix("_error")}"' in page
    [said] = re.findall(rf'<div class="field-errors" id="{error_id}">(.*?)</div>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", said).split())


@pytest.mark.parametrize("changes", [{"needs-0-unit": ""}, {"needs-0-amount": ""}])
def test_an_amount_without_its_unit_is_told_at_the_line(office: Client, changes: dict[str, str]) -> None:
    page = office.post("/office/knowledge/recipes/new/", as_typed(BEACH, **changes)).content.decode()
    assert "両方入れるか、両方空けてください。" in at(page, "id_needs-0-unit_error")


def test_what_is_wrong_with_all_lines_is_told_at_the_lines(office: Client) -> None:
    none = {"needs-TOTAL_FORMS": "0"}
    page = office.post("/office/knowledge/recipes/new/", as_typed(BEACH, **none)).content.decode()
    assert at(page, "rows-needs_error") == "まちがい： 必要なものを1つ以上入れてください。"
    is_sound(page)


def test_a_row_more_and_a_row_less(office: Client) -> None:
    more = office.post("/office/knowledge/recipes/new/", as_typed(BEACH, add_row="needs")).content.decode()
    assert 'name="needs-2-what"' in more
    less = office.post("/office/knowledge/recipes/new/", as_typed(BEACH, remove_row="needs-0"))
    page = less.content.decode()
    assert 'name="needs-1-what"' not in page
    assert BEACH.needs[1].what in page
    assert BEACH.needs[0].what not in page


def test_who_saves_second_is_told_and_may_replace_it_knowingly(
    office: Client, town: Town, now: dt.datetime
) -> None:
    url = "/office/knowledge/recipes/own-1/"
    save_recipe(
        municipality=town.municipality, recipe=BEACH, version=0, allowed=ALLOWED, by=town.officer, now=now
    )
    office.post(url, as_typed(BEACH, 1, partners="漁協"))
    second = office.post(url, as_typed(BEACH, 1, partners="学校"))
    page = second.content.decode()
    assert second.status_code == 409
    assert "ほかの人が先に保存しました" in page
    assert "学校" in page
    assert 'name="version" value="2"' in page
    office.post(url, as_typed(BEACH, 2, partners="学校"))
    assert OwnRecipe.objects.get().partners == ["学校"]


def test_the_list_under_a_constant_number_of_queries(office: Client, town: Town, now: dt.datetime) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert office.get(path).status_code == 200
        return len(caught)

    def one_more(number: int) -> None:
        who = {"municipality": town.municipality, "allowed": ALLOWED, "by": town.officer, "now": now}
        recipe = replace(BEACH, code=f"own-{number}", words=(f"たこつぼ{number}号",))
        save_recipe(recipe=recipe, version=0, **who)
        save_concept(name=f"浜{number}号", kind="place", words=[f"はま{number}号"], reason="愛称", **who)
        save_synonym(word=f"よりあい{number}", words=["集会"], reason="方言", **who)
        save_reading(word=f"浜{'一二三四五'[number]}", reading="はまかぜ", reason="愛称", **who)
        for asker in ("a", "b"):
            record_vain_search(municipality=town.municipality, words=f"つどい{number}", asker=asker, now=now)

    paths = [f"/office/knowledge/{part}" for part in ("", "concepts/", "synonyms/", "readings/", "searches/")]
    one_more(1)
    first = {path: queries(path) for path in paths}
    for number in range(2, 5):
        one_more(number)
    assert {path: queries(path) for path in paths} == first


def test_a_concept_is_added_changed_and_removed(office: Client, town: Town) -> None:
    url = "/office/knowledge/concepts/"
    values = {"kind": "place", "words": "浜風\nはまかぜ", "reason": "市民の呼び名のため。"}
    office.post(f"{url}new/", {"name": "浜風ホール", **values, "broader": ["広い会場・ホール"]})
    row = OwnConcept.objects.get()
    assert (row.name, row.words, row.broader) == ("浜風ホール", ["浜風", "はまかぜ"], ["広い会場・ホール"])
    assert "浜風、はまかぜ" in text(office, url)
    office.post(f"{url}{row.pk}/", {**values, "words": "浜風さん"})
    row.refresh_from_db()
    assert (row.name, row.words, row.broader) == ("浜風ホール", ["浜風さん"], [])
    short = office.post(f"{url}{row.pk}/", {**values, "words": "浜"})
    assert short.status_code == 422
    assert "短すぎて" in short.content.decode()
    assert "消しますか" in text(office, f"{url}{row.pk}/remove/")
    office.post(f"{url}{row.pk}/remove/")
    assert not OwnConcept.objects.exists()


def test_a_synonym_is_added_changed_and_removed(office: Client, town: Town) -> None:
    url = "/office/knowledge/synonyms/"
    same = office.post(f"{url}new/", {"word": "子ども食堂", "words": "こども食堂", "reason": "表記"})
    assert same.status_code == 422
    office.post(f"{url}new/", {"word": "よりあい", "words": "集会\n寄合", "reason": "方言"})
    assert synonyms_of(town.municipality)["集会"] == ("よりあい", "寄合")
    row = OwnSynonym.objects.get()
    office.post(f"{url}{row.pk}/", {"words": "集会", "reason": "方言"})
    assert synonyms_of(town.municipality)["よりあい"] == ("集会",)
    office.post(f"{url}{row.pk}/remove/")
    assert synonyms_of(town.municipality) == {}


def test_a_reading_is_added_changed_and_removed(office: Client, town: Town) -> None:
    url = "/office/knowledge/readings/"
    assert "まだありません" in text(office, url)
    office.post(f"{url}new/", {"word": "浜風ホール", "reason": "愛称", "reading": "ハマフウ ホール"})
    assert readings_of(town.municipality) == {"浜風ホール": "はまふうほーる"}
    row = OwnReading.objects.get()
    assert "はまふうほーる" in text(office, url)
    is_sound(office.get(f"{url}{row.pk}/").content.decode())
    office.post(f"{url}{row.pk}/", {"reading": "はまかぜほーる", "reason": "愛称"})
    assert readings_of(town.municipality) == {"浜風ホール": "はまかぜほーる"}
    assert "読み方を書いた" in text(office, "/office/audit/")
    office.post(f"{url}{row.pk}/remove/")
    assert readings_of(town.municipality) == {}
    town.municipality.refresh_from_db()
    assert town.municipality.readings_version == 3


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("word", {"word": "はまかぜ"}, "漢字のあることばを入れてください。ふりがなは、漢字の上に付きます。"),
        (
            "reading",
            {"reading": "浜かぜ"},
            "読み方は、ひらがなだけで、100文字までで書いてください。例：はまかぜ",
        ),
        (
            "reading",
            {"reading": "hamakaze"},
            "読み方は、ひらがなだけで、100文字までで書いてください。例：はまかぜ",
        ),
        (
            "reading",
            {"reading": "はまかぜ"},
            "「浜風ホール」と読み方が合いません。ことばの初めから終わりまでの読み方を、ひらがなで書いてください。",
        ),
    ],
)
def test_a_reading_that_cannot_be_is_told_at_its_field(
    office: Client, field: str, values: dict[str, str], sentence: str
) -> None:
    typed = {"word": "浜風ホール", "reading": "はまかぜほーる", "reason": "愛称", **values}
    response = office.post("/office/knowledge/readings/new/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert at(page, f"id_{field}_error") == f"まちがい： {sentence}"
    assert f'value="{typed["reading"]}"' in page
    assert not OwnReading.objects.exists()


def test_words_searched_in_vain_are_answered_or_dismissed(office: Client, town: Town) -> None:
    for words, last in (
        ("よりあい", 1),
        ("よりあい", 2),
        ("よりあい", 2),
        ("あああ", 1),
        ("あああ", 2),
        ("ひとり", 1),
    ):
        Client(REMOTE_ADDR=f"192.0.2.{last}").get("/search/", {"q": words})
    url = "/office/knowledge/searches/"
    page = text(office, url)
    assert page.index("「よりあい」を同じ意味のことばに足す") < page.index(
        "「あああ」を同じ意味のことばに足す"
    )
    assert "ひとり" not in page  # one person alone has searched for it
    asked = f"{url}accept/?words=よりあい"
    assert "「よりあい」で探した人に" in text(office, asked)
    empty = office.post(asked, {"asked": "よりあい", "words": "", "reason": ""})
    assert empty.status_code == 422
    office.post(asked, {"asked": "よりあい", "words": "集会", "reason": "方言"})
    assert synonyms_of(town.municipality)["よりあい"] == ("集会",)
    office.post(f"{url}dismiss/", {"words": "あああ"})
    assert "いまありません" in text(office, url)
    settled = dict(VainSearch.objects.values_list("words", "settled"))
    assert settled == {"よりあい": "synonym", "あああ": "dismissed", "ひとり": ""}


def test_the_log_tells_it_in_words(office: Client, town: Town) -> None:
    office.post("/office/knowledge/recipes/new/", as_typed(BEACH))
    office.post("/office/knowledge/recipes/own-1/hide/")
    page = text(office, "/office/audit/")
    assert "活動レシピを書いた" in page
    assert "活動レシピを出さないことにした" in page
    assert set(Event.objects.values_list("municipality_ref", flat=True)) == {str(town.municipality.pk)}


def test_nobody_else_changes_anything(town: Town, other_town: Town, sign_in: SignIn) -> None:
    for person in (town.coordinator, town.owner, town.citizen, other_town.officer):
        client = sign_in(person)
        assert client.post("/office/knowledge/recipes/new/", as_typed(BEACH)).status_code == 403
        assert client.post(f"/office/knowledge/recipes/{KITCHEN.code}/hide/").status_code == 403
        asked = {"asked": "よりあい", "words": "集会", "reason": "方言"}
        assert client.post("/office/knowledge/searches/accept/", asked).status_code == 403
    assert not OwnRecipe.objects.exists()
    assert not OwnSynonym.objects.exists()
    assert not any(row.is_hidden for row in every_recipe_of(town.municipality))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recipes/new/",
        "recipes/kodomo-shokudo/",
        "concepts/",
        "concepts/new/",
        "synonyms/",
        "synonyms/new/",
        "readings/",
        "readings/new/",
        "searches/",
        "searches/accept/?words=よりあい",
    ],
)
def test_the_pages_are_sound(office: Client, town: Town, now: dt.datetime, path: str) -> None:
    for asker in ("a", "b"):
        record_vain_search(municipality=town.municipality, words="よりあい", asker=asker, now=now)
    is_sound(office.get(f"/office/knowledge/{path}").content.decode())


def test_how_often_nothing_was_found_is_drawn_once_there_are_three_weeks(office: Client, town: Town) -> None:
    now = timezone.now()
    for weeks in (0, 1):
        search_in_vain(town, now - dt.timedelta(weeks=weeks))
    assert "うつりかわり" not in text(office, "/office/knowledge/searches/")
    search_in_vain(town, now - dt.timedelta(weeks=2))
    page = text(office, "/office/knowledge/searches/")
    assert "この12週間に、見つからなかったことは6回ありました。いちばん多かったのは、" in page
    assert page.count("週ごとの回数") == 1
    run_later()
    html = office.get("/office/knowledge/searches/").content.decode()
    is_sound(html)
    assert html.count('role="img"') == 2


def search_in_vain(town: Town, now: dt.datetime) -> None:
    for asker in "ab":
        record_vain_search(municipality=town.municipality, words="よりあい", asker=asker, now=now)
