"""Fair exposure: the bound holds whatever comes, and every move has a sentence that is true."""

from math import log2

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musubi_engine.exposure import (
    LOWERED,
    RAISED,
    SEEN_LESS,
    SHOWN,
    Exposure,
    ExposureRule,
    fair_order,
    handicaps,
    keys_within,
)

counts = st.integers(0, 500)
exposures = st.builds(
    Exposure, shown=counts, opened=counts, contacted=counts, openings=st.none() | st.integers(0, 20)
)
rules = st.builds(ExposureRule, beta=st.floats(0, 1), bound=st.floats(0, 0.2))
# Also equal scores, scores of nothing, offers that nobody has seen, and no offer at all.
gains = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.5, 1.0]))
lists = st.lists(st.tuples(gains, st.none() | exposures), max_size=25)
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def named(offers: list[tuple[float, Exposure | None]]) -> tuple[dict[str, float], dict[str, Exposure]]:
    """Scores and ledger by ref; who was not seen is not in the ledger."""
    refs = [f"{number * 7 % 31:02}" for number in range(len(offers))]
    scores = {ref: score for ref, (score, _) in zip(refs, offers, strict=True)}
    return scores, {ref: seen for ref, (_, seen) in zip(refs, offers, strict=True) if seen}


def ndcg(scores: list[float]) -> float:
    """Of a list in its order, by the textbook, with its own scores as gains."""
    reached = sum(score / log2(2 + place) for place, score in enumerate(scores[:10]))
    best = sum(score / log2(2 + place) for place, score in enumerate(sorted(scores, reverse=True)[:10]))
    return reached / best if best else 1.0


@many
@given(offers=lists, rule=rules)
def test_no_list_loses_more_than_the_bound(
    offers: list[tuple[float, Exposure | None]], rule: ExposureRule
) -> None:
    scores, ledger = named(offers)
    placed = fair_order(scores, ledger, rule)
    assert sorted(row.ref for row in placed) == sorted(scores)
    assert [row.place for row in placed] == list(range(len(scores)))
    assert ndcg([row.score for row in placed]) >= 1 - rule.bound - 1e-9
    assert fair_order(dict(reversed(scores.items())), ledger, rule) == placed


@many
@given(offers=lists, rule=rules)
def test_every_move_and_nothing_else_has_a_sentence_that_is_true(
    offers: list[tuple[float, Exposure | None]], rule: ExposureRule
) -> None:
    scores, ledger = named(offers)
    for row in fair_order(scores, ledger, rule):
        seen = ledger.get(row.ref, Exposure())
        assert bool(row.sentence) == (row.place != row.by_score)
        if row.place > row.by_score:
            assert seen.contacted or seen.shown
            often = LOWERED % {"number": seen.contacted} if seen.contacted else SHOWN % {"number": seen.shown}
            assert row.sentence == often
        elif row.sentence == RAISED:
            assert not seen.opened
            assert not seen.contacted
            assert row.place < row.by_score


@many
@given(offers=lists)
def test_without_strength_or_room_the_score_decides(offers: list[tuple[float, Exposure | None]]) -> None:
    scores, ledger = named(offers)
    by_score = sorted(scores, key=lambda ref: (-scores[ref], ref))
    assert [row.ref for row in fair_order(scores, ledger, ExposureRule(beta=0))] == by_score
    strict = fair_order(scores, ledger, ExposureRule(beta=1, bound=0))
    assert ndcg([row.score for row in strict]) == pytest.approx(1, abs=1e-9)


def test_who_was_found_makes_room_for_who_was_not_seen() -> None:
    scores = {"found": 0.5, "shown": 0.49, "new": 0.48, "far": 0.1}
    ledger = {
        "found": Exposure(shown=60, opened=9, contacted=3),
        "shown": Exposure(shown=200, opened=1),
        "far": Exposure(opened=1),
    }
    placed = fair_order(scores, ledger, ExposureRule(beta=0.1, bound=0.05))
    assert [row.ref for row in placed] == ["new", "shown", "found", "far"]
    assert [row.sentence for row in placed] == [RAISED, "", LOWERED % {"number": 3}, ""]
    two = fair_order(
        {"a": 0.5, "b": 0.499}, {"a": Exposure(shown=200), "b": Exposure(opened=2)}, ExposureRule()
    )
    assert [(row.ref, row.sentence) for row in two] == [("b", SEEN_LESS), ("a", SHOWN % {"number": 200})]


def test_once_is_not_often() -> None:
    for seen, told in (
        (Exposure(contacted=1, openings=1), "この7日間に1件の話が届いているため、少し下げています。"),
        (Exposure(shown=1), "この7日間に1回表示されているため、少し下げています。"),
    ):
        rows = fair_order(
            {"a": 0.5, "b": 0.4999}, {"a": seen, "b": Exposure(opened=1)}, ExposureRule(beta=1, bound=0.2)
        )
        assert [(row.ref, row.sentence) for row in rows] == [("b", SEEN_LESS), ("a", told)]


def test_equal_scores_stand_by_load_then_by_ref_even_without_room() -> None:
    scores = {"c": 0.4, "b": 0.4, "a": 0.4}
    ledger = {"a": Exposure(contacted=1)}
    rule = ExposureRule(beta=0.1, bound=0)
    assert [row.ref for row in fair_order(scores, ledger, rule)] == ["b", "c", "a"]
    assert [row.ref for row in fair_order(scores, {}, rule)] == ["a", "b", "c"]


def test_one_contact_of_four_weighs_less_than_the_only_one_and_silence_is_the_usual() -> None:
    scores = {"one": 0.5, "four": 0.5, "other": 0.5}
    said = {
        "one": Exposure(contacted=1, openings=1),
        "four": Exposure(contacted=1, openings=4),
        "other": Exposure(contacted=1, openings=4),
    }
    rule = ExposureRule()
    assert [row.ref for row in fair_order(scores, said, rule)] == ["four", "other", "one"]
    silent = said | {"four": Exposure(contacted=1)}
    usual = said | {"four": Exposure(contacted=1, openings=2)}
    median_of = {"one": said["one"], "other": Exposure(contacted=1, openings=3), "four": silent["four"]}
    as_usual = median_of | {"four": usual["four"]}
    assert fair_order(scores, median_of, rule) == fair_order(scores, as_usual, rule)


def test_a_stronger_rule_lowers_more() -> None:
    shown, opened, contacts = np.array([[100.0, 0]]), np.array([[5.0, 0]]), np.array([[2.0, 0]])
    weak = handicaps(shown=shown, opened=opened, contacts=contacts, beta=0.05)
    strong = handicaps(shown=shown, opened=opened, contacts=contacts, beta=0.1)
    assert strong[0, 0] == pytest.approx(2 * weak[0, 0])
    assert weak[0, 1] == 0
    scores = np.array([[0.9, 0.1], [0.5, 0.49]])
    keys = keys_within(scores, np.vstack([strong, strong]), 0.02)
    assert (np.argsort(-keys, axis=1) == [[0, 1], [1, 0]]).all()


@pytest.mark.parametrize("wrong", [{"beta": -0.1}, {"beta": 1.1}, {"bound": -0.01}, {"bound": 0.21}])
def test_absurd_rules_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be between"):
        ExposureRule(**wrong)
