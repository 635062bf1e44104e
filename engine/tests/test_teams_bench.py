"""Team accuracy over a judged collection, and the bench's tables."""

import json
import os
from pathlib import Path

import pytest

from musubi_engine.cli import main
from musubi_engine.jsonl import InputError
from musubi_engine.teams.accuracy import team_accuracy

WHEN = [{"from": "2027-04-01", "to": "2027-06-30", "weekdays": [5], "start": "09:00", "end": "12:00"}]


def row(ref: str, side: str, title: str, resources: list[str], **more: object) -> dict[str, object]:
    base = {
        "id": ref,
        "side": side,
        "title": title,
        "body": "",
        "actor": f"{ref}の会",
        "actor_kind": "civic_group",
    }
    return base | {"resources": resources, "areas": ["141330"], "available": WHEN, "fields": [1]} | more


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    rows = [
        row("n1", "need", "調理室で野菜を料理する会", ["place", "goods"]),
        row("o1", "offer", "調理室を貸します", ["place"]),
        row("o2", "offer", "野菜を差し上げます", ["goods"]),
        row("o3", "offer", "調理室を貸します", ["place"], areas=["142077"]),
    ]
    wanted = [{"resource": "place", "what": "調理室"}, {"resource": "goods", "what": "野菜"}]
    judged = {"need": "n1", "requirements": wanted, "ideal_team": ["o1", "o2"], "alternatives": []}
    write(tmp_path / "listings.jsonl", rows)
    write(tmp_path / "teams.jsonl", [judged])
    (tmp_path / "qrels.txt").write_text("n1 0 o1 2\nn1 0 o2 2\n", encoding="utf-8")
    return tmp_path


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")


def test_the_ideal_team_first_counts_as_every_kind_of_right(collection: Path) -> None:
    found = team_accuracy(collection / "listings.jsonl", collection / "teams.jsonl", collection / "qrels.txt")
    assert found.as_dict() == {
        "needs": 1,
        "ideal": 1.0,
        "listed": 1.0,
        "as_good": 1.0,
        "complete": 1.0,
        "in_five": 1.0,
    }


def test_another_team_as_small_counts_only_if_no_member_is_judged_0(collection: Path) -> None:
    judged = json.loads((collection / "teams.jsonl").read_text(encoding="utf-8"))
    write(collection / "teams.jsonl", [judged | {"ideal_team": ["o1", "o9"]}])
    files = (collection / "listings.jsonl", collection / "teams.jsonl", collection / "qrels.txt")
    assert team_accuracy(*files).ideal == 0
    files[2].write_text("n1 0 o1 2\nn1 0 o2 0\n", encoding="utf-8")
    assert team_accuracy(*files).as_good == 0


def test_a_bad_line_is_named(collection: Path) -> None:
    write(collection / "teams.jsonl", [{"need": "n9"}])
    with pytest.raises(InputError, match=r"teams\.jsonl の1行目"):
        team_accuracy(collection / "listings.jsonl", collection / "teams.jsonl")


def test_the_bench_prints_its_tables(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--data", str(collection), "--needs", "1", "--highs", "0", "--documents", "60", "--json"]
    assert main(["bench", "teams", *options]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert tables[0]["rows"][0]["ideal"] == 1.0
    assert [len(table["rows"]) for table in tables] == [1, 8, 4]
    assert all(0 < row["looked at"] <= 100 and row["as small"] == 1 for row in tables[2]["rows"])
    assert all(found["proved"] == 1 for found in tables[1]["rows"])


def test_teams_of_the_development_collection_are_such_as_a_coordinator_would_make() -> None:
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("MUSUBI_REAL_DATA", beside)) / "gold" / "dev"
    if not folder.exists():
        pytest.skip("実データ（MUSUBI_REAL_DATA）がないため、この試験は行いませんでした。")
    names = ("listings.jsonl", "teams.jsonl", "qrels.txt", "needs_flags.json")
    found = team_accuracy(*(folder / name for name in names))
    assert (found.complete, found.as_good) == (1.0, 1.0)
    assert found.listed >= 0.7
