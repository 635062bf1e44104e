"""Recipes as a town shows them."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import ALLOWED, NotAllowed, refuse
from musubi.base.knowledge.adapter import Ingredient, Permit, Recipe, shipped_recipes
from musubi.base.knowledge.enums import RecipeOrigin
from musubi.base.knowledge.models import OwnRecipe
from musubi.base.knowledge.queries import (
    check_list,
    every_recipe_of,
    own_version_of,
    recipe_of,
    recipes_in,
    recipes_of,
)
from musubi.base.knowledge.services import (
    StaleRecipe,
    drop_own_recipe,
    hide_recipe,
    new_code,
    restore_recipe,
    save_recipe,
)
from tests.factories import Town

pytestmark = pytest.mark.django_db

BEACH = Recipe(
    code="own-1",
    name="浜ごみのお茶会",
    words=("浜ごみのお茶会", "たこつぼ茶会"),
    fields=(7, 3),
    audiences=("だれでも",),
    summary="浜のごみを拾ったあと、集会所でお茶を飲みます。",
    reason="この町の浜で二十年続いているため。",
    needs=(
        Ingredient(resource="people", what="ごみを拾う人", reason="一度に20人で回ります。", amount=20, unit="people"),
        Ingredient(resource="place", what="お茶を飲む部屋", reason="浜の近くがよいです。", usually=False),
    ),
    permits=(Permit(what="海岸の使用の相談", ask="港湾課", reason="人数が多いときに要ります。"),),
    partners=("町内会",),
)  # fmt: skip


def save(town: Town, recipe: Recipe, now: dt.datetime, version: int = 0) -> OwnRecipe:
    return save_recipe(
        municipality=town.municipality, recipe=recipe, version=version, allowed=ALLOWED, by=town.officer, now=now
    )  # fmt: skip


def verbs() -> list[str]:
    return list(Event.objects.filter(subject_type__startswith="knowledge.").order_by("pk").values_list("verb", flat=True))  # fmt: skip


def test_a_town_begins_with_what_is_shipped(town: Town) -> None:
    assert recipes_of(town.municipality) == shipped_recipes()
    assert recipe_of(town.municipality, "kodomo-shokudo") == shipped_recipes_by_code()["kodomo-shokudo"]
    assert recipe_of(town.municipality, "nothing") is None


def shipped_recipes_by_code() -> dict[str, Recipe]:
    return {recipe.code: recipe for recipe in shipped_recipes()}


def test_an_own_recipe_is_found_and_told_as_written(town: Town, other_town: Town, now: dt.datetime) -> None:
    assert new_code(town.municipality) == "own-1"
    save(town, BEACH, now)
    assert recipe_of(town.municipality, "own-1") == BEACH
    assert recipes_of(town.municipality) == (*shipped_recipes(), BEACH)
    assert recipes_in(town.municipality, "たこつぼ茶会をやりたい") == (BEACH,)
    assert recipes_in(town.municipality, "浜のごみを拾いたい") == ()
    assert BEACH in recipes_in(town.municipality, "浜のごみを拾いたい", or_near=True)
    assert recipes_in(other_town.municipality, "たこつぼ茶会をやりたい") == ()
    assert new_code(town.municipality) == "own-2"


def test_what_is_shipped_may_be_told_otherwise_and_as_shipped_again(town: Town, now: dt.datetime) -> None:
    shipped = shipped_recipes_by_code()["kodomo-shokudo"]
    ours = replace(shipped, summary="港の食堂で月に一度開きます。")
    save(town, ours, now)
    assert recipe_of(town.municipality, shipped.code) == ours
    assert len(recipes_of(town.municipality)) == len(shipped_recipes())
    row = next(row for row in every_recipe_of(town.municipality) if row.recipe.code == shipped.code)
    assert (row.origin, row.is_hidden) == (RecipeOrigin.CHANGED, False)
    drop_own_recipe(
        municipality=town.municipality, code=shipped.code, allowed=ALLOWED, by=town.officer, now=now
    )
    assert recipe_of(town.municipality, shipped.code) == shipped
    assert verbs() == ["recipe.save", "recipe.drop"]


def test_a_hidden_recipe_is_the_offices_alone_until_it_is_restored(town: Town, now: dt.datetime) -> None:
    who = {"municipality": town.municipality, "allowed": ALLOWED, "by": town.officer, "now": now}
    hide_recipe(code="kodomo-shokudo", **who)
    hide_recipe(code="kodomo-shokudo", **who)
    assert recipe_of(town.municipality, "kodomo-shokudo") is None
    assert recipes_in(town.municipality, "子ども食堂を始めたい") == ()
    hidden = [row.recipe.code for row in every_recipe_of(town.municipality) if row.is_hidden]
    assert hidden == ["kodomo-shokudo"]
    restore_recipe(code="kodomo-shokudo", **who)
    assert recipe_of(town.municipality, "kodomo-shokudo") is not None
    assert verbs() == ["recipe.hide", "recipe.restore"]


def test_two_editors_notice_each_other(town: Town, now: dt.datetime) -> None:
    save(town, BEACH, now)
    save(town, replace(BEACH, partners=("町内会", "漁協")), now, version=1)
    with pytest.raises(StaleRecipe) as stale:
        save(town, replace(BEACH, partners=()), now, version=1)
    assert stale.value.version == own_version_of(town.municipality, "own-1") == 2
    assert OwnRecipe.objects.get().partners == ["町内会", "漁協"]


def test_saving_the_same_again_changes_nothing(town: Town, now: dt.datetime) -> None:
    save(town, BEACH, now)
    assert save(town, BEACH, now, version=1).version == 1
    assert verbs() == ["recipe.save"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"words": ()}, "words"),
        ({"words": ("こども食堂",)}, "words"),
        ({"fields": ()}, "fields"),
        ({"fields": (21,)}, "fields"),
        ({"needs": ()}, "needs"),
        ({"needs": (Ingredient(resource="room", what="部屋", reason="要ります。"),)}, "needs"),
        ({"needs": (Ingredient(resource="place", what="部屋", reason="要ります。", amount=3),)}, "needs"),
        ({"needs": (Ingredient(resource="place", what="部屋", reason=""),)}, "needs"),
        ({"code": "../x"}, "code"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_does_not_hold_together_is_refused_by_field(
    town: Town, now: dt.datetime, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        save(town, replace(BEACH, **changes), now)  # type: ignore[arg-type]
    assert list(refused.value.message_dict) == [field]
    assert all(sentence.endswith("。") for sentence in refused.value.messages)
    assert not OwnRecipe.objects.exists()


def test_whoever_may_not_changes_nothing(town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed, match="担当だけ"):
        save_recipe(
            municipality=town.municipality, recipe=BEACH, version=0, allowed=refuse("担当だけです。"),
            by=town.citizen, now=now,
        )  # fmt: skip
    assert not OwnRecipe.objects.exists()


def test_a_rewritten_recipe_is_still_found_by_the_word_that_names_it_alone(
    town: Town, now: dt.datetime
) -> None:
    save(
        town,
        replace(
            shipped_recipes_by_code()["watch-visit"], name="浜町の見守り", words=("浜町の見守り",), alone=()
        ),
        now,
    )
    for words in ("見守りを始めたい", "浜町の見守り"):
        assert [row.name for row in recipes_in(town.municipality, words)] == ["浜町の見守り"]


@dataclass
class Asked:
    resource: str
    what: str


def test_the_check_list_says_what_is_named_and_what_is_not(town: Town) -> None:
    lines = [Asked("place", "台所のある集会所"), Asked("people", ""), Asked("money", "保険の費用")]
    recipe = shipped_recipes_by_code()["kodomo-shokudo"]
    checked = check_list(town.municipality, recipe, lines, "近くの農家から野菜などの食材をいただきます。")
    assert [(row.ingredient.resource, row.line, row.is_in_text) for row in checked] == [
        ("place", lines[0], False),
        ("people", lines[1], False),
        ("goods", None, True),
        ("expertise", None, False),
        ("publicity", None, False),
        ("money", lines[2], False),
    ]


def test_a_line_on_another_thing_answers_nothing(town: Town) -> None:
    recipe = shipped_recipes_by_code()["kodomo-shokudo"]
    checked = check_list(town.municipality, recipe, [Asked("goods", "竹ぼうき")], "")
    assert [row.line for row in checked if row.ingredient.resource == "goods"] == [None]
