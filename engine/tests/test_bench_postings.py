"""Made-up listings: the same from the same seed, any part alone, and believable."""

from collections import Counter
from itertools import islice

import pytest

from musubi_engine.bench.postings import NEEDS, name_of_rank, postings
from musubi_engine.bench.town import documents
from musubi_engine.labels import CONDITIONS, KINDS, RESOURCES, UNITS


def test_the_same_seed_gives_the_same_listings_whatever_the_number() -> None:
    many = list(postings(2500, seed=3))
    assert list(postings(1200, seed=3)) == many[:1200]
    assert list(postings(2500, seed=3, start=1990)) == many[1990:]
    assert next(postings(2500, seed=4)) != many[0]
    assert [listing.ref for listing in many] == [str(i) for i in range(1, 2501)]


def test_they_are_believable() -> None:
    made = list(postings(3000, seed=3))
    assert not [x for x in made if "{" in x.title + x.body or not x.title or len(x.title) > 80]
    assert len({x.body for x in made}) > 2900
    assert abs(sum(x.side == "need" for x in made) / len(made) - NEEDS) < 0.03
    assert {x.actor_kind for x in made} <= set(KINDS)
    assert {line.resource for x in made for line in x.lines} == set(RESOURCES)
    assert {line.unit for x in made for line in x.lines} - {None} <= set(UNITS)
    assert {c for x in made for c in x.conditions} <= set(CONDITIONS)
    assert {len(x.areas[0].names) for x in made if x.areas} == {2, 3, 4}


def test_names_have_a_long_tail() -> None:
    assert len({name_of_rank(rank) for rank in range(20_000)}) == 20_000
    terms = Counter(term for document in documents(2000, 3, processes=1) for term in document.terms)
    rare = sum(1 for times in terms.values() if times == 1)
    assert rare > len(terms) / 3
    assert max(terms.values()) == 2000


@pytest.mark.slow
def test_several_processes_make_the_same_documents_in_the_same_order() -> None:
    alone = list(documents(4100, 3, processes=1))
    assert list(islice(documents(4100, 3, processes=2), 4100)) == alone
