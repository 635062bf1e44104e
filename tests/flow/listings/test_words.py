"""How many of what, and when, in each language."""

import datetime as dt

import pytest

from musubi.base.common.languages import written_in
from musubi.flow.listings.enums import Unit
from musubi.flow.listings.models import Availability, Provision
from musubi.flow.listings.words import (
    amount_and_name,
    amount_at_length,
    amount_words,
    unit_word,
    window_words,
)


@pytest.mark.parametrize(
    ("unit", "japanese", "one", "many"),
    [
        (Unit.PEOPLE, "1,200人", "1 person", "1,200 people"),
        (Unit.CAPACITY, "1,200席", "1 seat", "1,200 seats"),
        (Unit.YEN, "1,200円", "¥1", "¥1,200"),
        (Unit.ITEMS, "1,200個", "1 item", "1,200 items"),
        (Unit.TIMES, "1,200回", "once", "1,200 times"),
        (Unit.HOURS, "1,200時間", "1 hour", "1,200 hours"),
        ("", "1,200", "1", "1,200"),
    ],
)
def test_amounts(unit: str, japanese: str, one: str, many: str) -> None:
    assert amount_words(1200, unit) == japanese
    with written_in("ja-easy"):
        assert amount_words(1200, unit) == japanese
    with written_in("en"):
        assert (amount_words(1, unit), amount_words(1200, unit)) == (one, many)


def test_a_place_has_room_for_so_many() -> None:
    assert amount_at_length(30, Unit.CAPACITY) == "30人が入れる広さ"
    assert (amount_at_length(None, Unit.ITEMS), amount_at_length(3, "")) == ("", "")
    assert [unit_word(unit) for unit in (Unit.CAPACITY, Unit.ITEMS, "")] == ["席", "個", ""]
    with written_in("en"):
        assert amount_at_length(30, Unit.CAPACITY) == "room for 30 people"


def test_a_line_and_its_amount() -> None:
    chairs = Provision(resource="goods", what="折りたたみいす", amount=40, unit=Unit.ITEMS)
    assert amount_and_name(chairs) == "折りたたみいす 40個"
    assert amount_and_name(Provision(resource="goods")) == "物品"
    with written_in("en"):
        assert amount_and_name(chairs) == "折りたたみいす 40 items"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "2027年12月1日(水)〜2027年12月25日(土) 毎週土・日 10:00〜"),
        ("ja-easy", "2027年12月1日(水曜日)から2027年12月25日(土曜日)まで 毎週土曜日と日曜日 午前10時から"),
        (
            "en",
            "Wednesday 1 December 2027 to Saturday 25 December 2027, every Saturday and Sunday, from 10 am",
        ),
    ],
)
def test_a_window_of_time(language: str, said: str) -> None:
    window = Availability(
        starts_on=dt.date(2027, 12, 1), ends_on=dt.date(2027, 12, 25), weekdays=[5, 6], opens=dt.time(10)
    )
    with written_in(language):
        assert window_words(window) == said


@pytest.mark.parametrize(
    ("language", "minutes", "within", "alone"),
    [
        ("ja", 180, "毎週土（続けて3時間）", "続けて3時間"),
        ("ja", 90, "毎週土（続けて1時間30分）", "続けて1時間30分"),
        ("ja-easy", 90, "毎週土曜日（続けて1時間30分）", "続けて1時間30分"),
        ("en", 60, "every Saturday (for at least 1 hour)", "for at least 1 hour"),
        ("en", 90, "every Saturday (for at least 1 hour 30 minutes)", "for at least 1 hour 30 minutes"),
        ("en", 45, "every Saturday (for at least 45 minutes)", "for at least 45 minutes"),
    ],
)
def test_a_window_with_the_length_that_is_needed(
    language: str, minutes: int, within: str, alone: str
) -> None:
    with written_in(language):
        assert window_words(Availability(weekdays=[5], least_minutes=minutes)) == within
        assert window_words(Availability(least_minutes=minutes)) == alone
