"""Searches in vain: counted without who."""

import datetime as dt

import pytest
from django.db import OperationalError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.models import VainSearch
from musubi.base.knowledge.queries import VainWords, synonyms_of, vain_searches_of
from musubi.base.knowledge.services import (
    accept_vain_search,
    dismiss_vain_search,
    forget_vain_searches,
    record_vain_search,
    searches,
)
from musubi.flow.actors.queries import vain_searches_for
from tests.factories import Town

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def vain(town: Town, words: str, now: dt.datetime = NOW, asker: str = "a") -> bool:
    return record_vain_search(municipality=town.municipality, words=words, asker=asker, now=now)


def vain_of_two(town: Town, words: str, now: dt.datetime = NOW) -> bool:
    return vain(town, words, now) and vain(town, words, now, asker="b")


def test_words_are_counted_by_day_and_told_together(town: Town, other_town: Town) -> None:
    for words, now in [
        ("よりあい", NOW),
        ("ﾖﾘｱｲ", NOW),
        ("よりあい ", NOW + DAY),
        ("Wi-Fi　会場", NOW),
        ("wi-fi 会場", NOW + DAY),
        ("よりあい", NOW + DAY),
    ]:
        assert vain(town, words, now)
    assert vain_searches_of(town.municipality).count() == 0
    vain_of_two(other_town, "よりあい")
    for words in ("よりあい", "ヨリアイ", "wi-fi 会場"):
        vain(town, words, NOW + DAY, asker="b")
    first, last = dt.date(2026, 11, 27), dt.date(2026, 11, 28)
    assert vain_searches_of(town.municipality)[:10] == [
        VainWords("よりあい", 4, first, last),
        VainWords("wi-fi 会場", 3, first, last),
        VainWords("ヨリアイ", 2, first, last),
    ]
    assert vain_searches_of(town.municipality).count() == 3


@pytest.mark.parametrize(
    "words",
    [
        "",
        "　 ",
        "taro@example.jp",
        "taro＠example",
        "044-123-4567",
        "０９０１２３４５６７８",
        "(044) 123 4567",
        "浜町1-2",
        "浜町３−１２−１",
        "〒210",
        "田中",
        "佐藤 花子",
        "やまだ　たろう",
        "高橋さんのカフェ",
        "あ" * 61,
    ],
)
def test_what_may_name_a_person_is_not_kept(town: Town, words: str) -> None:
    assert not vain(town, words)
    assert not VainSearch.objects.exists()


@pytest.mark.parametrize("words", ["2丁目の集会所", "100人", "3歳児", "令和8年の祭り", "あ" * 60])
def test_ordinary_numbers_are_kept(town: Town, words: str) -> None:
    assert vain(town, words)


def test_nothing_says_who_or_when_in_the_day(town: Town) -> None:
    vain(town, "よりあい")
    assert not Event.objects.exists()
    names = {field.name for field in VainSearch._meta.get_fields()}
    assert names == {"id", "municipality", "words", "day", "count", "settled", "asked_by"}


def test_what_one_person_alone_asks_is_told_to_nobody(town: Town) -> None:
    for now in (NOW, NOW + DAY, NOW + DAY):
        assert vain(town, "よりあい", now)
    assert vain_searches_of(town.municipality)[:10] == []
    assert dismiss_vain_search(
        municipality=town.municipality, words="よりあい", allowed=ALLOWED, by=town.officer, now=NOW
    ) == 0  # fmt: skip
    assert forget_vain_searches(now=NOW + 31 * DAY) == 1
    assert forget_vain_searches(now=NOW + 32 * DAY) == 1
    assert not VainSearch.objects.exists()


def test_the_mark_of_the_first_goes_with_the_second(town: Town, other_town: Town) -> None:
    vain(town, "よりあい")
    vain(town, "よりあい", NOW + DAY)
    vain(town, "囲碁")
    vain(other_town, "よりあい")
    marks = dict(VainSearch.objects.values_list("pk", "asked_by"))
    assert all(len(mark) == 1 for mark in marks.values())  # of 16: many people have the same
    assert len(set(marks.values())) == 3  # other words, another town: nobody can be followed
    vain(town, "よりあい", NOW + DAY, asker="b")
    of_both = VainSearch.objects.filter(municipality=town.municipality, words="よりあい")
    assert sorted(of_both.values_list("count", "asked_by")) == [(1, ""), (2, "")]
    assert vain(town, "よりあい", NOW + 2 * DAY)
    assert set(of_both.values_list("asked_by", flat=True)) == {""}
    assert forget_vain_searches(now=NOW + 31 * DAY) == 2  # of one person alone: 囲碁, and よりあい elsewhere


def test_accepted_words_become_a_synonym_and_leave_the_list(town: Town) -> None:
    vain_of_two(town, "よりあい")
    vain(town, "よりあい", NOW - DAY)
    accept_vain_search(
        municipality=town.municipality, words="よりあい", synonyms=["集会"], reason="方言のため。",
        allowed=ALLOWED, by=town.officer, now=NOW,
    )  # fmt: skip
    assert synonyms_of(town.municipality)["よりあい"] == ("集会",)
    assert vain_searches_of(town.municipality)[:10] == []
    assert not vain(town, "よりあい")  # the same day's row was answered a moment ago
    assert vain(town, "よりあい", NOW + DAY)  # it did not help: told again
    accept_vain_search(
        municipality=town.municipality, words="よりあい", synonyms=["寄合"], reason="方言のため。",
        allowed=ALLOWED, by=town.officer, now=NOW,
    )  # fmt: skip
    assert synonyms_of(town.municipality)["よりあい"] == ("集会", "寄合")


def test_dismissed_words_do_not_come_back(town: Town) -> None:
    vain_of_two(town, "あああ")
    who = {"municipality": town.municipality, "allowed": ALLOWED, "by": town.officer, "now": NOW}
    assert dismiss_vain_search(words="あああ", **who) == 2
    assert dismiss_vain_search(words="あああ", **who) == 0
    assert not vain(town, "あああ", NOW + DAY)
    assert vain_searches_of(town.municipality).count() == 0
    assert list(Event.objects.values_list("verb", flat=True)) == ["search.dismiss"]


def test_a_robot_does_not_fill_the_table(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_A_DAY", 2)
    assert [vain(town, words) for words in ("い", "ろ", "は", "い")] == [True, True, False, True]
    assert vain(town, "は", NOW + DAY)


def test_what_cannot_be_counted_does_not_break_the_page(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_args: object) -> bool:
        raise OperationalError("database is locked")

    monkeypatch.setattr(searches, "_record", locked)
    assert not vain(town, "よりあい")
    [told] = caplog.records
    assert told.getMessage() == "A search in vain was not counted: database is locked"
    assert not told.exc_info


def test_what_is_older_than_a_year_is_forgotten(town: Town) -> None:
    vain_of_two(town, "昔", NOW - 366 * DAY)
    vain(town, "今")
    assert forget_vain_searches(now=NOW) == 1
    assert list(VainSearch.objects.values_list("words", flat=True)) == ["今"]


def test_only_the_office_reads_them(town: Town, other_town: Town) -> None:
    vain_of_two(town, "よりあい")
    assert vain_searches_for(town.officer, town.municipality).count() == 1
    for person in (town.coordinator, town.owner, other_town.officer):
        assert vain_searches_for(person, town.municipality).count() == 0
        assert vain_searches_for(person, town.municipality)[:5] == []


def test_weeks_are_counted_by_whatever_two_have_searched_for(town: Town, other_town: Town) -> None:
    friday, week = NOW.date(), dt.timedelta(weeks=1)
    for now in (NOW, NOW, NOW - 2 * week, NOW - 9 * week):
        vain_of_two(town, "よりあい", now)
    vain(town, "ひとりだけ")
    vain_of_two(other_town, "よりあい")
    monday = friday - dt.timedelta(days=4)
    weeks = vain_searches_for(town.officer, town.municipality).by_week(until=friday, weeks=4)
    assert weeks == [(monday - 3 * week, 0), (monday - 2 * week, 2), (monday - week, 0), (monday, 4)]
    dismiss_vain_search(
        municipality=town.municipality, words="よりあい", allowed=ALLOWED, by=town.officer, now=NOW
    )
    assert vain_searches_for(town.officer, town.municipality).by_week(until=friday, weeks=1) == [(monday, 4)]
    assert vain_searches_for(town.owner, town.municipality).by_week(until=friday, weeks=1) == [(monday, 0)]
