"""`musubi import projects`: a department's list of what already runs."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from musubi.base.audit.models import Event
from musubi.base.notify.models import Message
from musubi.base.places.models import Municipality
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.services import extend_project
from tests import factories

from .conftest import Run, WriteCsv, report_rows

HEADER = ("番号", "事業名", "事業概要", "協働形態", "所管課", "協働の相手方", "年度", "成果", "分野")
ROW = ("K-1", "駅前花壇の手入れ", "駅前の花壇を一年中咲かせる。", "業務委託", "緑政課", "花の会、小杉商店街", "令和7年度", "苦情がなくなった。", "3、7")  # fmt: skip
COLUMNS = ("管理番号", "名前", "目的", "協働の形", "担当課", "相手", "年度", "結果", "分野")


def rows_of(*changes: dict[str, str]) -> list[list[str]]:
    return [[change.get(name, value) for name, value in zip(COLUMNS, ROW, strict=True)] for change in changes]


def take(run: Run, write_csv: WriteCsv, *changes: dict[str, str], **more: Any) -> Any:
    path = write_csv("projects.csv", COLUMNS, rows_of(*changes), **more)
    return run("import", "projects", path)


def test_an_inventory_as_a_department_keeps_it(kawasaki: Municipality, run: Run, write_csv: WriteCsv) -> None:
    office = factories.make_actor(kawasaki, name="川崎市 緑政課", kind="department")
    garden = factories.make_actor(kawasaki, name="花の会")
    header = [name if name != "協働の相手方" else "協働相手" for name in HEADER]
    ran = run("import", "projects", write_csv("p.csv", header, [ROW], encoding="cp932"))
    assert (ran.code, "取り込みました: 1件" in ran.out) == (0, True), ran
    project = Project.objects.get()
    assert (project.title, project.form, project.state, project.source, project.external_ref) == (
        "駅前花壇の手入れ", "commission", "achieved", "import", "K-1",
    )  # fmt: skip
    assert (project.starts_on, project.ends_on) == (dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert (project.result, project.fields, project.was_born_elsewhere) == (
        "苦情がなくなった。",
        [3, 7],
        True,
    )
    assert list(project.areas.values_list("name", flat=True)) == ["川崎市"]
    partners = project.partners.order_by("pk").values_list("actor", "name", "role")
    assert list(partners) == [
        (office.pk, "", "lead"),
        (garden.pk, "", "partner"),
        (None, "小杉商店街", "partner"),
    ]
    assert "「小杉商店街」という団体の登録がないので、名前だけで残します。" in ran.out
    assert Event.objects.filter(verb="project.enter", subject_ref=str(project.pk)).count() == 1


def test_the_same_file_twice_changes_nothing(kawasaki: Municipality, run: Run, write_csv: WriteCsv) -> None:
    take(run, write_csv, {})
    before = list(Project.objects.values()), list(Partner.objects.values())
    again = take(run, write_csv, {})
    assert (again.code, "前と同じです: 1件" in again.out) == (0, True)
    assert (list(Project.objects.values()), list(Partner.objects.values())) == before


def test_a_newer_list_brings_it_up_to_date(kawasaki: Municipality, run: Run, write_csv: WriteCsv) -> None:
    take(run, write_csv, {})
    ran = take(run, write_csv, {"目的": "花壇を二つに増やす。", "相手": "花の会"})
    assert "新しくしました: 1件" in ran.out
    project = Project.objects.get()
    assert project.aim == "花壇を二つに増やす。"
    left = project.partners.exclude(left_on=None).values_list("name", flat=True)
    assert list(left) == ["小杉商店街"]


def test_what_people_have_worked_on_is_not_overwritten(
    town: factories.Town, run: Run, write_csv: WriteCsv
) -> None:
    take(run, write_csv, {"年度": "", "結果": ""})
    project = Project.objects.get()
    today = timezone.localdate()
    dates = {"ends_on": today + dt.timedelta(days=90), "review_on": today + dt.timedelta(days=30)}
    extend_project(project=project, **dates, by=town.coordinator, now=timezone.now())
    ran = take(run, write_csv, {"目的": "別の目的。", "年度": "", "結果": ""})
    assert "前と同じです: 1件" in ran.out
    assert "画面で書き直されているので" in ran.out
    project.refresh_from_db()
    assert (project.aim, project.ends_on) == (ROW[2], dates["ends_on"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"名前": ""}, "「名前」がありません"),
        ({"目的": "なし"}, "「目的」がありません"),
        ({"相手": ""}, "「相手」がありません"),
        ({"協働の形": "なかよし"}, "次のどれかにしてください: 共催"),
        ({"年度": "きょねん"}, "「令和7年度」か「2025年度」"),
        ({"相手": "ふたごの会"}, "いくつもあります"),
        ({"名前": "長" * 121}, "120文字まで"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_are(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv, change: dict[str, str], sentence: str
) -> None:
    for _ in range(2):
        factories.make_actor(kawasaki, name="ふたごの会")
    ran = take(run, write_csv, change, {"管理番号": "K-2", "名前": "里山の道なおし"})
    assert (ran.code, sentence in ran.out) == (0, True), ran
    assert list(Project.objects.values_list("external_ref", flat=True)) == ["K-2"]


def test_rows_without_a_number_are_told_apart_by_their_names(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    ran = take(run, write_csv, {"管理番号": ""}, {"管理番号": "", "名前": "里山"}, {"管理番号": ""})
    assert ("取り込みました: 2件" in ran.out, "同じ名前は2行目にもあります" in ran.out) == (True, True)


def test_the_state_follows_the_dates_unless_it_is_said(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    today = timezone.localdate()
    year = today.year - (today.month < 4)
    header = (*COLUMNS, "いまの様子", "中止の理由")
    said = (
        ("A", f"{year}年度", "", ""), ("B", f"{year + 2}年度", "", ""), ("C", f"{year - 2}年度", "", ""),
        ("D", f"{year - 2}年度", "継続中", ""), ("E", f"{year}年度", "", "人手が足りなくなった"),
    )  # fmt: skip
    rows = [
        [*rows_of({"管理番号": ref, "名前": ref, "年度": when, "結果": ""})[0], state, why]
        for ref, when, state, why in said
    ]
    run("import", "projects", write_csv("p.csv", header, rows))
    found = dict(Project.objects.values_list("external_ref", "state"))
    assert found == {"A": "active", "B": "preparing", "C": "achieved", "D": "active", "E": "stopped"}


def test_what_has_stopped_does_not_end_in_days_to_come(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    later = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    header = (*COLUMNS, "終わり", "中止の理由")
    row = [*rows_of({"管理番号": "Z", "年度": ""})[0], later, "人手が足りなくなった"]
    run("import", "projects", write_csv("p.csv", header, [row]), "--report", tmp_path / "report.csv")
    assert "今日までの日にしてください" in report_rows(tmp_path / "report.csv")[0]["取り込めない理由"]
    assert not Project.objects.exists()


def test_trying_first_keeps_nothing(kawasaki: Municipality, run: Run, write_csv: WriteCsv) -> None:
    path = write_csv("projects.csv", COLUMNS, rows_of({}))
    ran = run("import", "projects", path, "--dry-run")
    assert ("取り込めます: 1件" in ran.out, Project.objects.count()) == (True, 0)


def test_the_report_names_every_row(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    path = write_csv("projects.csv", COLUMNS, rows_of({}, {"管理番号": "K-2", "目的": ""}))
    run("import", "projects", path, "--report", tmp_path / "report.csv")
    rows = report_rows(tmp_path / "report.csv")
    assert [row["番号"] for row in rows] == ["K-1", ""]
    assert "「目的」がありません" in rows[1]["取り込めない理由"]


def test_the_template_is_a_form_whose_example_is_passed_over(
    kawasaki: Municipality, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "projects.xlsx"
    assert run("template", "projects", path).code == 0
    assert load_workbook(path).sheetnames == ["入力", "説明"]
    ran = run("import", "projects", path)
    assert ("飛ばしました: 1件" in ran.out, Project.objects.count()) == (True, 0)


def test_a_list_of_something_else_is_told_to_be_none(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    ran = run("import", "projects", write_csv("x.csv", ("施設名", "住所"), [("公民館", "中原区")]))
    assert (ran.code, "必要な列「名前」「目的」「協働の形」「相手」がありません" in ran.error) == (2, True)


def test_a_person_is_never_meant_by_a_name_alone(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    person, owner = factories.make_person(), factories.make_person()
    factories.make_actor(kawasaki, person, name="小杉商店街", kind="individual")
    garden = factories.make_actor(kawasaki, owner, name="花の会")
    ran = take(run, write_csv, {})
    partners = Partner.objects.order_by("pk").values_list("actor", "name")
    assert list(partners) == [(None, "緑政課"), (garden.pk, ""), (None, "小杉商店街")]
    assert "「小杉商店街」という団体の登録がないので" in ran.out
    # a person of the same name does not make a group's name unclear
    factories.make_actor(kawasaki, name="花の会", kind="individual")
    assert "前と同じです: 1件" in take(run, write_csv, {}).out
    assert list(Message.objects.values_list("recipient", flat=True)) == [owner.pk]
