"""The second opinion and the rules agree on any pair, though neither knows the other."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi_engine import areas, feasible
from musubi_engine.bruteforce import _WARDS, infeasible
from musubi_engine.jsonl import listing_of, read_listings
from musubi_engine.labels import CONDITIONS, KINDS

HOURS = st.sampled_from(["00:00", "08:30", "09:00", "10:00", "12:00", "13:30", "18:00", "22:00", "23:59"])
RESOURCES = ("people", "place", "goods", "money")


LENGTHS = st.sampled_from([15, 30, 60, 90, 180, 240, 24 * 60])


@st.composite
def windows(draw):
    start = date(2027, 3, 1) + timedelta(days=draw(st.integers(0, 20)))
    stated = {"least_minutes": draw(LENGTHS)} if draw(st.booleans()) else {}
    return stated | {
        "from": start.isoformat(),
        "to": (start + timedelta(days=draw(st.integers(0, 10)))).isoformat(),
        "weekdays": draw(st.lists(st.integers(0, 6), unique=True, max_size=3)),
        "start": draw(HOURS),
        "end": draw(HOURS),
    }


def rows(side):
    return st.fixed_dictionaries(
        {
            "id": st.just(side),
            "side": st.just(side),
            "title": st.just("道具と会場"),
            "body": st.just(""),
            "actor": st.sampled_from([side, "同じ会"]),
            "actor_kind": st.sampled_from(sorted(KINDS)),
            "resources": st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2, unique=True),
            "areas": st.lists(
                st.sampled_from(["140007", "141305", "141330", "141321", "142077", "141500"]), max_size=2
            ),
            "available": st.lists(windows(), max_size=2),
            "quantity": st.one_of(
                st.just({}), st.fixed_dictionaries({"capacity": st.sampled_from([10, 30, 50])})
            ),
            "conditions": st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2, unique=True),
        }
    )


@settings(max_examples=120, deadline=None)
@given(rows("need"), rows("offer"))
def test_both_opinions_are_the_same(a_need, an_offer):
    fits = feasible(listing_of(a_need), listing_of(an_offer), beside=True)
    assert fits is (infeasible(a_need, an_offer) == "")


def row_at(side, *available):
    words = {"title": "会場", "body": "", "actor": side, "actor_kind": "npo", "resources": ["place"]}
    return words | {"id": side, "side": side, "available": list(available)}


def morning(**changes):
    return {"weekdays": [5], "start": "09:00", "end": "12:00"} | changes


@settings(max_examples=200, deadline=None)
@given(st.lists(windows(), min_size=1, max_size=2), windows())
def test_both_opinions_on_times_are_the_same(wanted, given_window):
    a_need, an_offer = row_at("need", *wanted), row_at("offer", given_window)
    fits = feasible(listing_of(a_need), listing_of(an_offer), beside=True)
    assert fits is (infeasible(a_need, an_offer) == "")


@pytest.mark.parametrize(
    ("stated", "start", "fits"),
    [
        ({}, "11:00", True),
        ({}, "11:01", False),
        ({"least_minutes": None}, "11:00", True),
        ({"least_minutes": None}, "11:01", False),
        ({"least_minutes": 180}, "09:00", True),
        ({"least_minutes": 180}, "09:01", False),
        ({"least_minutes": 30}, "11:30", True),
        ({"least_minutes": 30}, "11:31", False),
    ],
)
def test_both_opinions_heed_the_length_that_the_need_states(stated, start, fits):
    a_need, an_offer = row_at("need", morning(**stated)), row_at("offer", morning(start=start))
    assert (infeasible(a_need, an_offer) == "") is fits
    assert feasible(listing_of(a_need), listing_of(an_offer), beside=True) is fits
    # What an offer states says nothing.
    long = row_at("offer", morning(start=start, least_minutes=600))
    assert (infeasible(a_need, long) == "") is fits
    assert feasible(listing_of(a_need), listing_of(long), beside=True) is fits


def test_what_judges_know_is_judged_only_when_told():
    a_need = {"actor": "a", "actor_kind": "npo", "resources": ["place"]}
    an_offer = {"actor": "b", "actor_kind": "npo", "resources": ["place"]}
    for flag, condition in (("k", "adults_only"), ("f", "no_food"), ("p", "no_political_religious")):
        strict = an_offer | {"conditions": [condition]}
        assert infeasible(a_need, strict) == ""
        assert infeasible(a_need, strict, flag) == "conditions"


def test_the_two_tables_of_wards_name_the_same_cities():
    assert set(_WARDS) == set(areas.DESIGNATED_CITIES)


def test_a_file_read_back_is_the_same(tmp_path: Path):
    row = {
        "id": "n1",
        "side": "need",
        "title": "会場",
        "body": "探しています",
        "actor": "会",
        "actor_kind": "npo",
        "resources": ["place", "people"],
        "quantity": {"people": 3, "capacity": 20},
    }
    file = tmp_path / "one.jsonl"
    file.write_text("\ufeff" + json.dumps(row, ensure_ascii=False) + "\r\n\r\n", encoding="utf-8")
    (listing,) = read_listings(file)
    assert listing == listing_of(row)
    assert listing.amount("capacity") == 20
    assert [(line.resource, line.amount) for line in listing.lines] == [("place", 20), ("people", 3)]
