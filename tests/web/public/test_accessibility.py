"""The table of criteria is whole and true to its tests, and the page says what a city must publish."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from musubi.web.public.accessibility import criteria
from musubi.web.public.accessibility.names import NAMES
from tests.factories import Town
from tests.web.access.places import make_places
from tests.web.design.test_pages import is_sound
from tests.web.pairs import Pair

ROOT = Path(__file__).parents[3]
ADDRESS = "/accessibility/"


def test_there_are_38_of_jis_and_55_of_wcag() -> None:
    jis, wcag = criteria.of_jis(), criteria.of_wcag()
    assert Counter(row.level for row in jis) == {"A": 25, "AA": 13}
    assert Counter(row.level for row in wcag) == {"A": 31, "AA": 24}
    assert {row.number for row in jis} - {row.number for row in wcag} == {"4.1.1"}
    numbers = [row.number for row in criteria.CRITERIA]
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert set(criteria.FINDINGS) == {name[0] for name in NAMES}
    assert (
        len({row.japanese for row in criteria.CRITERIA})
        == len({row.english for row in criteria.CRITERIA})
        == 56
    )


@pytest.mark.parametrize("row", criteria.CRITERIA, ids=lambda row: row.number)
def test_each_result_has_what_shows_it(row: criteria.Criterion) -> None:
    assert row.shown_by
    assert row.result in criteria.RESULTS
    assert [path for path in row.tests if not (ROOT / path).is_file()] == []
    assert row.on >= criteria.POLICY_ON
    if row.result in (criteria.PARTLY, criteria.ABSENT):
        assert row.note, "what is missing, or why it is not there"


def test_what_is_not_met_is_said() -> None:
    counted = criteria.counted(criteria.CRITERIA)
    assert sum(counted.values()) == 56
    assert criteria.is_met([row for row in criteria.CRITERIA if row.result != criteria.PARTLY])
    assert criteria.is_met(criteria.CRITERIA) is (counted[criteria.PARTLY] == 0)


@pytest.mark.django_db
def test_the_pages_that_are_tried_are_those_that_are_named(pair: Pair) -> None:
    places = make_places(pair)
    paths = [*places.visitor, *places.member, *places.coordinator, *places.officer]
    opened = [re.sub(r"/\d+/", "/…/", path.split("?")[0]) for path in paths]
    assert sorted(opened) == sorted(criteria.TRIED)


@pytest.mark.django_db
def test_the_page_says_what_a_city_must_publish(town: Town, client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    is_sound(html)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    for said in (
        "ウェブアクセシビリティ方針", "対象", "目標", "例外", "JIS X 8341-3:2016", "WCAG 2.2", "満たしている適合レベル",
        "使っている技術", "試したページの選び方", "試したページ", "試した時", "市民協働課 0000-00-0000",
    ):  # fmt: skip
        assert said in text
    for row in criteria.CRITERIA:
        assert f"{row.number} {row.japanese}" in text
        assert row.english in text
    assert text.count("適合レベルAAに一部準拠") == (0 if criteria.is_met(criteria.of_jis()) else 2)
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_page_in_english_keeps_both_names(town: Town) -> None:
    html = Client(headers={"Accept-Language": "en"}).get(ADDRESS).content.decode()
    assert '<span lang="ja">非テキストコンテンツ</span>' in html
    assert "Non-text Content" in html
    is_sound(html)


def test_the_document_is_fresh() -> None:
    from musubi.config.accessibility_document import accessibility_document

    assert (ROOT / "docs/accessibility.md").read_text() == accessibility_document(), (
        "run: .venv/bin/musubi accessibility --write docs/accessibility.md"
    )
