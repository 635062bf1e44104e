"""`musubi-engine bench speed` at a tiny size: every row is there, and the index agrees with Tantivy's."""

import json
from dataclasses import replace

import pytest

from musubi_engine.bench.speed import made
from musubi_engine.bench.tantivy_peer import TantivyPeer
from musubi_engine.bench.timing import resident_megabytes, spent_of, spent_on
from musubi_engine.bench.town import PARTITION, build, documents
from musubi_engine.cli import main
from musubi_engine.index import EVERY, best_for
from musubi_engine.readings import concepts_found


def test_every_row_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "speed", "--documents", "300", "--rounds", "8", "--city", "--json"]) == 0
    (table,) = json.loads(capsys.readouterr().out)
    rows = {row["what"]: row for row in table["rows"]}
    assert [what for what in rows if "exact top 50" in what] == [
        "exact top 50 of 25 terms",
        "Tantivy: exact top 50 of 25 terms",
    ]
    for what in (
        "search", "candidates", "proposals", "of these", "teams for a need", "all needs", "saved", "build", "merge",
    ):  # fmt: skip
        assert any(name.startswith(what) for name in rows), what
    assert all(0 < row["median ms"] <= row["p95 ms"] for row in rows.values())
    assert all(row["documents"] == 300 for row in rows.values())
    whole = rows["proposals for a need, with reasons"]
    assert 0 < rows["of these, ranking with all signals"]["CPU median ms"] <= whole["CPU median ms"]
    step, teams = (row for name, row in rows.items() if name.startswith("teams for a need"))
    assert 0 < step["CPU median ms"] <= teams["CPU median ms"]
    assert "× its time" in rows["Tantivy: exact top 50 of 25 terms"]["note"]


def test_too_few_documents_are_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "speed", "--documents", "5"]) == 2
    assert "--documents" in capsys.readouterr().err


def test_tantivy_finds_the_same_documents() -> None:
    made = list(documents(400, 3, processes=1))
    store, peer = build(made), TantivyPeer(made)
    assert peer.segments == 1
    shared = []
    for document in made[:20]:
        terms = [term for term in document.terms if term != EVERY][:25]
        mine = best_for(store, (PARTITION,), terms, 10).keys
        theirs = peer.keys(peer.best_for(terms, 10))
        assert mine[0] == document.key
        shared.append(len(set(mine) & set(theirs)) / 10)
    assert sum(shared) / len(shared) > 0.8  # its lengths are rounded to a byte and count facets


def test_the_offers_that_are_ranked_carry_their_concepts_as_saved_ones_do() -> None:
    listing = made(7)
    assert listing.concepts == concepts_found(replace(listing, concepts=None))
    assert listing.concepts


def test_what_is_told_of_calls() -> None:
    spent = spent_of([float(n) for n in range(100, 0, -1)])
    assert (spent.median, spent.p95, spent.calls) == (50.5, 96.0, 100)
    assert spent_of([]).calls == 0
    made: list[int] = []
    assert spent_on([lambda: made.append(1)] * 5, unmeasured=2).calls == 3
    assert len(made) == 5
    assert resident_megabytes() >= 0
