"""Activity recipes: what people really do together and what it typically takes.

The shipped ones stand in `recipes/*.toml`, written line by line with a reason each; an installation adds its own
as values. Sources are named in each recipe's `reason`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from musubi_engine.labels import FIELDS, RESOURCES, UNITS

_RECIPES: Final = "recipes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """Something a recipe typically takes: a resource, in the asker's words, how much, and why.

    `amount` is the usual one in `unit` (a key of `labels.UNITS`), None where none is usual; not
    `usually` means that it helps and can be done without.
    """

    resource: str
    what: str
    reason: str
    amount: int | None = None
    unit: str | None = None
    usually: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A procedure or an insurance, whom to ask about it, and why."""

    what: str
    ask: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An activity. `words` are what people write for it; `fields` numbers of the NPO law, the central one first.

    `alone` are short words that name it where a line says nothing else (「見守り」, 「見守りを始めたい」); in a longer
    text they are said of anything (見守りながら遊ばせます).
    """

    code: str
    name: str
    words: tuple[str, ...]
    fields: tuple[int, ...]
    audiences: tuple[str, ...]
    summary: str
    reason: str
    needs: tuple[Ingredient, ...]
    alone: tuple[str, ...] = ()
    permits: tuple[Permit, ...] = ()
    partners: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    first_steps: tuple[str, ...] = ()


class RecipeError(ValueError):
    """A recipe that does not hold together; the sentence names it and what is wrong."""


@cache
def shipped_recipes() -> tuple[Recipe, ...]:
    """Every recipe that comes with the engine, by file and then as written. Raises RecipeError."""
    folder = files(__package__).joinpath(_RECIPES)
    found: list[Recipe] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found += read_recipes(file.read_text(encoding="utf-8"), file.name)
    check_recipes(found)
    return tuple(found)


def read_recipes(text: str, name: str) -> list[Recipe]:
    """The recipes of one TOML text; `name` is told in errors. Raises RecipeError."""
    try:
        rows = tomllib.loads(text).get("recipe", [])
    except tomllib.TOMLDecodeError as error:
        message = f"{name}: {error}"
        raise RecipeError(message) from error
    return [_recipe(row, name) for row in rows]


def check_recipes(recipes: Iterable[Recipe]) -> None:
    """That codes, names and words each name one recipe and all vocabulary is known. Raises RecipeError."""
    codes: set[str] = set()
    words: dict[str, str] = {}
    for recipe in recipes:
        _check_vocabulary(recipe)
        if recipe.code in codes:
            message = f"{recipe.code}: the code stands twice."
            raise RecipeError(message)
        codes.add(recipe.code)
        for word in (*recipe.words, *recipe.alone):
            if words.setdefault(word, recipe.code) != recipe.code:
                message = f"{recipe.code}: 「{word}」 already names {words[word]}."
                raise RecipeError(message)


def _recipe(row: Mapping[str, Any], name: str) -> Recipe:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    try:
        values["needs"] = tuple(Ingredient(**need) for need in row["needs"])
        values["permits"] = tuple(Permit(**permit) for permit in row.get("permits", ()))
        return Recipe(**values)
    except (KeyError, TypeError) as error:
        message = f"{name}: {row.get('code', '?')}: {error}"
        raise RecipeError(message) from error


def _check_vocabulary(recipe: Recipe) -> None:
    wrong = [
        *(str(field) for field in recipe.fields if field not in FIELDS),
        *(need.resource for need in recipe.needs if need.resource not in RESOURCES),
        *(str(need.unit) for need in recipe.needs if need.unit is not None and need.unit not in UNITS),
        *(need.what for need in recipe.needs if (need.amount is None) != (need.unit is None)),
    ]
    empty = [
        key
        for key in ("words", "fields", "audiences", "needs", "reason", "summary")
        if not getattr(recipe, key)
    ]
    if wrong or empty:
        message = f"{recipe.code}: {', '.join([*wrong, *empty])}"
        raise RecipeError(message)
