"""Where an object stands follows from the object alone, and no two documents have one key."""

import datetime as dt
from itertools import pairwise

import pytest

from musubi.base.index import queries, services
from musubi.base.index.models import Document, Tombstone
from musubi.base.index.services import IndexRow, keys
from musubi.base.index.services.keys import new_keys, place_of, stands_at

NOON = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)
FAR = 1 << 17  # numbers so far apart end alike
TURNS = 1 << 12


def test_later_seconds_stand_higher_then_higher_numbers_then_kinds() -> None:
    later = NOON + dt.timedelta(seconds=1)
    places = [
        place_of("listing", 3, None),
        place_of("listing", 9, NOON),
        place_of("actor", 9, NOON),
        place_of("listing", 10, NOON),
        place_of("listing", 1, later),
        place_of("story", FAR - 1, dt.datetime(2106, 1, 1, tzinfo=dt.UTC)),
    ]
    assert places == sorted(places)
    assert min(after - before for before, after in pairwise(places)) >= TURNS
    assert place_of("story", FAR - 1, dt.datetime(9999, 1, 1, tzinfo=dt.UTC)) + TURNS <= 1 << 63
    assert place_of("listing", 0, dt.datetime(1900, 1, 1, tzinfo=dt.UTC)) == 0


@pytest.mark.django_db
def test_an_objects_next_document_has_the_next_key_and_begins_again_at_its_place() -> None:
    place = place_of("listing", 5, NOON)
    assert new_keys([(place, place + 8)]) == [place + 9]
    assert new_keys([(place, place + TURNS - 1)]) == [place]
    elsewhere = place_of("listing", 5, None) + 8
    assert new_keys([(place, elsewhere)]) == [place + 9]
    assert stands_at(place + 9, place)
    assert not stands_at(elsewhere, place)


@pytest.mark.django_db
def test_no_key_is_given_that_a_document_has_or_had_or_that_is_given_already() -> None:
    place = place_of("listing", 5, NOON)
    Document.objects.create(key=place + 9, partition=1, kind="listing", object_id=5 + FAR, digest=b"")
    Tombstone.objects.create(key=place + 10, partition=1)
    asked = [(place, place + 8), (place, place + 8), (place, place + 10)]
    assert new_keys(asked) == [place + 12, place + 13, place + 11]


@pytest.mark.django_db
def test_many_of_one_second_whose_numbers_end_alike() -> None:
    rows = [
        IndexRow(object_id=5 + FAR * n, partition=1, fields={"title": "畑"}, since=NOON) for n in range(600)
    ]
    assert services.bulk_index(kind="listing", rows=rows) == 600
    assert queries.search(partitions=[1], text="畑").total == 600


@pytest.mark.django_db
def test_an_import_of_one_second_stands_by_its_numbers() -> None:
    rows = [IndexRow(object_id=n * 5_000, partition=1, fields={"title": "畑"}, since=NOON) for n in range(26)]
    for some in (rows, rows[::-1]):
        services.rebuild([("listing", some)])
        refs = queries.search(partitions=[1], text="畑", limit=30).refs
        assert [ref.object_id for ref in refs] == [row.object_id for row in reversed(rows)]


@pytest.mark.django_db
def test_edits_go_round_and_each_is_found_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_TURNS", 8)  # few, so that the keys of what was merged come again

    def save(turn: int) -> None:
        fields = {"title": f"畑{turn}"}
        services.index_object(
            kind="listing", row=IndexRow(object_id=5, partition=1, fields=fields, since=NOON)
        )

    for turn in range(20):
        save(turn)
        if turn % 5 == 3:
            services.merge_partition(1)
    assert queries.search(partitions=[1], text="畑19").total == 1
    assert queries.search(partitions=[1], text="畑").total == 1


@pytest.mark.django_db
def test_a_place_without_a_key_left_is_an_error_and_not_a_search_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "_TURNS", 4)
    place = place_of("listing", 5, NOON)
    Tombstone.objects.bulk_create(Tombstone(key=place + turn, partition=1) for turn in range(4))
    with pytest.raises(RuntimeError, match="worker"):
        new_keys([(place, place + 1)])


@pytest.mark.django_db
def test_who_is_seen_anew_moves_though_no_word_changed() -> None:
    def save(number: int, since: dt.datetime) -> None:
        services.index_object(
            kind="listing", row=IndexRow(object_id=number, partition=1, fields={"title": "畑"}, since=since)
        )

    def order() -> list[int]:
        return [ref.object_id for ref in queries.search(partitions=[1], text="").refs]

    save(1, NOON)
    save(2, NOON + dt.timedelta(hours=1))
    assert order() == [2, 1]
    save(1, NOON + dt.timedelta(hours=2))
    assert order() == [1, 2]
    rows = [IndexRow(object_id=2, partition=1, fields={"title": "畑"}, since=NOON + dt.timedelta(hours=3))]
    assert services.bulk_index(kind="listing", rows=rows) == 1
    assert order() == [2, 1]
