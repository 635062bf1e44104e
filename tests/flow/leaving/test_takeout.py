"""What is taken along: every kind is in it or said to be left out, one's own is whole, others' is not in it."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.files.models import StoredFile
from musubi.base.files.services import store_file
from musubi.flow.actors.models import Actor
from musubi.flow.cases.models import Letter
from musubi.flow.leaving.queries import FATES_OF_ACTOR, FATES_OF_PERSON, of_actor, of_person
from musubi.flow.leaving.services import take_out, take_out_actor
from tests import factories, together
from tests.factories import Town

from .test_fates import one_of_each_of_a_person, one_of_each_of_an_actor


@pytest.mark.parametrize(("stage", "fates"), [(of_person, FATES_OF_PERSON), (of_actor, FATES_OF_ACTOR)])
def test_every_key_is_taken_along_or_its_omission_explained(stage: Any, fates: dict[str, object]) -> None:
    """`FATES_…` are all keys there are: `test_fates` sees to it."""
    taken = [link for kind in stage.KINDS for link in kind.links]
    assert len(taken) == len(set(taken))
    assert set(taken) & set(stage.NOT_TAKEN) == set()
    assert set(taken) | set(stage.NOT_TAKEN) == set(fates)
    assert all(stage.NOT_TAKEN.values())
    names = [kind.name for kind in stage.KINDS]
    assert len(names) == len(set(names))


def opened(into: io.BytesIO) -> tuple[zipfile.ZipFile, dict[str, list[dict[str, Any]]]]:
    archive = zipfile.ZipFile(into)
    assert archive.testzip() is None
    return archive, json.loads(archive.read("data.json"))


def of(person: User, now: dt.datetime) -> tuple[zipfile.ZipFile, dict[str, list[dict[str, Any]]]]:
    into = io.BytesIO()
    take_out(by=person, into=into, now=now)
    return opened(into)


def of_an_actor(actor: Actor, by: User, now: dt.datetime) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    into = io.BytesIO()
    take_out_actor(actor=actor, by=by, into=into, now=now)
    return opened(into)


def table(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    content = archive.read(f"{name}.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_person_who_did_everything_finds_a_row_of_each_kind(town: Town, now: dt.datetime) -> None:
    person = factories.make_person("結城 花")
    one_of_each_of_a_person(town, person, now)
    archive, data = of(person, now)
    assert list(data) == [kind.name for kind in of_person.KINDS]
    assert [name for name, rows in data.items() if not rows] == []
    assert {f"{name}.csv" for name in data} | {"data.json", "README.txt"} <= set(archive.namelist())
    assert data["profile"][0]["email"] == person.email
    assert data["letters"][0]["text"] == "よろしく"
    assert table(archive, "date_answers")[1][1] == "結城 花"
    assert Event.objects.filter(verb="account.take_out", by=f"user:{person.pk}").count() == 1


def test_an_actor_that_did_everything_finds_a_row_of_each_kind(town: Town, now: dt.datetime) -> None:
    boss = factories.make_person("社長")
    actor = factories.make_actor(town.municipality, boss, name="結び会社", kind="company")
    rows = one_of_each_of_an_actor(town, actor, now)
    partner = rows["projects.Partner.actor"]
    project = partner.project
    evaluation = together.make_evaluation(project)
    evaluation.reviews.create(
        partner=partner, answers={"equal": 5}, without_musubi="none", decision="continue", said_at=now
    )
    story = together.make_story(project)
    story.consents.create(partner=partner, asked_at=now)
    project.tasks.create(what="運ぶ", partner=partner, due_on=now.date(), given_at=now)
    update = project.updates.create(partner=partner, text="始まりました", posted_at=now)
    update.pictures.create(file=rows["cases.Letter.actor"].file, alt="会場")
    project.allotments.create(
        listing=rows["cases.Party.actor"].listing,
        resource="goods",
        what="いす",
        amount=40,
        unit="items",
        taken_at=now,
    )
    archive, data = of_an_actor(actor, boss, now)
    assert list(data) == [kind.name for kind in of_actor.KINDS]
    assert [name for name, found in data.items() if not found] == []
    assert len(data["agreements"]) == len(data["agreement_parts"]) == 1
    assert table(archive, "allotments")[1][2:4] == ["いす", "40"]
    assert Event.objects.get(verb="actor.take_out").by == f"user:{boss.pk}"


def test_only_an_owner_takes_an_actors_records_along(town: Town, other_town: Town, now: dt.datetime) -> None:
    of_an_actor(town.actor, town.owner, now)
    for person in (town.viewer, town.officer, town.coordinator, town.citizen, other_town.owner):
        with pytest.raises(NotAllowed, match="管理者だけ"):
            of_an_actor(town.actor, person, now)


def test_what_others_wrote_and_their_addresses_are_not_in_it(town: Town, now: dt.datetime) -> None:
    case = together.make_case(town)
    for author, actor, text in (
        (town.owner, town.actor, "わたしの手紙"),
        (town.viewer, town.actor, "仲間の手紙"),
        (None, case.parties.last().actor, "相手の手紙"),
        (town.coordinator, None, "担当の手紙"),
    ):
        Letter.objects.create(case=case, actor=actor, author=author, text=text, sent_at=now)
    reply = case.introductions.get().introduction.replies.get(side="need")
    reply.said_by, reply.source, reply.words = town.owner, "telephone", "電話で聞いた言葉"
    reply.save()
    town.actor.invitations.create(
        email="secret@example.jp",
        role="viewer",
        token="t",
        invited_by=town.owner,
        invited_at=now,
        expires_at=now,
    )

    def words(archive: zipfile.ZipFile) -> str:
        return "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())

    mine = words(of(town.owner, now)[0])
    ours = words(of_an_actor(town.actor, town.owner, now)[0])
    assert ("わたしの手紙" in mine, "わたしの手紙" in ours) == (True, True)
    assert ("仲間の手紙" in mine, "仲間の手紙" in ours) == (False, True)
    assert "電話で聞いた言葉" not in mine
    for text in (mine, ours):
        for others in (
            "相手の手紙",
            "担当の手紙",
            "secret@example.jp",
            town.viewer.email,
            town.coordinator.email,
        ):
            assert others not in text
    assert (town.owner.email in mine, town.owner.email in ours) == (True, False)


def test_the_files_are_in_it_and_their_names_lead_nowhere(town: Town, now: dt.datetime) -> None:
    upload = SimpleUploadedFile("名簿.csv", "名前,数\nいす,40\n".encode())
    stored = store_file(upload=upload, by=town.owner, municipality_id=town.municipality.pk, now=now)
    lost = store_file(
        upload=SimpleUploadedFile("b.csv", b"a,b\n1,2\n"),
        by=town.owner,
        municipality_id=town.municipality.pk,
        now=now,
    )
    lost.file.storage.delete(lost.file.name)
    StoredFile.objects.filter(pk=stored.pk).update(name="../../名簿.csv")
    archive, data = of(town.owner, now)
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert files == [f"files/{stored.pk}-名簿.csv"]
    assert archive.read(files[0]).decode() == "名前,数\nいす,40\n"
    assert {row["name"] for row in data["files"]} == {"../../名簿.csv", "b.csv"}
    assert "b.csv … ファイルの中身が見つかりませんでした。" in archive.read("README.txt").decode("utf-8-sig")


def test_a_table_reads_as_a_person_reads_it_and_runs_nothing(town: Town, now: dt.datetime) -> None:
    factories.make_listing(
        town.actor,
        created_by=town.owner,
        title="=1+1",
        areas=[town.wards[0]],
        lines=[("goods", "いす", 40, "items")],
        fields=[3],
    )
    archive, data = of(town.owner, now)
    header, row = table(archive, "listings")
    found = dict(zip(header, row, strict=True))
    assert found["題名"] == "'=1+1"
    assert (found["ニーズ・提供"], found["状態"]) == ("ニーズ（求めています）", "公開中")
    assert (found["必要なもの・渡せるもの"], found["分野"]) == ("物品 いす 40個", "まちづくり")
    assert (data["listings"][0]["state"], data["listings"][0]["title"]) == ("published", "=1+1")


def test_the_letter_says_what_there_is_and_what_there_is_not(town: Town, now: dt.datetime) -> None:
    archive, _data = of(town.citizen, now)
    text = archive.read("README.txt").decode("utf-8-sig")
    assert "町への登録 … 1件（registrations.csv）" in text
    assert "やりとりに書いたもの … ありません" in text
    assert "letters.csv" not in archive.namelist()


def test_queries_do_not_grow_with_what_was_written(town: Town, now: dt.datetime) -> None:
    def fill() -> None:
        case = together.make_case(town)
        Letter.objects.create(case=case, actor=town.actor, author=town.owner, text="手紙", sent_at=now)
        factories.make_listing(town.actor, created_by=town.owner, lines=[("goods", "いす", 40, "items")])
        meeting = together.make_meeting(case)
        option = meeting.options.create(starts_at=now)
        answer = meeting.answers.create(name="花", user=town.owner, key=f"k{case.pk}", answered_at=now)
        answer.marks.create(option=option, mark="yes")
        answer.meeting.actions.create(what="数える", actor=town.actor, due_on=now.date())
        together.make_agreement(case)
        version = case.agreement.versions.get()
        version.written_by = town.owner
        version.save()

    fill()
    of_an_actor(town.actor, town.owner, now)  # from here on it is known who the owner is
    counts = []
    for times in (0, 5):
        for _ in range(times):
            fill()
        with CaptureQueriesContext(connection) as counted:
            of(town.owner, now)
            of_an_actor(town.actor, town.owner, now)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_who_has_left_takes_no_drafts_of_the_others_along(town: Town, now: dt.datetime) -> None:
    project = together.make_project(town, state="achieved")
    partner = project.partners.get(role="partner")
    story = together.make_story(project, title="書きかけの話")
    owner = together.owner_of(partner.actor)

    def titles() -> list[str]:
        return [row["title"] for row in of_an_actor(partner.actor, owner, now)[1]["stories"]]

    assert titles() == ["書きかけの話"]
    partner.left_on = now.date()
    partner.save()
    assert titles() == []
    story.state, story.published_at = "published", now
    story.save()
    assert titles() == ["書きかけの話"]
