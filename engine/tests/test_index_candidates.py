"""The candidate step against a plain reading of what it promises, over segments, delta and the dead."""

from dataclasses import replace
from datetime import date, time, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matching_values import NEED, OFFER

from musubi_engine.bench.postings import postings
from musubi_engine.bench.town import PARTITION, document_of, facets_of, outline_of
from musubi_engine.feasibility import feasible
from musubi_engine.index import (
    CandidateQuery,
    IndexDocument,
    MemoryStore,
    admitted,
    analyse,
    candidates,
    scores_for,
    shares_of,
)
from musubi_engine.index.facets import (
    Days,
    Outline,
    asked_facets,
    candidate_query,
    days_of,
    finding_facets,
    matching_facets,
    shunned_facets,
)
from musubi_engine.reading import words_of
from musubi_engine.readings import concepts_in_title
from musubi_engine.types import Line, Listing, Window

TOWN = list(postings(600, seed=5))


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    """Two segments, a delta, and every seventh dead; one of them in the delta."""
    made = MemoryStore()
    documents = [document_of(int(listing.ref), listing) for listing in TOWN]
    made.add_segment(PARTITION, documents[:250])
    made.add_segment(PARTITION, documents[250:560])
    for document in documents[560:]:
        made.add(PARTITION, document)
    for key in range(7, 601, 7):
        made.remove(PARTITION, key)
    return made


def living(side: str) -> list[Listing]:
    return [listing for listing in TOWN if listing.side == side and int(listing.ref) % 7]


def plainly(query: CandidateQuery, store: MemoryStore) -> tuple[dict[int, float], dict[int, float]]:
    """Key → points and key → likeness of everything that the facets admit, document by document."""
    facets = {int(x.ref): facets_of(x) for x in TOWN if int(x.ref) % 7}
    admits = [
        key
        for key, own in facets.items()
        if all(own & group for group in query.facets) and not own & query.without
    ]
    scores = scores_for(store, (PARTITION,), query.text, admits)
    likeness = dict(zip(admits, (min(1.0, value / scores.own) for value in scores.values), strict=True))
    points = {
        key: query.likeness * min(1.0, likeness[key] / query.full)
        + sum(value for facet, value in query.points.items() if facet in facets[key])
        for key in admits
    }
    return points, likeness


@pytest.mark.parametrize("side", ["need", "offer"])
def test_they_are_the_best_the_most_alike_and_the_newest_of_all_that_can_fit(
    store: MemoryStore, side: str
) -> None:
    seen = 0
    for asking in living(side)[:80]:
        query = candidate_query(outline_of(asking), asking, best=6, alike=3, newest=2)
        assert query is not None
        points, likeness = plainly(query, store)
        found = candidates(store, (PARTITION,), query)
        assert found.admitted == len(points) == admitted_by(store, query)
        rounded = {key: round(value, 9) for key, value in points.items()}
        best = sorted(points, key=lambda key: (-rounded[key], -key))[:6]
        alike = sorted(points, key=lambda key: (-likeness[key], -key))[:3]
        newest = sorted(points)[::-1][:2]
        assert set(found.keys) == {*best, *alike, *newest}
        assert dict(zip(found.keys, found.likeness, strict=True)) == {k: likeness[k] for k in found.keys}
        assert list(found.points) == sorted(found.points, reverse=True)
        seen += len(points) > 11
    assert seen > 5


def test_of_equals_at_the_limit_the_later_are_taken() -> None:
    store = MemoryStore()
    for keys in ((1, 4, 6), (2, 3, 5)):
        documents = [IndexDocument(key=key, fields={"title": "祭り"}, facets=frozenset("x")) for key in keys]
        store.add_segment(1, [analyse(document) for document in documents])
    query = CandidateQuery(text="祭り", facets=(frozenset("x"),), best=3)
    assert candidates(store, (1,), query).keys == (6, 5, 4)
    assert candidates(store, (1,), replace(query, best=0, alike=2)).keys == (6, 5)


def admitted_by(store: MemoryStore, query: CandidateQuery) -> int:
    groups = [frozenset(group) for group in query.facets]
    without = admitted(store, (PARTITION,), [*groups, query.without])
    return admitted(store, (PARTITION,), groups) - without


@pytest.mark.parametrize("side", ["need", "offer"])
def test_facets_leave_out_nothing_that_the_rules_admit(store: MemoryStore, side: str) -> None:
    others = living("offer" if side == "need" else "need")
    pairs = 0
    for asking in living(side)[:60]:
        query = candidate_query(outline_of(asking), asking, best=1000, alike=0, newest=0)
        assert query is not None
        found = set(candidates(store, (PARTITION,), query).keys)
        for other in others:
            need, offer = (asking, other) if side == "need" else (other, asking)
            if feasible(need, offer):
                pairs += 1
                assert int(other.ref) in found
        assert len(found) < len(others) / 2
    assert pairs > 100


# A few dates, weekdays and hours, so that most pairs are near to meeting or to missing each other by a day.
DATES = st.sampled_from([date(2027, 1, 30) + timedelta(days=step) for step in range(4)])
SPANS = st.one_of(st.just((None, None)), st.tuples(DATES, DATES).map(sorted))
HOURS = st.sampled_from([(23, 2), (22, 6), (0, 2), (1, 3), (20, 23), (9, 17), (None, 2), (22, None)])


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """A window, of which about every second that has both hours runs past midnight."""
    (start, end), (opens, closes) = draw(SPANS), draw(HOURS)
    return Window(
        start=start,
        end=end,
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        opens=None if opens is None else time(opens),
        closes=None if closes is None else time(closes),
    )


@given(need=st.lists(windows(), max_size=2), offer=st.lists(windows(), max_size=2))
@example(  # Saturday's night is Sunday's first hours
    need=[Window(weekdays=frozenset({6}), opens=time(0, 30), closes=time(2))],
    offer=[Window(weekdays=frozenset({5}), opens=time(23), closes=time(2))],
)
@example(  # and that of January's last day February's
    need=[Window(start=date(2027, 2, 1), end=date(2027, 2, 9), opens=time(0), closes=time(2))],
    offer=[Window(start=date(2027, 1, 4), end=date(2027, 1, 31), opens=time(23), closes=time(2))],
)
def test_facets_leave_out_no_times_that_meet(need: list[Window], offer: list[Window]) -> None:
    asking = replace(NEED, windows=tuple(need))
    other = replace(OFFER, windows=tuple(offer))
    if feasible(asking, other):
        assert meets(asking, other)
        assert meets(other, asking)


def test_a_window_of_the_last_night_there_is_can_be_told() -> None:
    assert matching_facets(outline(days=(days_of(date.max, date.max, (), time(23), time(2)),)))


def test_a_saved_document_counts_at_once_and_a_removed_one_no_more(store: MemoryStore) -> None:
    asking = living("need")[0]
    query = candidate_query(outline_of(asking), asking, best=1, alike=0, newest=1)
    assert query is not None
    twin = replace(asking, ref="9001", side="offer", actor="other")
    store.add(PARTITION, document_of(9001, twin))
    assert candidates(store, (PARTITION,), query).keys == (9001,)
    store.remove(PARTITION, 9001)
    assert 9001 not in candidates(store, (PARTITION,), query).keys


def test_merging_changes_nothing() -> None:
    made = MemoryStore()
    for listing in TOWN[:300]:
        made.add(PARTITION, document_of(int(listing.ref), listing))
    made.remove(PARTITION, 3)
    asking = next(listing for listing in TOWN if listing.side == "need" and int(listing.ref) != 3)
    query = candidate_query(outline_of(asking), asking, best=20, alike=10, newest=5)
    assert query is not None
    before = candidates(made, (PARTITION,), query)
    assert len(before.keys) > 5
    made.merge(PARTITION)
    assert candidates(made, (PARTITION,), query) == before


def test_many_texts_are_as_alike_to_a_document_as_each_alone(store: MemoryStore) -> None:
    texts = [words_of(listing) for listing in TOWN[:30]] + ["", "、。"]
    for key in (2, 300, 590):
        alone = [scores_for(store, (PARTITION,), text, [key]) for text in texts]
        expected = tuple(min(1.0, s.values[0] / s.own) if s.own else 0.0 for s in alone)
        assert shares_of(store, (PARTITION,), texts, key) == expected
    assert shares_of(store, (PARTITION,), texts, 7) == (0.0,) * len(texts)
    assert shares_of(store, (PARTITION,), [], 2) == ()


def test_without_holds_where_no_group_is_asked() -> None:
    made = MemoryStore()
    for key, facet in enumerate(("by:1", "by:2", "by:1"), start=1):
        made.add(1, analyse(IndexDocument(key=key, fields={"title": "祭り"}, facets=frozenset({facet}))))
    query = CandidateQuery(text="祭り", facets=(), without=frozenset({"by:1"}))
    assert candidates(made, (1,), query).keys == (2,)


def test_an_empty_group_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="empty"):
        candidates(MemoryStore(), (1,), CandidateQuery(text="祭り", facets=(frozenset(),)))


def test_goods_may_come_on_any_day_and_people_must_be_there() -> None:
    saturdays = (Days(None, None, (5,)),)
    people, goods = frozenset({"people"}), frozenset({"goods"})
    both = outline(resources=people | goods, days=saturdays)
    groups = asked_facets(both)
    sundays = (Days(None, None, (6,)),)
    assert not passes(groups, outline(side="offer", resources=people, days=sundays))
    assert passes(groups, outline(side="offer", resources=people, days=(*sundays, *saturdays)))
    assert passes(groups, outline(side="offer", resources=people))
    assert passes(groups, outline(side="offer", resources=goods, days=sundays))
    assert asked_facets(outline(resources=frozenset())) == ()


def test_areas_meet_either_way() -> None:
    city, ward, elsewhere = ("pref", "city"), ("pref", "city", "ward"), ("pref", "city", "x")
    groups = asked_facets(outline(areas=(ward,)))
    assert passes(asked_facets(outline(areas=(city,))), outline(side="offer", areas=(ward,)))
    for areas, fits in [((ward,), True), ((city,), True), ((), True), ((elsewhere,), False)]:
        assert passes(groups, outline(side="offer", areas=areas)) is fits


def test_nobody_is_shunned_for_seats_whom_the_rule_admits_and_few_others_pass() -> None:
    numbers = [None, *range(130), 199, 200, 299, 300, 1000, 1001, 5000]
    rooms = [replace(OFFER, lines=(replace(OFFER.lines[0], amount=each),)) for each in numbers]
    passed = 0
    for asked in (None, 1, 5, 30, 47, 100, 1000):
        wanted = replace(NEED, lines=(replace(NEED.lines[0], amount=asked),))
        for room in rooms:
            told = [meets(wanted, room), meets(room, wanted)]
            assert told[0] == told[1]
            if feasible(wanted, room):
                assert told[0]
            else:
                passed += told[0]
    assert passed < 20


@given(st.data())
def test_a_place_is_shunned_for_wheelchairs_as_the_rule_has_it(data: st.DataObject) -> None:
    resources = st.sets(st.sampled_from(["place", "goods", "money"]), min_size=1)
    conditions = st.sampled_from([frozenset(), frozenset({"wheelchair_ok"})])
    wanted, given_room = (
        replace(
            listing,
            lines=tuple(Line(resource=each) for each in sorted(data.draw(resources))),
            conditions=data.draw(conditions),
        )
        for listing in (NEED, OFFER)
    )
    assert meets(wanted, given_room) == meets(given_room, wanted) == feasible(wanted, given_room)


def test_who_finds_people_is_found_by_whoever_asks_for_people() -> None:
    def finding(title: str, body: str = "ボランティアを紹介します。") -> frozenset[str]:
        return finding_facets("offer", title, body, concepts_in_title(title))

    assert finding("ボランティアセンター") == {"finds:any"}
    assert finding("スポーツの指導者の紹介") == {"finds:スポーツ"}
    assert finding("ボランティアセンター", "部屋を貸します。") == {"finds:any"}  # the title says it
    assert not finding("会議室", "部屋を貸します。")
    assert not finding_facets("need", "ボランティアセンター", "ボランティアを紹介します。", ())
    hands = replace(NEED, title="卓球の相手", body="", lines=(Line(resource="people"),))
    for asked, promised in [(hands, True), (replace(hands, lines=(Line(resource="place"),)), False)]:
        query = candidate_query(outline_of(asked), asked, best=1, alike=0, newest=0)
        assert query is not None
        assert ({"finds:any", "finds:スポーツ"} <= query.points.keys()) is promised


def meets(asked: Listing, other: Listing) -> bool:
    """Whether what one asks of the index leaves the other in."""
    return passes(asked_facets(outline_of(asked)), outline_of(other), shunned_facets(outline_of(asked)))


def outline(**values: object) -> Outline:
    usual = {
        "side": "need",
        "actor": "1",
        "resources": frozenset({"people"}),
        "areas": (),
        "days": (),
        "fields": frozenset(),
        "seats": None,
        "wheelchair": False,
    }
    return Outline(**{**usual, **values})


def passes(groups: tuple[frozenset[str], ...], other: Outline, shunned: frozenset[str] = frozenset()) -> bool:
    own = matching_facets(other) | {f"a:{part}" for path in other.areas for part in path}
    return all(own & group for group in groups) and not own & shunned


def test_a_mask_keeps_every_document_whatever_their_number() -> None:
    for size in (1, 7, 8, 9, 64):
        made = MemoryStore()
        made.add_segment(
            1,
            [
                analyse(IndexDocument(key=k, fields={"title": "祭り"}, facets=frozenset({"x"})))
                for k in range(1, size + 1)
            ],
        )
        query = CandidateQuery(text="祭り", facets=(frozenset({"x"}),), best=size)
        assert sorted(candidates(made, (1,), query).keys) == list(range(1, size + 1))
        assert np.all(np.array(candidates(made, (1,), query).likeness) >= 0)
