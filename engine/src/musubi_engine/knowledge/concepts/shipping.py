"""The concepts that come with the engine, written line by line with a reason each.

Sources: the 20 fields of the NPO law and the activity examples in 内閣府's guide to them, the
usual categories of ボランティアセンター (social welfare councils), 公民館 room equipment lists, and
everyday spelling variants. A single kanji stands there only if place names spare it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from musubi_engine.knowledge.concepts.concept import Concept, ConceptError
from musubi_engine.knowledge.concepts.table import ConceptTable

_FOLDER: Final = "shipped"
_COVERING: Final = "other_words.txt"


@cache
def shipped_concepts() -> ConceptTable:
    """The table of all shipped files. Raises ConceptError where they do not hold together."""
    folder = files(__package__).joinpath(_FOLDER)
    concepts: list[Concept] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            concepts += read_concepts(file.read_text(encoding="utf-8"), file.name)
    lines = folder.joinpath(_COVERING).read_text(encoding="utf-8").splitlines()
    covering = [word for line in lines if not line.startswith("#") for word in line.split()]
    return ConceptTable(concepts, covering=covering)


def read_concepts(text: str, name: str) -> list[Concept]:
    """The concepts of one TOML text; `name` is told in errors. Raises ConceptError."""
    try:
        rows = tomllib.loads(text).get("concept", [])
    except tomllib.TOMLDecodeError as error:
        message = f"{name}: {error}"
        raise ConceptError(message) from error
    return [_concept(row, name) for row in rows]


def _concept(row: Mapping[str, Any], name: str) -> Concept:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    try:
        return Concept(**values)
    except TypeError as error:
        message = f"{name}: {row.get('name', '?')}: {error}"
        raise ConceptError(message) from error
