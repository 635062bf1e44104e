"""The lottery can be drawn again by anybody, and gives nobody more than there is."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.assignment import Applicant, draw

SEED = "2027年4月の部屋 12月1日の当せん番号 481516"


def test_a_number_is_the_sha256_of_the_seed_and_the_ref() -> None:
    [result] = draw([Applicant(ref="会A", wishes=("第1会議室",))], {"第1会議室": 1}, SEED)
    assert result.number == hashlib.sha256(f"{SEED}\n会A".encode()).hexdigest()
    assert result.sentence == "抽選の順番は1人中1番目でした。第1希望に当たりました。"


@given(
    wishes=st.lists(st.permutations(["a", "b", "c"]), min_size=1, max_size=8),
    rooms=st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)),
    amounts=st.lists(st.integers(1, 3), min_size=8, max_size=8),
    data=st.data(),
)
def test_nobody_after_another_holds_what_the_earlier_wanted_more(
    wishes: list[list[str]], rooms: tuple[int, int, int], amounts: list[int], data: st.DataObject
) -> None:
    people = [Applicant(ref=f"g{i}", wishes=tuple(own), amount=amounts[i]) for i, own in enumerate(wishes)]
    places = dict(zip("abc", rooms, strict=True))
    results = draw(people, places, SEED)
    assert results == draw(data.draw(st.permutations(people)), places, SEED)
    by_ref = {person.ref: person for person in people}
    left = dict(places)
    for result in results:
        person = by_ref[result.applicant]
        could = [wish for wish in person.wishes if left[wish] >= person.amount]
        assert result.won == (could[0] if could else None)
        if result.won:
            left[result.won] -= person.amount
    assert all(value >= 0 for value in left.values())


def test_every_place_in_the_order_is_as_likely() -> None:
    people = [Applicant(ref=ref, wishes=("a",)) for ref in ("会A", "会B", "会C")]
    won = {person.ref: 0 for person in people}
    for round_ in range(3000):
        won[draw(people, {"a": 1}, f"{SEED} {round_}")[0].applicant] += 1
    assert all(900 < number < 1100 for number in won.values())


@pytest.mark.parametrize(
    ("applicants", "seed", "told"),
    [
        ([Applicant(ref="a", wishes=())], "", "seed"),
        ([Applicant(ref="a", wishes=()), Applicant(ref="a", wishes=())], SEED, "twice"),
        ([Applicant(ref="a", wishes=(), amount=0)], SEED, "nothing"),
        ([Applicant(ref="a", wishes=("z",))], SEED, "z"),
    ],
)
def test_a_lottery_that_cannot_be_fair_is_refused(applicants: list[Applicant], seed: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        draw(applicants, {"a": 1}, seed)
