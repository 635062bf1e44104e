"""A meeting's pages, for members and staff: called, settled, recorded, ticked off."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.models import Case, DateAnswer, MeetingAction, PreMeeting
from musubi.web.design.forms import posted_boxes
from musubi.web.shared.agendas import AGENDAS
from musubi.web.workspace.meetings.section import section_of
from tests.factories import Town
from tests.together import make_case, make_meeting, owner_of
from tests.web.sound import is_sound


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, title="夏祭りのいす")


@pytest.fixture
def partner(case: Case) -> User:
    return owner_of(case.parties.last().actor)


@pytest.fixture
def meeting(case: Case, now: dt.datetime) -> PreMeeting:
    meeting = make_meeting(case, place="集会所", agenda="1. 自己紹介")
    for day in (3, 4):
        meeting.options.create(starts_at=now + dt.timedelta(days=day))
    return meeting


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def sent(client: Client, path: str, data: dict[str, str], status: int = 200) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status
    html = answer.content.decode()
    if status != 302:
        is_sound(html)
    return html


def date_rows(*rows: tuple[int, str]) -> dict[str, str]:
    """Dates so many days ahead, at a time."""
    data = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0"}
    for number, (days, at) in enumerate(rows):
        on = timezone.localdate() + dt.timedelta(days=days)
        data |= {**posted_boxes(f"rows-{number}-on", on), f"rows-{number}-at": at}
    return data


def call(*rows: tuple[int, str], **values: str) -> dict[str, str]:
    fields = {"minutes": "90", "place": "集会所", "online_url": "", "agenda": "話す", "template": "first"}
    return {**fields, **posted_boxes("answer_by", None), **date_rows(*rows), **values}


def test_a_member_calls_a_meeting(case: Case, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.owner), f"/workspace/meetings/new/{case.pk}/"
    html = page(client, path)
    assert "心配なこと" in html
    assert f'data-keep="meeting-of-{case.pk}"' in html
    answer = client.post(path, call((3, "13:30"), (4, "午後6時"), online_url="https://meet.example.jp/x"))
    meeting = PreMeeting.objects.get()
    assert answer["Location"] == f"/workspace/meetings/{meeting.pk}/?saved"
    times = [timezone.localtime(option.starts_at) for option in meeting.options.all()]
    assert [f"{moment:%H:%M}" for moment in times] == ["13:30", "18:00"]
    assert (meeting.minutes, meeting.place, meeting.agenda) == (90, "集会所", "話す")
    assert f"meeting-of-{case.pk}" in page(client, answer["Location"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (call(), "候補の日時を、1つ以上"),
        (call((-1, "10:00")), "過ぎた日時です"),
        (call((500, "10:00")), "1年より先"),
        (call((3, "")), "「始まる時刻」を入れてください"),
        (call((3, "10:00"), place=""), "場所か、オンライン"),
        (call((3, "10:00"), online_url="javascript:alert(1)"), "「https://」で始まる"),
        (call((3, "10:00"), online_url="ftp://example.jp/"), "「https://」で始まる"),
        (call((3, "10:00"), **posted_boxes("answer_by", dt.date(2020, 1, 1))), "過ぎた日です"),
        (call((3, "10:00"), agenda="あ" * 4001), "4000文字まで"),
    ],
)
def test_mistakes_are_told_and_nothing_is_lost(
    data: dict[str, str], sentence: str, case: Case, town: Town, sign_in: Any
) -> None:
    html = sent(sign_in(town.owner), f"/workspace/meetings/new/{case.pk}/", data)
    assert sentence in html
    assert data["agenda"] in html
    assert data["place"] in html
    assert not PreMeeting.objects.exists()


def test_an_agenda_is_filled_in_without_losing_anything(case: Case, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.owner), f"/workspace/meetings/new/{case.pk}/"
    first, day = str(AGENDAS["first"].text), str(AGENDAS["day"].text)
    data = call(
        (3, "13:30"), place="古い集会所", agenda=first.replace("\n", "\r\n"), template="day", fill="1"
    )
    html = sent(client, path, data)
    assert "古い集会所" in html
    assert 'value="13:30"' in html
    assert day in html
    assert first not in html
    html = sent(client, path, data | {"agenda": "大事な話"})
    assert html.index("大事な話") < html.index(day)
    assert "直してください" not in html
    assert not PreMeeting.objects.exists()


def test_rows_are_added_without_script(case: Case, town: Town, sign_in: Any) -> None:
    html = sent(
        sign_in(town.owner), f"/workspace/meetings/new/{case.pk}/", call((3, "13:30"), add_row="rows")
    )
    assert "候補の日時 2" in html
    assert 'value="13:30"' in html


def test_an_expired_sign_in_gives_back_what_was_typed(case: Case, town: Town) -> None:
    client, path = Client(), f"/workspace/meetings/new/{case.pk}/"
    client.post(path, call((3, "13:30"), place="古い集会所"))
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    html = page(client, path)
    assert "入力していた内容を戻しました" in html
    assert "古い集会所" in html
    assert 'value="13:30"' in html


def test_who_only_reads_sees_why_and_others_nothing(
    case: Case, meeting: PreMeeting, town: Town, other_town: Town, sign_in: Any
) -> None:
    new, path = f"/workspace/meetings/new/{case.pk}/", f"/workspace/meetings/{meeting.pk}/"
    reader = sign_in(town.viewer)
    assert "管理者・編集の担当" in page(reader, new, 403)
    assert "呼びかけた人とコーディネーターだけ" in page(reader, path)
    option = str(meeting.options.first().pk)
    assert "呼びかけた人" in sent(reader, f"{path}fix/", {"option": option}, 403)
    for part in ("more", "cancel", "told"):
        page(reader, f"{path}{part}/", 403)
    for person in (town.citizen, other_town.owner, other_town.officer):
        for address in (new, path, f"{path}cancel/", f"{path}record/"):
            assert sign_in(person).get(address).status_code == 404


def test_a_case_without_a_partner_yet_is_refused_with_a_sentence(town: Town, sign_in: Any) -> None:
    case = make_case(town, state="open")
    html = page(sign_in(town.owner), f"/workspace/meetings/new/{case.pk}/", 403)
    assert "相手が見つかってから" in html


def test_the_date_is_fixed_once(meeting: PreMeeting, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.coordinator), f"/workspace/meetings/{meeting.pk}/"
    html = page(client, path)
    assert html.count("この日に決める") == 2
    assert f"http://testserver/d/{meeting.token}/" in html
    first, last = (str(option.pk) for option in meeting.options.all())
    answer = client.post(f"{path}fix/", {"option": "x"}, follow=True)
    assert "選んでから" in answer.content.decode()
    sent(client, f"{path}fix/", {"option": last}, 302)
    meeting.refresh_from_db()
    assert meeting.starts_at == meeting.options.last().starts_at
    assert "決まりました" in page(client, path)
    assert "先に" in sent(client, f"{path}fix/", {"option": first}, 409)


def test_a_date_that_has_passed_is_not_offered(
    case: Case, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    meeting = make_meeting(case)
    option = meeting.options.create(starts_at=now - dt.timedelta(hours=1))
    client, path = sign_in(town.coordinator), f"/workspace/meetings/{meeting.pk}/"
    html = page(client, path)
    assert "過ぎた日時です" in html
    assert "この日に決める" not in html
    answer = client.post(f"{path}fix/", {"option": str(option.pk)}, follow=True)
    assert "もう過ぎています" in answer.content.decode()


def test_dates_are_added_looked_for_again_and_given_up(meeting: PreMeeting, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.coordinator), f"/workspace/meetings/{meeting.pk}/"
    page(client, f"{path}more/")
    sent(client, f"{path}more/", date_rows((8, "10:00")) | posted_boxes("answer_by", None), 302)
    assert meeting.options.count() == 3
    assert client.get(f"{path}again/")["Location"] == path
    sent(client, f"{path}fix/", {"option": str(meeting.options.last().pk)}, 302)
    assert client.get(f"{path}more/")["Location"] == path
    assert "をやめて" in page(client, f"{path}again/")
    assert "1つ以上" in sent(client, f"{path}again/", date_rows())
    sent(client, f"{path}again/", date_rows((9, "10:00")), 302)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.options.count()) == ("finding", 1)
    assert "取りやめますか" in page(client, f"{path}cancel/")
    sent(client, f"{path}cancel/", {"words": "雨のため"}, 302)
    assert "取りやめになりました" in page(client, path)
    assert client.get(f"{path}cancel/")["Location"] == path
    assert "先に" in sent(client, f"{path}cancel/", {"words": ""}, 409)


def test_too_many_dates_are_told_at_the_form(meeting: PreMeeting, town: Town, sign_in: Any) -> None:
    rows = date_rows(*((day, "10:00") for day in range(10, 19)))
    html = sent(sign_in(town.coordinator), f"/workspace/meetings/{meeting.pk}/more/", rows)
    assert "合わせて10まで" in html


def test_staff_type_in_what_they_were_told_and_put_it_right(
    meeting: PreMeeting, town: Town, sign_in: Any
) -> None:
    client, path = sign_in(town.coordinator), f"/workspace/meetings/{meeting.pk}/told/"
    assert "どのように聞きましたか" in page(client, path)
    marks = {f"mark_{option.pk}": "yes" for option in meeting.options.all()}
    data = {"name": "佐藤", "actor": str(town.actor.pk), "words": "", "source": "telephone", **marks}
    assert "「どのように聞きましたか」を選んで" in sent(client, path, data | {"source": ""})
    sent(client, path, data, 302)
    row = DateAnswer.objects.get()
    assert (row.name, row.actor, row.user) == ("佐藤", town.actor, None)
    assert "佐藤さんの返事を直す" in page(client, f"/workspace/meetings/{meeting.pk}/")
    assert 'value="佐藤"' in page(client, f"{path}{row.pk}/")
    sent(client, f"{path}{row.pk}/", data | {"name": "佐藤花子"}, 302)
    assert DateAnswer.objects.get().name == "佐藤花子"
    DateAnswer.objects.update(user=town.owner)
    assert client.get(f"{path}{row.pk}/").status_code == 404
    assert sign_in(town.owner).post(path, data).status_code == 403


def action_rows(*rows: tuple[str, str, int]) -> dict[str, str]:
    data = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0", "notes": "**いす**の数を決めた。"}
    for number, (what, who, days) in enumerate(rows):
        due = timezone.localdate() + dt.timedelta(days=days)
        data |= {
            f"rows-{number}-what": what,
            f"rows-{number}-who": who,
            **posted_boxes(f"rows-{number}-due_on", due),
        }
    return data


def test_a_record_ends_in_actions(
    case: Case, town: Town, partner: User, sign_in: Any, now: dt.datetime
) -> None:
    meeting = make_meeting(case, state="fixed", starts_at=now - dt.timedelta(days=1))
    client, path = sign_in(partner), f"/workspace/meetings/{meeting.pk}/"
    page(client, f"{path}record/")
    owner = str(town.actor.pk)
    for data, sentence in (
        (action_rows(), "決めたことを、1つ以上"),
        (action_rows(("電話する", "", 3)), "「だれが」を選んでください"),
        (action_rows(("電話する", owner, -3)), "打ち合わせの日より前"),
        (action_rows(("", owner, 3)), "「すること」を入れてください"),
        (action_rows(("電話する", "999999", 3)), "一覧にありません"),
    ):
        html = sent(client, f"{path}record/", data)
        assert sentence in html
        assert "いす**の数" in html
    sent(client, f"{path}record/", action_rows(("電話する", owner, 3), ("調べる", "coordinator", 4)), 302)
    assert [(row.what, row.actor) for row in MeetingAction.objects.all()] == [
        ("電話する", town.actor),
        ("調べる", None),
    ]
    html = page(client, path)
    assert "<strong>いす</strong>" in html
    assert "引き受けた団体" in html
    assert client.get(f"{path}record/")["Location"] == path
    assert "先に" in sent(client, f"{path}record/", action_rows(("電話する", owner, 3)), 409)


def test_done_is_pressed_by_whose_it_is(
    case: Case, town: Town, partner: User, sign_in: Any, now: dt.datetime
) -> None:
    meeting = make_meeting(case, state="held", starts_at=now)
    action = meeting.actions.create(what="電話する", actor=town.actor, due_on=timezone.localdate())
    path = f"/workspace/meetings/actions/{action.pk}/done/"
    assert sign_in(town.citizen).post(path).status_code == 404
    assert "引き受けた" in sent(sign_in(partner), path, {}, 403)
    client = sign_in(town.owner)
    assert client.post(path)["Location"] == f"/workspace/meetings/{meeting.pk}/"
    assert "済み" in page(client, f"/workspace/meetings/{meeting.pk}/")
    sent(client, path, {}, 409)
    other = meeting.actions.create(what="運ぶ", actor=town.actor, due_on=timezone.localdate())
    answer = client.post(f"/workspace/meetings/actions/{other.pk}/done/", {"back": "case"})
    assert answer["Location"] == f"/workspace/cases/{case.pk}/"


def test_the_section_of_a_case_in_constant_queries(case: Case, town: Town, now: dt.datetime) -> None:
    request: Any = RequestFactory().get("/")
    request.user = town.owner
    standing_of(town.owner)
    counts = []
    for further in (1, 29, 0):
        for _ in range(further):
            meeting = make_meeting(case, state="held", starts_at=now)
            meeting.actions.create(what="電話", actor=town.actor, due_on=timezone.localdate())
            meeting.actions.create(what="調べる", due_on=timezone.localdate())
        with CaptureQueriesContext(connection) as counted:
            part = section_of(request, case)
        counts.append(len(counted))
    assert len(part["rows"]) == 30
    assert [bool(verdict) for _, verdict in part["rows"][0][1]] == [True, False]
    assert counts[0] == counts[1] == counts[2]


def test_the_section_stands_on_the_cases_page(
    case: Case, meeting: PreMeeting, town: Town, sign_in: Any
) -> None:
    meeting.actions.create(what="電話する", actor=town.actor, due_on=timezone.localdate())
    html = page(sign_in(town.owner), f"/workspace/cases/{case.pk}/")
    assert "電話する" in html
    assert f"/workspace/meetings/{meeting.pk}/" in html
    assert f"/workspace/meetings/new/{case.pk}/" in html
