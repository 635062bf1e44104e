"""The measurement of quality: a collection one can count, folds, and the real one where it is there."""

import json
import os
from pathlib import Path

import pytest
from test_matching_eval import ROWS

from musubi_engine.bench.fitting import folds, interval
from musubi_engine.cli import main

GOLD = (
    Path(os.environ.get("MUSUBI_REAL_DATA", Path(__file__).parents[3] / "shared" / "data")) / "gold" / "dev"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "listings.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    (tmp_path / "qrels.txt").write_text("n1 0 o1 3\nn1 0 o2 1\nn2 0 o1 0\n", encoding="utf-8")
    (tmp_path / "twins.json").write_text('{"o3": "o1"}', encoding="utf-8")
    return tmp_path


def measured(folder, capsys, *more):
    assert main(["bench", "quality", "--data", str(folder), "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_step_has_its_row_and_only_the_rules_keep_out_what_cannot_work(folder, capsys):
    steps, in_folds, twins = measured(folder, capsys)
    rows = {row["step"]: row for row in steps["rows"]}
    assert rows["character bigrams alone (BM25, baseline)"]["infeasible@50"] == 2
    assert rows["+ signals"]["infeasible@50"] == 0
    assert rows["+ signals"]["answerable nDCG@10"] == 1.0
    assert rows["+ signals"]["nDCG@10"] == 0.5
    assert [row["nDCG@10"] for row in in_folds["rows"]] == [1.0] * 4
    assert twins["rows"] == [
        {"only the one that works is listed": 1, "the other is listed": 0, "neither is": 0}
    ]


def test_candidates_among_made_up_offers_keep_more_the_more_are_taken(folder, capsys):
    *_, table = measured(folder, capsys, "--among", "300")
    assert "300 made-up" in table["title"]
    kept = [row["of the first 30"] for row in table["rows"]]
    assert kept == sorted(kept)
    assert kept[0] < kept[-1] == table["rows"][-1]["of the first 10"] == 1.0
    assert table["rows"][0]["candidates"] < 51


def test_folds_hold_every_need_once():
    refs = [str(number) for number in range(13)]
    parts = folds(refs, 5, seed=1)
    assert sorted(ref for part in parts for ref in part) == sorted(refs)
    assert {len(part) for part in parts} == {2, 3}
    assert parts == folds(refs, 5, seed=1) != folds(refs, 5, seed=2)


def test_the_interval_of_the_mean_holds_the_mean():
    values = [0.2, 0.9, 0.8, 1.0, 0.6, 0.7]
    low, high = interval(values, 0)
    assert low < sum(values) / len(values) < high
    assert interval([0.5] * 4, 0) == (0.5, 0.5)


@pytest.mark.skipif(not GOLD.exists(), reason="the judged collection is not there")
def test_the_engine_is_as_good_as_the_document_says(capsys):
    steps, in_folds, twins, teams = measured(GOLD, capsys)
    best = next(row for row in steps["rows"] if row["step"].startswith("+ vectors"))
    fair = next(row for row in steps["rows"] if row["step"].startswith("+ exposure"))
    assert best["answerable nDCG@10"] >= 0.90
    assert best["answerable Recall@50"] >= 0.97
    assert best["no shared word: recall@20"] >= 0.60
    assert best["infeasible@50"] == 0
    assert min(row["nDCG@10"] for row in in_folds["rows"]) >= 0.90
    assert min(row["Recall@50"] for row in in_folds["rows"]) >= 0.965
    assert twins["rows"][0]["the other is listed"] == 0
    assert fair["nDCG@10"] >= 0.98 * best["nDCG@10"]
    assert teams["rows"][0]["one as small and as feasible"] >= 0.9
