"""`init`, `match`, `index` and what every command says when it cannot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import load_command_class

from musubi.base.accounts.models import User
from musubi.base.index.models import Document
from musubi.base.index.queries import search
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.models import Mandate
from musubi.flow.actors.queries import standing_of
from musubi.flow.issues.services import index_issue
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import index_listing
from tests import factories

from .conftest import ROOT, Run

ANSWERS = {
    "--code": "14130",
    "--name": "川崎市",
    "--prefecture": "神奈川県",
    "--officer-email": "Tanto@example.jp",
    "--officer-name": "結城花子",
    "--contact": "市民協働課 044-000-0000",
}


def words_of(**changes: str) -> list[str]:
    answers = ANSWERS | {f"--{name.replace('_', '-')}": text for name, text in changes.items()}
    return [word for name, text in answers.items() if text for word in (name, text)]


def test_a_town_begins_with_its_first_officer(db: None, run: Run) -> None:
    ran = run("init", "--no-input", *words_of())
    assert ran.code == 0, ran
    town = Municipality.objects.get()
    assert (town.name, town.contact, town.is_demonstration) == ("川崎市", "市民協働課 044-000-0000", False)
    assert (town.area.code, town.area.parent.code, town.area.parent.name) == ("141305", "140007", "神奈川県")
    officer = User.objects.get()
    assert (officer.email, officer.name) == ("tanto@example.jp", "結城花子")
    assert EmailAddress.objects.get(user=officer).verified
    assert standing_of(officer).office_in == {town.pk}


def test_a_second_time_is_refused_with_a_sentence(db: None, run: Run) -> None:
    run("init", "--no-input", *words_of())
    ran = run("init", "--no-input", *words_of(code="142077", name="茅ヶ崎市"))
    assert (ran.code, "もう「川崎市」があります" in ran.error, Municipality.objects.count()) == (2, True, 1)
    again = run("init", "--no-input", "--add", *words_of())
    assert (again.code, "もう登録されています" in again.error) == (2, True)
    assert run("init", "--no-input", "--add", *words_of(code="142077", name="茅ヶ崎市")).code == 0
    assert Mandate.objects.count() == 2


def test_a_known_code_needs_no_name(kawasaki: Municipality, run: Run) -> None:
    kawasaki.delete()
    assert run("init", "--no-input", *words_of(name="", prefecture="")).code == 0
    assert Municipality.objects.get().name == "川崎市"
    assert Area.objects.filter(code="141305").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "141306"}, "検査数字"),
        ({"code": "140007"}, "都道府県のコードです"),
        ({"name": ""}, "--name（自治体の名前"),
        ({"officer_email": "tanto"}, "メールアドレスの形ではありません"),
        ({"contact": ""}, "--contact"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    db: None, run: Run, changes: dict[str, str], sentence: str
) -> None:
    ran = run("init", "--no-input", *words_of(**changes))
    assert (ran.code, sentence in ran.error) == (2, True), ran
    assert (Municipality.objects.count(), User.objects.count(), Area.objects.count()) == (0, 0, 0)


def test_a_trial_town_is_told_to_be_one(db: None, run: Run, settings: Any) -> None:
    assert "MUSUBI_MODE=production" in run("init", "--no-input", *words_of()).error
    settings.DEMONSTRATION = False
    ran = run("init", "--no-input", "--add", *words_of(code="142077", name="茅ヶ崎市"))
    assert (ran.code, ran.error) == (0, "")


@pytest.mark.parametrize("more", [(), ("--add",)])
def test_no_real_town_beside_the_demonstration(
    kawasaki: Municipality, run: Run, more: tuple[str, ...]
) -> None:
    Municipality.objects.update(is_demonstration=True)
    ran = run("init", "--no-input", *more, *words_of(code="142077", name="茅ヶ崎市"))
    assert (ran.code, Municipality.objects.count(), User.objects.count()) == (2, 1, 0)
    assert "デモの町「川崎市」があるので" in ran.error
    assert "MUSUBI_DATA_DIR" in ran.error


@pytest.mark.parametrize("words", [(), ("--fresh",), ("--listings", "5")])
def test_no_demonstration_beside_a_real_town(
    kawasaki: Municipality, run: Run, words: tuple[str, ...]
) -> None:
    before = Area.objects.count()
    ran = run("demo", *words)
    assert (ran.code, "本物の町「川崎市」が入っているので" in ran.error) == (2, True)
    assert (Municipality.objects.count(), Area.objects.count(), User.objects.count()) == (1, before, 0)


def test_the_demonstrations_own_town_takes_made_up_listings(kawasaki: Municipality, run: Run) -> None:
    Municipality.objects.update(is_demonstration=True)
    assert "デモの町はもうあります" in run("demo").out
    assert "測定用の掲載を 5 件加えました" in run("demo", "--listings", "5").out
    assert Listing.objects.filter(municipality=kawasaki).count() == 5


@pytest.mark.parametrize("name", ["demo", "bench", "flow", "serve", "worker", "init", "import", "match"])
def test_help_is_japanese_and_ends_with_an_example(name: str) -> None:
    command = load_command_class("musubi.config", name)
    text = command.create_parser("musubi", name).format_help()
    assert f"musubi {name}" in text.split("例:\n  ")[1]
    assert command.help[-1] in "。）"
    assert "受け付ける住所" not in text


@pytest.fixture
def pair(town: factories.Town) -> tuple[factories.Listing, factories.Listing]:
    """A need and an offer that answers it; the offer's number in its file is o1."""
    other = factories.make_actor(town.municipality, name="小杉会館")
    need = factories.make_listing(
        town.actor, title="台所つきの会場", areas=[town.city], lines=[("place", "台所", 30, "capacity")]
    )
    offer = factories.make_listing(
        other,
        Side.OFFER,
        title="台所つきの集会所",
        areas=[town.city],
        lines=[("place", "台所", 40, "capacity")],
        external_ref="o1",
    )
    return need, offer


def test_a_need_is_matched_by_its_own_number(pair: tuple[factories.Listing, ...], run: Run) -> None:
    need, _ = pair
    found = json.loads(run("match", need.pk, "--json").out)
    assert [(match["need"], match["offer"]) for match in found] == [(str(need.pk), "o1")]
    assert 0 < found[0]["score"] <= 1
    words = run("match", need.pk).out
    assert f"■ {need.pk} 台所つきの会場" in words
    assert found[0]["reasons"][0]["sentence"] in words
    assert json.loads(run("match", "--all", "--json").out) == found
    assert json.loads(run("match", need.pk, "--json", "--top", "1").out) == found


def test_why_not_says_what_would_have_to_change(pair: tuple[factories.Listing, ...], run: Run) -> None:
    need, offer = pair
    assert "候補に出ています（上から1番目）" in run("match", need.pk, "--why-not", "o1").out
    offer.provisions.update(amount=10)
    ran = run("match", need.pk, "--why-not", "o1")
    blockers = json.loads(run("match", need.pk, "--why-not", "o1", "--json").out)["blockers"]
    assert [blocker["rule"] for blocker in blockers] == ["capacity"]
    assert blockers[0]["sentence"] in ran.out
    assert blockers[0]["change"] in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "ニーズの番号か --all の、どちらか一つ"),
        (("999999",), "「999999」という番号のニーズ・提供は、結浜市にありません"),
        (("o1",), "「o1」はニーズではありません"),
        (("--all", "--why-not", "o1"), "--why-not は、ニーズ一つと一緒に使います"),
        (("o1", "--top", "0"), "--top は1から"),
    ],
)
def test_match_refuses_with_a_sentence(
    pair: tuple[factories.Listing, ...], run: Run, words: tuple[str, ...], sentence: str
) -> None:
    ran = run("match", *words)
    assert (ran.code, sentence in ran.error) == (2, True), ran


def test_the_index_rebuilt_gives_the_same_answers(
    town: factories.Town, pair: tuple[factories.Listing, ...], run: Run
) -> None:
    for listing in pair:
        index_listing(listing)
    issue = factories.make_issue(town, title="台所の水漏れ")
    index_issue(issue=issue)

    def answers() -> set[tuple[str, int]]:
        return {tuple(ref) for ref in search(partitions=[town.municipality.pk], text="台所").refs}

    before = answers()
    assert before == {("listing", pair[0].pk), ("listing", pair[1].pk), ("issue", issue.pk)}
    assert "索引を作り直しました" in run("index", "rebuild").out
    assert answers() == before
    Document.objects.all().delete()
    run("index", "rebuild")
    assert answers() == before


def test_a_file_that_is_not_there(kawasaki: object, run: Run) -> None:
    ran = run("import", "listings", "/nowhere/listings.csv")
    assert (ran.code, "見つかりません" in ran.error) == (2, True)


def test_without_a_town_one_is_told_to_begin(db: None, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    path.write_text("{}")
    for words in (("import", "listings", path), ("import", "actors", path), ("match", "1")):
        ran = run(*words)
        assert (ran.code, "musubi init" in ran.error) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("import", "areas", "/nowhere.csv"), 2, "ファイル /nowhere.csv が見つかりません"),
        (("import", "dreams", "x.csv"), 2, "書き方が正しくありません"),
        (("match", "--help"), 0, ""),
        (("import", "--help"), 0, ""),
    ],
)
def test_at_the_terminal_it_is_one_sentence_and_an_exit_code(
    tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("musubi")), *words],
        env={"MUSUBI_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    if code:
        assert sentence in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    else:
        assert f"例:\n  musubi {words[0]}" in done.stdout
