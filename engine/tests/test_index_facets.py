"""Counts of facets equal a loop over the living documents, whatever the split into segments and delta."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi_engine.index import (
    FacetGroup,
    IndexDocument,
    MemoryStore,
    Query,
    analyse,
    facet_counts,
    search,
)

FACETS = ("side:need", "side:offer", "r:place", "r:people", "r:goods", "a:1", "a:2")
GROUPS = {
    "side": {"need": frozenset({"side:need"}), "offer": frozenset({"side:offer"})},
    "resource": {name: frozenset({f"r:{name}"}) for name in ("place", "people", "goods")},
    "area": {"1": frozenset({"a:1"}), "either": frozenset({"a:1", "a:2"})},
}

documents = st.lists(
    st.tuples(
        st.sampled_from(["企業の畑", "畑", "町会の机", "子ども食堂"]),
        st.frozensets(st.sampled_from(FACETS)),
        st.sampled_from(["segment", "delta"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=14,
)
choices = st.fixed_dictionaries(
    {
        name: st.frozensets(st.sampled_from([*values, "nothing"]), max_size=2)
        for name, values in GROUPS.items()
    }
)


@settings(max_examples=200)
@given(documents, choices, st.sampled_from(["", "畑", "-畑", "企業 畑", "。", "机"]))
def test_counts_are_those_of_a_loop(rows, chosen, text) -> None:
    store = MemoryStore()
    living = []
    packed = []
    for key, (title, facets, place, seen, dead) in enumerate(rows, start=1):
        shown = facets | ({"v:public"} if seen else {"v:city_hall"})
        document = analyse(IndexDocument(key=key, fields={"title": title}, facets=shown))
        if place == "segment":
            packed.append(document)
        else:
            store.add(1, document)
        if dead:
            store.remove(1, key)
        else:
            living.append((key, shown))
    store.add_segment(1, packed)
    query = Query(text=text, facets=(frozenset({"v:public"}),))
    groups = {name: FacetGroup(values=values, chosen=chosen[name]) for name, values in GROUPS.items()}
    told = facet_counts(store, [1], query, groups)
    hits = set(search(store, [1], query, limit=100).keys)
    for name, values in GROUPS.items():
        left = []
        for key, facets in living:
            others = (groups[other] for other in GROUPS if other != name and groups[other].chosen)
            if key in hits and all(facets & other.asked for other in others):
                left.append(facets)
        assert told.totals[name] == len(left)
        assert told.counts[name] == {
            value: sum(bool(facets & several) for facets in left) for value, several in values.items()
        }


def test_a_count_is_what_choosing_the_value_finds() -> None:
    store = MemoryStore()
    for key in range(1, 40):
        facets = {f"side:{'need' if key % 2 else 'offer'}", f"r:{('place', 'people', 'goods')[key % 3]}"}
        store.add(1, analyse(IndexDocument(key=key, fields={"title": "畑"}, facets=frozenset(facets))))
    groups = {
        "side": FacetGroup(values=GROUPS["side"], chosen=frozenset({"need"})),
        "resource": FacetGroup(values=GROUPS["resource"]),
    }
    told = facet_counts(store, [1], Query(text="畑"), groups)
    for value, several in GROUPS["resource"].items():
        narrowed = Query(text="畑", facets=(several, frozenset({"side:need"})))
        assert told.counts["resource"][value] == search(store, [1], narrowed).total
    assert told.counts["side"] == {"need": 20, "offer": 19}


def test_only_given_keys_are_counted() -> None:
    store = MemoryStore()
    for key in range(1, 6):
        store.add(1, analyse(IndexDocument(key=key, fields={"title": "畑"}, facets=frozenset({"r:place"}))))
    groups = {"resource": FacetGroup(values=GROUPS["resource"])}
    told = facet_counts(store, [1], Query(text="畑", only=frozenset({2, 9})), groups)
    assert told.counts["resource"] == {"place": 1, "people": 0, "goods": 0}


def test_likeness_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="likeness"):
        facet_counts(MemoryStore(), [1], Query(any_text="畑"), {})
