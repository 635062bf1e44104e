"""Which recipes a sentence speaks of."""

import pytest

from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.knowledge.cookbook import Ingredient, Recipe, shipped_recipes
from musubi_engine.knowledge.finding import recipes_in, recipes_near


def recipe(code: str, *words: str, summary: str = "集まります。") -> Recipe:
    return Recipe(
        code=code,
        name=words[0],
        words=words,
        fields=(1,),
        audiences=("だれでも",),
        summary=summary,
        reason="試すため。",
        needs=(Ingredient(resource="place", what="部屋", reason="集まるため。"),),
    )


CHILDREN = recipe(
    "children", "子ども食堂", "みんなの食堂", summary="学校帰りの子どもに、夕方の食事を作って出します。"
)
CANTEEN = recipe("canteen", "食堂", "会食会")
PHONES = recipe("phones", "スマホ相談", "it相談", summary="スマホの使い方を教えます。")
CLEANING = recipe("cleaning", "公園清掃", summary="公園のごみを拾います。")
ALL = (CANTEEN, CLEANING, CHILDREN, PHONES)


def codes(found: tuple[Recipe, ...]) -> list[str]:
    return [row.code for row in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("子ども食堂を始めたい", ["children"]),
        ("こども食堂を始めたい", ["children"]),
        ("会食会をひらく", ["canteen"]),
        ("食堂と公園清掃", ["cleaning", "canteen"]),
        ("子ども食堂のあとで、となりの食堂へ", ["children", "canteen"]),
        ("公園清掃とスマホ相談", ["phones", "cleaning"]),
        ("digit相談", []),
        ("IT相談をしたい", ["phones"]),
        ("夏祭りをしたい", []),
        ("", []),
    ],
)
def test_the_longest_word_says_what_it_is(text: str, expected: list[str]) -> None:
    assert codes(recipes_in(text, ALL)) == expected


def test_the_order_of_the_recipes_does_not_matter() -> None:
    text = "食堂、公園清掃、子ども食堂、スマホ相談"
    assert recipes_in(text, ALL) == recipes_in(text, tuple(reversed(ALL)))
    near = "学校帰りの子どもにごはんを出したい"
    assert recipes_near(near, ALL) == recipes_near(near, tuple(reversed(ALL)))


def test_what_names_no_recipe_comes_near_one() -> None:
    assert recipes_in("学校帰りの子に夕食を出したい", ALL) == ()
    assert codes(recipes_near("学校帰りの子に夕食を出したい", ALL))[0] == "children"
    assert codes(recipes_near("公園のごみが気になる", ALL)) == ["cleaning"]


@pytest.mark.parametrize("text", ["", "始めたい", "宇宙旅行", "！？"])
def test_what_is_like_nothing_is_near_nothing(text: str) -> None:
    assert recipes_near(text, ALL) == ()


@pytest.mark.parametrize(
    "text",
    ["あああ", "asdf", "こんにちは", "ありがとう", "テスト", "なんでもいい", "わからない", "眠い", "123"],
)
def test_what_says_nothing_is_near_none_of_the_shipped_recipes(text: str) -> None:
    assert recipes_near(text, shipped_recipes()) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("学校帰りの子に夕食を出したい", "放課後の居場所"),
        ("川の掃除をしたい", "川の清掃"),
        ("山の手入れ", "里山保全"),
        ("みんなでご飯を食べたい", "多世代の朝ごはん"),
        ("犬", "補助犬の啓発"),
        ("本を読む会", "読み聞かせ"),
    ],
)
def test_what_says_something_is_near_the_same_shipped_recipe(text: str, name: str) -> None:
    assert recipes_near(text, shipped_recipes())[0].name == name


def test_both_finders_find_the_same() -> None:
    """`RecipeBook` is for many texts, `recipes_in` for one: what they know must not drift apart."""
    for recipe in SHIPPED.recipes:
        for text in (f"{recipe.name}を始めたい", *recipe.words, recipe.summary, recipe.reason):
            assert {row.code for row in recipes_in(text, SHIPPED.recipes)} == {
                row.code for row in SHIPPED.recipes.found_in(text)
            }, text
