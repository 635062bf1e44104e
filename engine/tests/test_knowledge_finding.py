"""Which recipes a sentence speaks of."""

from dataclasses import replace

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
        for text in (f"{recipe.name}を始めたい", *recipe.words, *recipe.alone, recipe.summary, recipe.reason):
            assert {row.code for row in recipes_in(text, SHIPPED.recipes)} == {
                row.code for row in SHIPPED.recipes.found_in(text)
            }, text


# Every activity that the plan names, by its word and as people put it.
NAMED = {
    "kodomo-shokudo": ["子ども食堂", "子どもの食堂を開きたい", "子どもたちにごはんを出す場所を作りたい", "みんなの食堂をやりたい"],
    "watch-visit": ["見守り", "見守り活動", "町内の見守り", "ご近所の見守りをしたい", "お年寄りの見守りを続けたい", "見守りする", "見守りをします"],
    "smartphone-help": ["スマホ相談", "スマホの相談会をしたい", "スマホの使い方を教える会", "スマートフォン相談会"],
    "koen-seiso": ["公園清掃", "公園をきれいにしたい", "公園の草むしりをしたい", "公園の清掃をみんなでやりたい"],
    "akiya-katsuyo": ["空き家活用", "空き家を借りて居場所を作りたい", "空いている家を使いたい", "空き家を活用したい"],
    "bosai-kunren": ["防災訓練", "町内で防災の訓練をしたい", "地震に備えた訓練", "避難訓練をやりたい"],
    "tabunka-koryu": ["多文化交流", "外国人と交流したい", "外国の人との交流会をしたい", "国際交流をしたい"],
    "study-support": ["学習支援", "子どもの勉強を見たい", "無料の塾を開きたい", "宿題を見てあげたい"],
    "food-pantry": ["フードパントリー", "困っている家庭に食料を配りたい", "食べ物を配りたい", "食料配布をしたい"],
    "satoyama-hozen": ["里山保全", "里山を守りたい", "雑木林の手入れ", "森の手入れをしたい"],
    "community-cafe": ["地域カフェ", "町のカフェを開きたい", "お茶を飲みながら話せる場所", "みんなが集まれるカフェ"],
    "ride-support": ["移動支援", "買い物の送り迎えをしたい", "病院への送迎", "お年寄りの足になりたい"],
    "guest-lesson": ["出前授業", "学校で仕事の話をしたい", "出張授業", "学校に出向いて教えたい"],
    "summer-festival": ["祭り", "お祭り", "夏祭り", "町内でまつりを開きたいです", "祭りを復活させたい", "秋祭りをしたい", "祭りをする", "町内で祭りをやろう", "祭りを開く"],
    "bon-dance": ["盆踊り", "盆踊りをしたい"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (code, text)
        for code, (word, *more) in NAMED.items()
        for text in (word, f"{word}を始めたい", f"{word}をしたい", f"地域で{word}を始めたいです。", *more)
    ],
)
def test_what_the_plan_names_is_found_first(code: str, text: str) -> None:
    assert codes(recipes_in(text, shipped_recipes()))[0] == code
    assert code in codes(SHIPPED.recipes.found_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "子どもたちを見守りながら遊ばせます",
        "見守りスタッフ",
        "会場の見守りカメラ",
        "講座の間、子どもの見守りをお願いします",
        "祭りの太鼓をゆずります",
        "お祭りの司会",
        "まつり縫いの会",
        "祭ります",
        "この町で祭ります。",
    ],
)
def test_a_short_word_in_a_longer_text_names_nothing(text: str) -> None:
    assert not {"watch-visit", "summer-festival"} & set(codes(recipes_in(text, shipped_recipes())))
    assert not {"watch-visit", "summer-festival"} & set(codes(SHIPPED.recipes.found_in(text)))


def test_a_title_that_says_only_the_short_word_names_the_activity() -> None:
    text = "見守りを始めたい\n新聞がたまっていないか、歩いて確かめます。"
    assert (
        codes(recipes_in(text, shipped_recipes())) == codes(SHIPPED.recipes.found_in(text)) == ["watch-visit"]
    )


def test_equals_stand_in_the_order_of_where_they_begin_over_several_lines() -> None:
    festival = replace(recipe("a-festival", "祭典の夕べ"), alone=("祭り",))
    canteen = recipe("b-canteen", "食堂")
    text = "今年は、いろいろと考えています。\n食堂のとなりの広場で\n祭りをしたい"
    assert codes(recipes_in(text, (festival, canteen))) == ["b-canteen", "a-festival"]
    assert codes(recipes_in("祭りをしたい\n食堂のとなりで", (canteen, festival))) == [
        "a-festival",
        "b-canteen",
    ]
    assert codes(recipes_in("\n\n\n\n祭りをしたい\n食堂で", (canteen, festival))) == [
        "a-festival",
        "b-canteen",
    ]
