"""The addresses of the guide, of beginning with it, and of the office's tables."""

from typing import Any

from django.utils import timezone

from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.services import (
    record_vain_search,
    save_concept,
    save_reading,
    save_recipe,
    save_synonym,
)
from tests.base.knowledge.test_recipes import BEACH
from tests.factories import Town

from .people import EVERYBODY, OFFICE, SIGNED_IN, Case, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """One row of each table."""
    who = {
        "municipality": town.municipality,
        "allowed": ALLOWED,
        "by": town.officer,
        "now": timezone.now(),
    }
    save_recipe(recipe=BEACH, version=0, **who)
    for asker in ("a", "b"):
        record_vain_search(municipality=town.municipality, words="よりあい", asker=asker, now=timezone.now())
    return {
        "concept": save_concept(name="浜風ホール", kind="place", words=["浜風"], reason="愛称", **who),
        "reading": save_reading(word="浜風", reading="はまふう", reason="市民の呼び方", **who),
        "synonym": save_synonym(word="よりあい", words=["集会"], reason="方言", **who),
    }


SHIPPED, OWN, NONE = "=kodomo-shokudo", f"={BEACH.code}", "=nothing"
NOT_THERE = OFFICE | {"officer": "404"}

CASES: list[Case] = [
    ("GET", "public:guides", "", EVERYBODY),
    ("GET", "public:guide", SHIPPED, EVERYBODY),
    ("GET", "public:guide", OWN, EVERYBODY),
    ("GET", "public:guide", NONE, row(*["404"] * 8)),
    ("GET", "workspace:listing_begin", "", SIGNED_IN),
    *[
        ("GET", f"office:{name}", "", OFFICE)
        for name in (
            "recipes",
            "recipe_new",
            "concepts",
            "concept_new",
            "readings",
            "reading_new",
            "synonyms",
            "synonym_new",
            "searches",
            "search_accept",
        )
    ],
    ("GET", "office:recipe_edit", SHIPPED, OFFICE),
    ("GET", "office:recipe_edit", OWN, OFFICE),
    ("GET", "office:recipe_edit", NONE, NOT_THERE),
    ("POST", "office:recipe_hide", SHIPPED, OFFICE),
    ("POST", "office:recipe_hide", NONE, NOT_THERE),
    ("POST", "office:recipe_restore", SHIPPED, OFFICE),
    ("GET", "office:recipe_drop", OWN, OFFICE),
    ("GET", "office:recipe_drop", SHIPPED, NOT_THERE),
    ("GET", "office:concept_edit", "concept", OFFICE),
    ("GET", "office:concept_remove", "concept", OFFICE),
    ("GET", "office:reading_edit", "reading", OFFICE),
    ("GET", "office:reading_remove", "reading", OFFICE),
    ("GET", "office:synonym_edit", "synonym", OFFICE),
    ("GET", "office:synonym_remove", "synonym", OFFICE),
    ("POST", "office:search_dismiss", "", OFFICE),
]
