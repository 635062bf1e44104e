"""The shipped recipes hold together, and a broken one is refused with its name."""

import pytest

from musubi_engine.knowledge.cookbook import RecipeError, check_recipes, read_recipes, shipped_recipes

ONE = """
[[recipe]]
code = "a"
name = "朝の体操"
words = ["朝の体操"]
fields = [1]
audiences = ["高齢者"]
summary = "公園で体操をします。"
reason = "公園は予約が要らないため。"
needs = [{ resource = "place", what = "公園の広場", reason = "広さが要ります。" }]
"""


def test_every_shipped_recipe_is_whole() -> None:
    found = shipped_recipes()
    assert len(found) == 200
    assert {field for recipe in found for field in recipe.fields} >= set(range(1, 20))
    assert all(
        len(recipe.needs) >= 4 and len({need.resource for need in recipe.needs}) >= 2 for recipe in found
    )
    assert all(recipe.first_steps and recipe.cautions and recipe.partners for recipe in found)
    assert len({recipe.code for recipe in found}) == len(found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fields = [1]", "fields = [21]", "21"),
        ('resource = "place"', 'resource = "room"', "room"),
        ('what = "公園の広場"', 'what = "公園の広場", amount = 3', "公園の広場"),
        ('words = ["朝の体操"]', "words = []", "words"),
    ],
)
def test_a_recipe_with_a_fault_is_refused_with_its_code(old: str, new: str, told: str) -> None:
    with pytest.raises(RecipeError, match=told) as refused:
        check_recipes(read_recipes(ONE.replace(old, new), "one.toml"))
    assert str(refused.value).startswith("a:")


def test_a_word_names_one_recipe() -> None:
    twice = ONE + ONE.replace('code = "a"', 'code = "b"')
    with pytest.raises(RecipeError, match="朝の体操"):
        check_recipes(read_recipes(twice, "one.toml"))


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"one\.toml"):
        read_recipes("[[recipe", "one.toml")
