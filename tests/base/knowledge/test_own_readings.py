"""How a town reads its words."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import ALLOWED, NotAllowed, refuse
from musubi.base.knowledge.models import OwnReading
from musubi.base.knowledge.queries import readings_of
from musubi.base.knowledge.services import remove_reading, save_reading
from musubi.base.places.models import Area
from musubi.base.places.queries import place_readings
from musubi.base.places.services import TownValues, save_towns
from tests.factories import Town

pytestmark = pytest.mark.django_db


def keep(town: Town, now: dt.datetime, **changes: object) -> OwnReading:
    values = {
        "word": "浜風",
        "reading": "はまふう",
        "reason": "市民の呼び方のため。",
        "allowed": ALLOWED,
        **changes,
    }
    return save_reading(municipality=town.municipality, by=town.officer, now=now, **values)  # type: ignore[arg-type]


def version(town: Town) -> int:
    town.municipality.refresh_from_db()
    return town.municipality.readings_version


def test_a_reading_is_kept_in_hiragana_renewed_and_forgotten(town: Town, now: dt.datetime) -> None:
    row = keep(town, now, reading="ハマ フウ")
    assert readings_of(town.municipality) == {"浜風": "はまふう"}
    assert keep(town, now).pk == row.pk
    assert version(town) == 1  # nothing has changed
    keep(town, now, reading="ひんぷう")
    assert (readings_of(town.municipality), version(town)) == ({"浜風": "ひんぷう"}, 2)
    remove_reading(reading=OwnReading.objects.get(), allowed=ALLOWED, by=town.officer, now=now)
    assert (readings_of(town.municipality), version(town)) == ({}, 3)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "reading.save",
        "reading.save",
        "reading.remove",
    ]


def test_who_may_not_changes_nothing(town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        keep(town, now, allowed=refuse("だめ"))
    row = keep(town, now)
    with pytest.raises(NotAllowed):
        remove_reading(reading=row, allowed=refuse("だめ"), by=town.officer, now=now)
    assert readings_of(town.municipality) == {"浜風": "はまふう"}


def test_nothing_empty_or_unfit_is_kept(town: Town, now: dt.datetime) -> None:
    for wrong, fields in (
        ({"word": "", "reading": "", "reason": ""}, {"word", "reading", "reason"}),
        ({"word": "かな"}, {"word"}),
        ({"word": "浜" * 41, "reading": "はま" * 30}, {"word"}),
        ({"reading": "は" * 101}, {"reading"}),
        ({"word": "食べ物", "reading": "しょくひん"}, {"reading"}),
    ):
        with pytest.raises(ValidationError) as refused:
            keep(town, now, **wrong)
        assert set(refused.value.message_dict) == fields
    assert version(town) == 0


def test_places_are_read_as_their_lists_say(town: Town, other_town: Town) -> None:
    Area.objects.filter(pk=town.municipality.area_id).update(kana="ゆいはまし")
    for ward, kana in zip(town.wards, ("もとまち", "ほんちょう"), strict=True):
        save_towns(area=ward, towns=[TownValues(name="本町", kana=kana)])
    save_towns(
        area=town.wards[0], towns=[TownValues(name="浜見町", kana="はまみちょう"), TownValues(name="無名町")]
    )
    save_towns(area=other_town.wards[0], towns=[TownValues(name="遠町", kana="とおまち")])
    known = place_readings(town.municipality)
    assert {
        name: known.get(name) for name in ("結浜市", "結浜", "浜見町", "浜見", "本町", "無名町", "遠町")
    } == {
        "結浜市": "ゆいはまし",
        "結浜": "ゆいはま",
        "浜見町": "はまみちょう",
        "浜見": "はまみ",
        "本町": None,
        "無名町": None,
        "遠町": None,
    }
