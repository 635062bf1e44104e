"""The coordinator's check list: what of a recipe somebody has thought of already, and what not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from musubi.base.places.models import Municipality

from ..adapter import ConceptReader, Ingredient, Recipe, speaks_of, tells_of
from .concepts import concept_reader


class Line(Protocol):
    """One resource that somebody asks for: of which kind, what exactly."""

    resource: str
    what: str


@dataclass(frozen=True)
class Checked:
    """One thing that a recipe takes: the line that asks for it, else whether the text speaks of it."""

    ingredient: Ingredient
    line: Line | None
    is_in_text: bool


def check_list(municipality: Municipality, recipe: Recipe, lines: Sequence[Line], text: str) -> list[Checked]:
    """Every ingredient in its order. A line answers it that names the same kind of resource and a word
    or a concept of it, or that says no more than the kind. One query.
    """
    reader = concept_reader(municipality.pk)
    checked = []
    for ingredient in recipe.needs:
        line = max(
            (line for line in lines if line.resource == ingredient.resource),
            key=lambda line: _likeness(reader, ingredient, line),
            default=None,
        )
        if line is not None and not _likeness(reader, ingredient, line):
            line = None
        checked.append(Checked(ingredient, line, line is None and tells_of(ingredient.what, text)))
    return checked


def _likeness(reader: ConceptReader, ingredient: Ingredient, line: Line) -> int:
    """0: another thing; a line without words is about anything of its kind."""
    if not line.what:
        return 1
    common = reader.names_in(ingredient.what) & reader.names_in(line.what)
    return 2 * len(common) + speaks_of(ingredient.what, line.what)
