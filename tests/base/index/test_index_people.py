"""Search for people: phrases, facets with counts, 「もしかして」, words being written; and what goes with a document."""

from collections.abc import Iterable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.base.index import queries, services
from musubi.base.index.models import BuiltWith, DocumentText, Vocabulary
from musubi.base.index.queries import FacetGroup
from musubi.base.index.services import IndexRow

pytestmark = pytest.mark.django_db

PUBLIC = [["v:public"]]


def save(object_id: int, title: str, *, body: str = "", facets: Iterable[str] = ("v:public",)) -> None:
    services.index_object(
        kind="listing",
        row=IndexRow(object_id=object_id, partition=1, fields={"title": title, "body": body}, facets=facets),
    )


def found(text: str, **asked: object) -> list[int]:
    hits = queries.search(partitions=[1], text=text, **asked)
    assert hits.total == len(hits.refs)
    return sorted(ref.object_id for ref in hits.refs)


def test_a_phrase_is_found_only_letter_by_letter() -> None:
    save(1, "子ども食堂をひらく")
    save(2, "こども食堂の手伝い")
    save(3, "子ども会と供食", body="食堂")  # every pair of the phrase, nowhere the phrase
    save(4, "子ども", body="食堂")
    assert found("子ども食堂") == [1, 2, 3]
    for phrase in ("「子ども食堂」", '"こども食堂"', "“子供食堂”"):
        assert found(phrase) == [1, 2]
    assert found("「子ども食堂」 手伝い") == [2]
    services.merge_partition(1)
    assert found("「子ども食堂」") == [1, 2]
    save(1, "子ども、食堂")
    assert found("「子ども食堂」") == [2]


def test_letters_in_another_order_are_another_text() -> None:
    """The pairs and their numbers are the same: only the texts differ, and saving must notice."""
    save(1, "甲乙甲丙甲")
    assert found("「甲乙甲丙」") == [1]
    assert found("「甲丙甲乙」") == []
    save(1, "甲丙甲乙甲")
    assert found("「甲乙甲丙」") == []
    assert found("「甲丙甲乙」") == [1]


def test_more_candidates_than_are_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        save(number, "子ども食堂")
    assert not queries.search(partitions=[1], text="「子ども食堂」").is_cut
    monkeypatch.setattr(queries, "MOST_VERIFIED", 4)
    hits = queries.search(partitions=[1], text="「子ども食堂」")
    assert (hits.total, hits.is_cut) == (4, True)


def test_words_left_out_and_words_widened() -> None:
    save(1, "企業の畑")
    save(2, "学校の畑")
    save(3, "菜園")
    assert found("畑 -企業") == [2]
    assert found("畑", synonyms={"畑": ("菜園",)}) == [1, 2, 3]
    assert queries.totals_of(["畑", "菜園", "畑 -企業"], partitions=[1], synonyms={"畑": ("菜園",)}) == [
        3,
        1,
        2,
    ]


def test_the_text_of_what_is_gone_is_gone_at_once() -> None:
    save(1, "企業の畑")
    services.bulk_index(kind="issue", rows=[IndexRow(object_id=1, partition=1, fields={"title": "暗い道"})])
    assert DocumentText.objects.count() == 2
    save(1, "学校の畑")
    services.bulk_index(kind="issue", rows=[IndexRow(object_id=1, partition=1, fields={"title": "明るい道"})])
    assert DocumentText.objects.count() == 2
    services.remove_object(kind="listing", object_id=1)
    services.remove_object(kind="issue", object_id=1)
    assert not DocumentText.objects.exists()


GROUPS = {
    "side": FacetGroup(values={"need": frozenset({"s:need"}), "offer": frozenset({"s:offer"})}),
    "area": FacetGroup(values={"1": frozenset({"a:1"}), "2": frozenset({"a:2"})}),
}


def test_counts_heed_what_the_reader_may_see_and_the_other_groups() -> None:
    for number in range(12):
        level = "public" if number % 3 else "city_hall"
        side = "need" if number % 2 else "offer"
        save(number, "子ども食堂", facets=[f"v:{level}", f"s:{side}", f"a:{number % 4}"])
    groups = GROUPS | {"area": FacetGroup(values=GROUPS["area"].values, chosen=frozenset({"1"}))}
    for text in ("食堂", "「子ども食堂」"):
        hits, told = queries.search_with_counts(partitions=[1], text=text, facets=PUBLIC, groups=groups)
        assert {ref.object_id for ref in hits.refs} == {1, 5}
        assert told.counts == {"side": {"need": 2, "offer": 0}, "area": {"1": 2, "2": 2}}
        assert told.totals == {"side": 2, "area": 8}


def test_counts_cost_the_same_for_few_and_for_many() -> None:
    numbers = []
    for many in (3, 60):
        for number in range(many):
            save(number, f"子ども食堂{number}", facets=["v:public", "s:need", f"a:{number % 3}"])
        with CaptureQueriesContext(connection) as counted:
            queries.search_with_counts(partitions=[1], text="「子ども食堂」", facets=PUBLIC, groups=GROUPS)
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def test_what_was_meant_finds_more_and_is_of_what_one_may_see() -> None:
    save(1, "子ども食堂の手伝い")
    save(2, "公園清掃の仲間")
    save(3, "極秘計画", facets=["v:city_hall"])
    assert services.refresh_words() > 0
    ask = {"than": 0, "partitions": [1], "facets": PUBLIC}
    assert [meant.text for meant in queries.meant_instead("子供職堂", **ask)] == ["子ども食堂"]
    assert [meant.text for meant in queries.meant_instead("こうえんせいそう 仲間", **ask)] == [
        "公園清掃 仲間"
    ]
    assert [m.text for m in queries.meant_instead("子供職堂の手伝い", **ask)] == ["子ども食堂の手伝い"]
    for typed in ("こどm食堂", "こどもしょkどう", "こどｍ食堂の手伝い"):  # the vowel was not typed
        found = [m.text for m in queries.meant_instead(typed, **ask)]
        assert found == ["子ども食堂の手伝い" if "の" in typed else "子ども食堂"]
    assert queries.meant_instead("極秘計書", **ask) == []
    seen = queries.meant_instead("極秘計書", than=0, partitions=[1], facets=[["v:city_hall"]])
    assert [(meant.text, meant.total) for meant in seen] == [("極秘計画", 1)]
    assert queries.meant_instead("公園清掃", **ask) == []
    assert queries.meant_instead("子供職堂", than=1, partitions=[1], facets=PUBLIC) == []


def test_the_office_s_words_are_known_too() -> None:
    save(1, "まごころ便り")
    ask = {"than": 0, "partitions": [1], "facets": PUBLIC}
    assert queries.meant_instead("まごころ使り", **ask) == []
    others = ["まごころ便り"]
    assert [m.text for m in queries.meant_instead("まごころ使り", others=others, **ask)] == ["まごころ便り"]


def test_a_word_is_written_to_its_end() -> None:
    save(1, "公園清掃の仲間")
    save(2, "公園体操の仲間")
    save(3, "公園秘密会", facets=["v:city_hall"])
    services.refresh_words()
    texts = {meant.text for meant in queries.completed("仲間 公園", partitions=[1], facets=PUBLIC)}
    assert texts == {"仲間 公園清掃", "仲間 公園体操"}
    assert queries.completed("", partitions=[1], facets=PUBLIC) == []


def test_the_vocabulary_forgets_what_stands_nowhere_any_more() -> None:
    save(1, "山田花子商店")
    services.refresh_words()
    assert "山田花子商店" in Vocabulary.objects.get(partition=1).words
    save(1, "商店")
    services.refresh_words()
    assert "山田花子" not in Vocabulary.objects.get(partition=1).words
    services.remove_object(kind="listing", object_id=1)
    services.refresh_words()
    assert not Vocabulary.objects.exists()


def test_a_new_installation_is_not_told_to_be_built_anew() -> None:
    migration = import_module("musubi.base.index.migrations.0008_order")
    BuiltWith.objects.all().delete()
    migration.say_what_an_empty_index_is_built_with(apps, None)
    save(1, "畑")
    assert not queries.is_outdated()
    BuiltWith.objects.update(rules="2")
    migration.say_what_an_empty_index_is_built_with(apps, None)
    assert queries.is_outdated()  # there is something in the old order


def test_an_index_of_earlier_rules_is_told_until_it_is_rebuilt() -> None:
    assert not queries.is_outdated()
    BuiltWith.objects.all().delete()
    assert not queries.is_outdated()  # nothing is in it
    save(1, "畑")
    assert queries.is_outdated()
    rows = [IndexRow(object_id=1, partition=1, fields={"title": "畑"})]
    services.rebuild([("listing", rows)])
    assert not queries.is_outdated()
    BuiltWith.objects.update(rules="0")
    assert queries.is_outdated()
