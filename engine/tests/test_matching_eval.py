"""The command: figures one can count by hand, sentences for broken input, no Django."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from musubi_engine.cli import main
from musubi_engine.evaluate import evaluate as measures_of

REAL = Path(os.environ.get("MUSUBI_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
GOLD = REAL / "gold" / "dev"


def row(ref, side, title, actor, **more):
    base = {
        "id": ref,
        "side": side,
        "title": title,
        "body": "",
        "actor": actor,
        "actor_kind": "npo",
        "resources": ["place"],
        "areas": ["141330"],
    }
    return json.dumps(base | more, ensure_ascii=False)


ROWS = (
    row("n1", "need", "合唱の練習に使えるピアノのある部屋", "会"),
    row("n2", "need", "畑の草取りの人手", "園", resources=["people"]),
    row("o1", "offer", "ピアノのある音楽室で合唱の練習を", "学園"),
    row("o2", "offer", "町会の会館", "町会"),
    row("o3", "offer", "ピアノのある音楽室で合唱の練習を", "遠い学園", areas=["142077"]),
)


@pytest.fixture
def files(tmp_path):
    listings, qrels = tmp_path / "listings.jsonl", tmp_path / "qrels.txt"
    listings.write_text("\n".join(ROWS), encoding="utf-8")
    qrels.write_text("n1 0 o1 3\nn1 0 o2 0\nn1 0 o3 0\nn2 0 o1 0\n", encoding="utf-8")
    return listings, qrels


def evaluate(listings, qrels, *more):
    return main(["eval", "--listings", str(listings), "--qrels", str(qrels), *more])


def test_the_figures_of_a_collection_one_can_count(files, capsys):
    assert evaluate(*files, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["needs"] == 2
    assert found["offers"] == 3
    # n1 finds o1 first; n2 has nothing that fits, and the field's measures count it as 0.
    assert (found["nDCG@10"], found["Recall@50"], found["MRR@10"]) == (0.5, 0.5, 0.5)
    assert found["infeasible@50"] == 0
    assert found["answerable"] == {
        "needs": 1,
        "nDCG@10": 1.0,
        "Recall@50": 1.0,
        "MRR@10": 1.0,
        "judged@10": 1.0,
    }


def test_the_second_opinion_sees_what_an_order_without_rules_lets_through(files, capsys):
    assert evaluate(*files, "--json", "--steps") == 0
    steps = json.loads(capsys.readouterr().out)
    assert [step["infeasible@50"] for step in steps] == [2, 0, 0, 0, 0, 0, 0]


def test_what_judges_know_may_be_given(files, tmp_path, capsys):
    flags = tmp_path / "flags.json"
    flags.write_text('{"n1": "k"}', encoding="utf-8")
    assert evaluate(*files, "--flags", str(flags)) == 0
    assert "infeasible@50" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "broken", "words"),
    [
        (2, '{"id": "n2",', "listings.jsonl の2行目がJSONとして読めません。"),
        (
            3,
            row("o1", "offer", "部屋", "町会").replace('"actor_kind"', '"kind"'),
            "3行目: 「actor_kind」がありません。",
        ),
        (3, row("o1", "both", "部屋", "町会"), "3行目: side「both」は need か offer で書いてください。"),
        (3, row("o1", "offer", "部屋", "町会", areas=["141331"]), "3行目: 地域コード「141331」の検査数字"),
        (
            3,
            row("o1", "offer", "部屋", "町会", resources="place"),
            "3行目: resources は [ ] の並びで書いてください。",
        ),
        (
            3,
            row("o1", "offer", "部屋", "町会", resources=["room"]),
            "3行目: resources の「room」は使えません。",
        ),
        (3, row("o1", "offer", "部屋", "町会", quantity={"capacity": "三十"}), "quantity の capacity は数で"),
        (
            3,
            row("o1", "offer", "部屋", "町会", available=[{"from": "3月6日"}]),
            "日付「3月6日」は 2027-04-01 の形で",
        ),
        (3, row("o1", "offer", "部屋", "町会", available=[{"start": "9時"}]), "時刻「9時」は 09:30 の形で"),
        (
            3,
            row("n1", "need", "部屋", "町会", available=[{"least_minutes": 10}]),
            "least_minutes は 15 から 1440 までの整数（分）で",
        ),
        (3, row("n1", "offer", "部屋", "町会"), "3行目: id「n1」が1行目と同じです。"),
        (3, "[]", "3行目が { } で囲まれた一件になっていません。"),
    ],
)
def test_a_broken_line_is_named_in_one_sentence(files, capsys, number, broken, words):
    listings, qrels = files
    lines = list(ROWS)
    lines[number - 1] = broken
    listings.write_text("\n".join(lines), encoding="utf-8")
    assert evaluate(listings, qrels) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("n1 0 o1\n", "qrels.txt の1行目を"),
        ("n1 0 o1 三\n", "qrels.txt の1行目を"),
        ("", "qrels.txt に判定が一件もありません。"),
        ("n9 0 o1 3\n", "qrels.txt のニーズ「n9」が listings.jsonl にありません。"),
    ],
)
def test_broken_judgements_are_told(files, capsys, text, words):
    listings, qrels = files
    qrels.write_text(text, encoding="utf-8")
    assert evaluate(listings, qrels) == 2
    assert words in capsys.readouterr().err


def test_missing_and_wrongly_encoded_files_are_told(files, capsys):
    listings, qrels = files
    assert evaluate(listings.with_name("no.jsonl"), qrels) == 2
    assert "が見つかりません。" in capsys.readouterr().err
    listings.write_bytes("\n".join(ROWS).encode("cp932"))
    assert evaluate(listings, qrels) == 2
    assert "UTF-8で保存し直してください。" in capsys.readouterr().err


def test_the_command_runs_without_django(files):
    listings, qrels = files
    code = (
        "import sys; from musubi_engine.cli import main; "
        "status = main(sys.argv[1:]); "
        "assert not {'django', 'musubi'} & set(sys.modules), 'Django was imported'; sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "eval", "--listings", listings, "--qrels", qrels, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["needs"] == 2


def test_help_shows_an_example(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["eval", "--help"])
    assert stop.value.code == 0
    assert "musubi-engine eval --listings listings.jsonl --qrels qrels.txt --json" in capsys.readouterr().out


@pytest.mark.skipif(not GOLD.is_dir(), reason="the judged collection (MUSUBI_REAL_DATA) is not here")
def test_the_judged_collection_is_ranked_as_well_as_promised(capsys):
    assert (
        evaluate(
            GOLD / "listings.jsonl",
            GOLD / "qrels.txt",
            "--flags",
            str(GOLD / "needs_flags.json"),
            "--json",
        )
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["infeasible@50"] == 0
    assert found["nDCG@10"] >= 0.834
    assert found["Recall@50"] >= 0.88
    assert found["answerable"]["nDCG@10"] >= 0.903


@pytest.mark.parametrize(("name", "least"), [("other_words", 0.695), ("later_words", 0.58)])
def test_the_same_matters_in_other_words_are_found(name, least):
    """Our own small collections, apart from the judged one; what they are worth stands in their README."""
    folder = Path(__file__).parent / "collections" / name
    found = measures_of(folder / "listings.jsonl", folder / "qrels.txt")
    assert found.infeasible_50 == 0
    assert found.answerable.ndcg_10 >= least
    assert found.answerable.recall_50 >= 0.9
