"""Concepts and synonyms of a town's own."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import ALLOWED, NotAllowed, refuse
from musubi.base.knowledge.adapter import kinds_of_concepts
from musubi.base.knowledge.enums import ConceptKind
from musubi.base.knowledge.models import OwnConcept, OwnSynonym
from musubi.base.knowledge.queries import concept_reader, synonyms_of
from musubi.base.knowledge.services import remove_concept, remove_synonym, save_concept, save_synonym
from tests.factories import Town

pytestmark = pytest.mark.django_db

HALL = {
    "name": "浜風ホール",
    "kind": "place",
    "words": ["浜風", "はまかぜホール"],
    "broader": ["広い会場・ホール"],
    "serves": ["音の出せる場所"],
    "reason": "市民がこの名前で呼ぶため。",
}


def keep(town: Town, now: dt.datetime, **changes: Any) -> OwnConcept:
    values = {**HALL, **changes}
    return save_concept(municipality=town.municipality, allowed=ALLOWED, by=town.officer, now=now, **values)


def test_the_engines_concepts_are_read_in_every_town(town: Town) -> None:
    assert "調理場" in concept_reader(town.municipality.pk).names_in("台所のある部屋を探しています")


def test_an_own_concept_is_read_with_what_it_is_one_of(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    keep(town, now)
    text = "はまかぜホールで朗読"
    found = concept_reader(town.municipality.pk).names_in(text)
    assert {"浜風ホール", "広い会場・ホール"} <= found
    assert "音の出せる場所" not in found
    assert "音の出せる場所" in concept_reader(town.municipality.pk).names_in(text, offered=True)
    assert "浜風ホール" not in concept_reader(other_town.municipality.pk).names_in(text)
    known = concept_reader(town.municipality.pk).known
    assert ("浜風ホール", "place") in known
    assert len(known) == len(set(known)) == len(concept_reader(other_town.municipality.pk).known) + 1


def test_the_longest_word_counts_and_latin_words_stand_alone(town: Town, now: dt.datetime) -> None:
    keep(town, now)
    keep(town, now, name="浜風号", words=["浜風号"], broader=[], serves=[])
    keep(town, now, name="集会所A", words=["ab"], broader=[], serves=[])
    read = concept_reader(town.municipality.pk).names_in
    assert read("浜風号に乗る") & {"浜風ホール", "浜風号"} == {"浜風号"}
    assert "集会所A" in read("会場はAB")
    assert "集会所A" not in read("about")


def test_a_shipped_concept_is_given_further_words(town: Town, other_town: Town, now: dt.datetime) -> None:
    row = keep(town, now, name="調理場", kind="goods", words=["まかない場"], broader=[], serves=[])
    assert row.kind == "place"
    assert "調理場" in concept_reader(town.municipality.pk).names_in("まかない場を借りたい")
    assert "調理場" not in concept_reader(other_town.municipality.pk).names_in("まかない場を借りたい")
    assert "調理場" in concept_reader(town.municipality.pk).names_in("台所を借りたい")


def test_rings_of_concepts_are_refused(town: Town, now: dt.datetime) -> None:
    keep(town, now)
    keep(town, now, name="大きな箱", words=["大きな箱"], broader=["浜風ホール"], serves=[])
    with pytest.raises(ValidationError, match="たがいに"):
        keep(town, now, broader=["大きな箱"])


def test_a_concept_that_a_release_took_away_costs_its_relation_only(town: Town, now: dt.datetime) -> None:
    keep(town, now)
    OwnConcept.objects.update(broader=["なくなった", "広い会場・ホール"], serves=["なくなった"])
    assert {"浜風ホール", "広い会場・ホール"} <= concept_reader(town.municipality.pk).names_in(
        "浜風で", offered=True
    )
    assert "なくなった" not in concept_reader(town.municipality.pk).names_in("浜風で", offered=True)


def test_the_kinds_are_the_engines() -> None:
    assert {kind.value: str(kind.label) for kind in ConceptKind} == kinds_of_concepts()


def test_a_removed_concept_is_forgotten_by_the_others_too(town: Town, now: dt.datetime) -> None:
    hall = keep(town, now)
    keep(town, now, name="大きな箱", words=["大きな箱"], broader=["浜風ホール"], serves=[])
    remove_concept(concept=hall, allowed=ALLOWED, by=town.officer, now=now)
    assert list(OwnConcept.objects.values_list("name", "broader")) == [("大きな箱", [])]
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "concept.save", "concept.save", "concept.remove",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "色"}, "kind"),
        ({"words": []}, "words"),
        ({"words": ["浜"]}, "words"),
        ({"broader": ["ありもしない"]}, "broader"),
        ({"serves": ["浜風ホール"]}, "broader"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_concept_that_does_not_hold_together_is_refused(
    town: Town, now: dt.datetime, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        keep(town, now, **changes)
    assert list(refused.value.message_dict) == [field]


def synonym(town: Town, now: dt.datetime, word: str, *words: str) -> OwnSynonym:
    return save_synonym(
        municipality=town.municipality, word=word, words=words, reason="方言のため。", allowed=ALLOWED,
        by=town.officer, now=now,
    )  # fmt: skip


def test_synonyms_hold_both_ways(town: Town, other_town: Town, now: dt.datetime) -> None:
    row = synonym(town, now, "よりあい", "集会", "寄合")
    synonym(town, now, "つどい", "集会")
    assert synonyms_of(town.municipality) == {
        "よりあい": ("集会", "寄合"),
        "集会": ("つどい", "よりあい", "寄合"),
        "寄合": ("よりあい", "集会"),
        "つどい": ("集会",),
    }
    assert synonyms_of(other_town.municipality) == {}
    remove_synonym(synonym=row, allowed=ALLOWED, by=town.officer, now=now)
    assert set(synonyms_of(town.municipality)) == {"つどい", "集会"}


@pytest.mark.parametrize("words", [(), ("こども食堂",), ("集会", "集会"), ("あ" * 61,)])
def test_spellings_are_no_synonyms(town: Town, now: dt.datetime, words: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        synonym(town, now, "子ども食堂", *words)
    assert list(refused.value.message_dict) == ["words"]


def test_whoever_may_not_keeps_nothing(town: Town, now: dt.datetime) -> None:
    no = refuse("担当だけです。")
    row = synonym(town, now, "よりあい", "集会")
    with pytest.raises(NotAllowed):
        remove_synonym(synonym=row, allowed=no, by=town.citizen, now=now)
    with pytest.raises(NotAllowed):
        save_concept(municipality=town.municipality, allowed=no, by=town.citizen, now=now, **HALL)  # type: ignore[arg-type]
    assert (OwnSynonym.objects.count(), OwnConcept.objects.count()) == (1, 0)
