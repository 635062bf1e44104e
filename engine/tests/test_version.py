"""A version of the engine stands for its weights and tables: what one version said can be said again."""

import json
import tomllib
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from musubi_engine import CONCEPTS, ENGINE_VERSION
from musubi_engine.knowledge.cookbook import shipped_recipes
from musubi_engine.weights import usual_weights

KNOWN = ("0.5.0", "4255a95a9d9a31c4")


def fingerprint() -> str:
    """Of the weights, recipes, concepts and covering words, whatever order the files have."""
    covering = files("musubi_engine.knowledge.concepts").joinpath("shipped", "other_words.txt")
    said = {
        "weights": [asdict(usual_weights(vectors=vectors)) for vectors in (False, True)],
        "recipes": {recipe.code: asdict(recipe) for recipe in shipped_recipes()},
        "concepts": {concept.name: asdict(concept) for concept in CONCEPTS},
        "covering": sorted(covering.read_text(encoding="utf-8").split()),
    }
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def test_weights_and_tables_belong_to_the_version() -> None:
    now = (ENGINE_VERSION, fingerprint())
    assert now == KNOWN, (
        "The weights or the curated tables have changed: raise ENGINE_VERSION (version.py, pyproject.toml), "
        f"measure anew (docs/matching.md) and write KNOWN = {now} with the new version here."
    )


def test_the_package_has_the_version_of_the_engine() -> None:
    package = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert package["project"]["version"] == ENGINE_VERSION
