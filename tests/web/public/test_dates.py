"""Finding a date by a link without an account: anybody who has the address answers, and changes their own."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.cases.models import Case, DateAnswer, PreMeeting
from musubi.flow.cases.services import answer_dates, call_meeting, cancel_meeting, fix_date
from tests.factories import Town, make_person
from tests.together import make_case
from tests.web.sound import is_sound


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, title="夏祭りのいす")


@pytest.fixture
def meeting(case: Case, town: Town, now: dt.datetime) -> PreMeeting:
    return call_meeting(
        case=case,
        options=[now + dt.timedelta(days=day) for day in (3, 4)],
        place="浜町集会所",
        online_url="https://meet.example.jp/abc",
        agenda="1. 自己紹介",
        by=town.coordinator,
        now=now,
    )


def posted(meeting: PreMeeting, *marks: str, **values: str) -> dict[str, str]:
    given = {f"mark_{o.pk}": m for o, m in zip(meeting.options.all(), marks, strict=False)}
    return {"name": "山田", "actor": "other", "words": "", **given, **values}


def address(meeting: PreMeeting) -> str:
    return f"/d/{meeting.token}/"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


def test_answering_without_an_account_and_changing_it(meeting: PreMeeting, case: Case, town: Town) -> None:
    client = Client()
    html = page(client, address(meeting))
    for shown in ("夏祭りのいす", "浜町集会所", "自己紹介", town.actor.name, "結浜市のコーディネーター"):
        assert shown in html
    answer = client.post(
        address(meeting), posted(meeting, "yes", "maybe", actor=str(town.actor.pk), words="夜なら")
    )
    row = DateAnswer.objects.get()
    own = f"{address(meeting)}{row.key}/"
    assert answer["Location"] == own
    assert (row.name, row.actor, row.words, row.user) == ("山田", town.actor, "夜なら", None)
    html = page(client, own)
    assert f"http://testserver{own}" in html
    assert "ひかえておくと" in html
    assert f'data-keep-clear="dates-{meeting.pk}"' in html
    other = page(Client(), address(meeting))
    assert "1人（山田）" in other
    assert "夜なら" in other
    assert row.key not in other
    client.post(own, posted(meeting, "no", "no", name="山田二郎"))
    row.refresh_from_db()
    assert (row.name, row.actor, DateAnswer.objects.count()) == ("山田二郎", None, 1)


def test_nothing_is_found_by_guessing_nor_by_search_engines(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    client = Client()
    answer_dates(
        meeting=meeting, name="会長", marks={o.pk: "yes" for o in meeting.options.all()}, by=town.owner, now=now
    )  # fmt: skip
    mine = DateAnswer.objects.get()
    for path in ("/d/nothing/", f"{address(meeting)}nothing/", f"{address(meeting)}{mine.key}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, posted(meeting, "yes", "yes")).status_code == 404
    answer = client.get(address(meeting))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    # The browser's own copy may stay, so that Back finds what was typed; the worker's may not.
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Musubi-Keep" not in answer
    html = answer.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in html
    for secret in ("@example.jp", "https://meet.example.jp/abc", mine.key):
        assert secret not in html


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "「お名前」を入れてください。"),
        ({"actor": ""}, "「どの団体の方ですか」を選んでください。"),
        ({"actor": "999999"}, "一覧にありません"),
        ({"words": "あ" * 201}, "200文字までに"),
    ],
)
def test_mistakes_are_told_at_their_field_and_nothing_is_lost(
    values: dict[str, str], sentence: str, meeting: PreMeeting
) -> None:
    given = posted(meeting, "yes", "maybe", **({"name": "山田花子", "words": "夜なら"} | values))
    html = Client().post(address(meeting), given | values).content.decode()
    is_sound(html)
    assert sentence in html
    assert html.count("checked") >= 2
    assert not DateAnswer.objects.exists()


def test_every_date_wants_a_mark(meeting: PreMeeting) -> None:
    html = Client().post(address(meeting), posted(meeting, "yes")).content.decode()
    is_sound(html)
    assert "を選んでください" in html
    assert not DateAnswer.objects.exists()


def test_a_member_answers_once_and_finds_it_again(meeting: PreMeeting, town: Town, sign_in: Any) -> None:
    client = sign_in(town.owner)
    html = page(client, address(meeting))
    assert "どの団体の方ですか" not in html
    assert f'value="{town.owner.name}"' in html
    data = posted(meeting, "yes", "no", name="会長")
    answer = client.post(address(meeting), data)
    assert answer["Location"] == f"{address(meeting)}?saved"
    assert 'data-keep-clear="dates-' in page(client, answer["Location"])
    client.post(address(meeting), data | {"name": "会長さん"})
    row = DateAnswer.objects.get()
    assert (row.name, row.user, row.actor) == ("会長さん", town.owner, town.actor)
    assert 'value="会長さん"' in page(client, address(meeting))


def test_staff_answer_for_themselves_and_others_like_a_visitor(
    meeting: PreMeeting, town: Town, sign_in: Any
) -> None:
    staff, stranger = sign_in(town.coordinator), sign_in(make_person())
    assert "どの団体の方ですか" not in page(staff, address(meeting))
    staff.post(address(meeting), posted(meeting, "yes", "yes"))
    assert DateAnswer.objects.get(user=town.coordinator).actor is None
    assert "どの団体の方ですか" in page(stranger, address(meeting))
    stranger.post(address(meeting), posted(meeting, "yes", "yes", actor=str(town.actor.pk)))
    assert DateAnswer.objects.exclude(user=town.coordinator).get().actor == town.actor


def test_staff_who_open_somebodys_own_address_keep_whose_it_is(
    meeting: PreMeeting, town: Town, sign_in: Any
) -> None:
    Client().post(address(meeting), posted(meeting, "yes", "no", actor=str(town.actor.pk)))
    row = DateAnswer.objects.get()
    path = f"{address(meeting)}{row.key}/"
    staff = sign_in(town.coordinator)
    assert "どの団体の方ですか" in page(staff, path)
    staff.post(path, posted(meeting, "no", "no", actor=str(town.actor.pk)))
    row.refresh_from_db()
    assert (row.actor, row.user) == (town.actor, None)


def test_after_it_is_fixed_the_page_says_when_and_takes_no_answer(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    fix_date(meeting=meeting, option=meeting.options.first(), by=town.coordinator, now=now)
    html = page(Client(), address(meeting))
    assert "日時が決まりました" in html
    assert 'href="https://meet.example.jp/abc"' in html
    assert "もう決まっています" in html
    answer = Client().post(address(meeting), posted(meeting, "yes", "yes"))
    assert answer.status_code == 403
    assert "もう決まっています" in answer.content.decode()


def test_what_is_given_up_says_so(meeting: PreMeeting, town: Town, now: dt.datetime) -> None:
    cancel_meeting(meeting=meeting, by=town.coordinator, now=now)
    assert "返事はいりません" in page(Client(), address(meeting))
    assert Client().post(address(meeting), posted(meeting, "yes", "yes")).status_code == 403


def test_a_full_meeting_asks_to_tell_the_caller(meeting: PreMeeting, now: dt.datetime) -> None:
    DateAnswer.objects.bulk_create(
        DateAnswer(meeting=meeting, name="うそ", key=f"k{number}", answered_at=now) for number in range(60)
    )
    assert "たくさんの返事" in page(Client(), address(meeting))
    assert Client().post(address(meeting), posted(meeting, "yes", "yes")).status_code == 403
    assert "返事を直す" in page(Client(), f"{address(meeting)}k1/")


def test_what_a_name_says_is_only_text(meeting: PreMeeting) -> None:
    client = Client()
    client.post(address(meeting), posted(meeting, "yes", "yes", name="<script>alert(1)</script>"))
    assert "<script>alert" not in page(client, address(meeting))


def test_the_same_number_of_queries_for_one_answer_and_for_thirty(
    meeting: PreMeeting, now: dt.datetime
) -> None:
    counts = []
    for further in (1, 29, 0):
        for number in range(further):
            answer_dates(
                meeting=meeting,
                name=f"人{number}",
                marks={option.pk: "yes" for option in meeting.options.all()},
                now=now,
            )
        with CaptureQueriesContext(connection) as counted:
            page(Client(), address(meeting))
        counts.append(len(counted))
    assert counts[0] == counts[1]
