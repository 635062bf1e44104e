"""Letters and contacts: who writes where, who reads which thread, and what stays hidden until both say yes."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed
from musubi.base.files.models import StoredFile
from musubi.base.files.services import FileRefused
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.models import Membership
from musubi.flow.cases import services
from musubi.flow.cases.models import Case, CaseIntroduction, Letter
from musubi.flow.cases.queries import contacts_for, letters_for, parties_of, thread_for
from musubi.flow.matching.models import Introduction
from tests.factories import Town
from tests.together import make_case, make_introduction, make_need, make_offer, owner_of


def introduce(case: Case, town: Town, **fields: Any) -> Introduction:
    introduction = make_introduction(case.need, make_offer(town), **fields)
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    return introduction


def write(case: Case, by: Any, now: dt.datetime, text: str = "よろしくお願いします。", **more: Any) -> Letter:
    more = {"introduction": None, "actor": None, **more}
    return services.write_letter(case=case, text=text, by=by, now=now, **more)


def kinds(person: Any) -> list[str]:
    return [message.kind for message in messages_for(person)]


def read_by(person: Any, case: Case) -> list[str]:
    return [letter.text for letter in letters_for(person, case)]


def test_before_both_say_yes_the_two_sides_and_staff_write(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open")
    introduction = introduce(case, town)
    offer_side = introduction.offer.actor
    offerer = owner_of(offer_side)
    write(case, offerer, now, " 何脚いりますか。 ", introduction=introduction, actor=offer_side)
    write(case, town.owner, now, "40脚です。", introduction=introduction, actor=town.actor)
    write(case, town.coordinator, now, "いつですか。", introduction=introduction)
    for person in (town.owner, offerer, town.viewer, town.coordinator, town.officer):
        assert read_by(person, case) == ["何脚いりますか。", "40脚です。", "いつですか。"]
    assert read_by(town.citizen, case) == []
    assert [letter.actor for letter in letters_for(town.owner, case)] == [offer_side, town.actor, None]


def test_the_others_are_told_at_the_page_where_they_read_it(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open")
    introduction = introduce(case, town)
    offerer = owner_of(introduction.offer.actor)
    write(case, offerer, now, "何脚いりますか。", introduction=introduction, actor=introduction.offer.actor)
    message = messages_for(town.owner).get()
    assert message.subject == f"{introduction.offer.actor.name}から書き込みがありました：{case.title}"
    assert "何脚いりますか。" in message.text
    assert "@" not in message.text
    assert message.path == f"/workspace/introductions/{introduction.pk}/"
    assert messages_for(town.coordinator).get().path == message.path
    assert kinds(offerer) == kinds(town.viewer) == kinds(town.officer) == []


def test_a_letter_to_all_is_told_to_every_party(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    one, other = (owner_of(party.actor) for party in parties_of(case)[1:])
    write(case, town.owner, now, actor=town.actor)
    assert [kinds(person) for person in (one, other, town.coordinator, town.owner)] == [
        ["letter_received"], ["letter_received"], ["letter_received"], [],
    ]  # fmt: skip
    case.refresh_from_db()
    assert case.moved_at == now
    assert [event.verb for event in events_about(case)] == ["letter.write"]


def test_who_joined_through_one_introduction_does_not_read_the_thread_of_another(
    town: Town, now: dt.datetime
) -> None:
    case = make_case(town, offers=2)
    first, second = parties_of(case)[1:]
    write(case, town.owner, now, "一つ目へ", introduction=first.introduction, actor=town.actor)
    write(case, town.owner, now, "二つ目へ", introduction=second.introduction, actor=town.actor)
    write(case, town.owner, now, "みなさんへ", actor=town.actor)
    assert read_by(owner_of(first.actor), case) == ["一つ目へ", "みなさんへ"]
    assert read_by(owner_of(second.actor), case) == ["二つ目へ", "みなさんへ"]
    assert read_by(town.owner, case) == ["一つ目へ", "二つ目へ", "みなさんへ"]
    thread = thread_for(town.owner, case, second.introduction)
    assert [letter.text for letter in thread] == ["二つ目へ"]
    assert [letter.text for letter in thread_for(town.owner, case)] == ["みなさんへ"]


def test_who_is_only_asked_does_not_read_what_the_parties_write(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    asked = introduce(case, town)
    write(case, town.owner, now, "みなさんへ", actor=town.actor)
    assert read_by(owner_of(asked.offer.actor), case) == []


def test_who_left_reads_nothing_newer(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    party = parties_of(case)[1]
    person = owner_of(party.actor)
    write(case, town.owner, now, "前", actor=town.actor)
    services.leave_case(party=party, reason="busy", words="", by=person, now=now + dt.timedelta(hours=1))
    later = now + dt.timedelta(hours=2)
    write(case, town.owner, later, "後", actor=town.actor)
    assert read_by(person, case) == ["前"]
    assert read_by(town.owner, case) == ["前", "後"]
    with pytest.raises(NotAllowed, match="当事者の団体"):
        write(case, person, later, actor=party.actor)
    with pytest.raises(NotAllowed, match="この紹介は終わっている"):
        write(case, town.coordinator, later, introduction=party.introduction)


def test_who_left_and_is_introduced_again_reads_that_thread(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    party = parties_of(case)[1]
    person = owner_of(party.actor)
    services.leave_case(party=party, reason="busy", words="", by=person, now=now)
    again = make_introduction(case.need, make_offer(town, actor=party.actor))
    CaseIntroduction.objects.create(case=case, introduction=again)
    later = now + dt.timedelta(days=1)
    write(case, town.owner, later, "もう一度お願いします。", introduction=again, actor=town.actor)
    write(case, town.owner, later, "みなさんへ", actor=town.actor)
    assert read_by(person, case) == ["もう一度お願いします。"]


def test_a_coordinator_who_also_edits_for_a_party_is_told_once(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    partner = parties_of(case)[1].actor
    Membership.objects.create(actor=partner, user=town.coordinator, role="editor", joined_at=now)
    write(case, town.owner, now, actor=town.actor)
    assert kinds(town.coordinator) == ["letter_received"]
    services.close_case(case=case, reason="other", note="", by=town.officer, now=now)
    assert kinds(town.coordinator).count("case_closed") == 1


def test_the_readers_of_another_town_read_nothing(town: Town, other_town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    write(case, town.coordinator, now)
    for person in (other_town.officer, other_town.coordinator, other_town.owner, town.citizen):
        assert read_by(person, case) == []


def test_a_case_for_the_city_hall_is_closed_to_coordinators(town: Town, now: dt.datetime) -> None:
    case = make_case(town, need=make_need(town, visibility="city_hall", state="reserved"))
    write(case, town.officer, now, "庁内だけです。")
    assert (read_by(town.officer, case), read_by(town.coordinator, case)) == (["庁内だけです。"], [])
    assert (bool(contacts_for(town.officer, case)), contacts_for(town.coordinator, case)) == (True, [])


def test_nobody_writes_in_a_name_that_is_not_theirs(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    other = parties_of(case)[1]
    tries = [
        (town.owner, other.actor, None),
        (town.owner, None, None),
        (town.viewer, town.actor, None),
        (town.coordinator, town.actor, None),
        (town.citizen, town.actor, other.introduction),
    ]
    for by, actor, introduction in tries:
        with pytest.raises(NotAllowed):
            write(case, by, now, actor=actor, introduction=introduction)
    assert not Letter.objects.exists()


def test_an_introduction_of_another_case_is_no_thread_of_this_one(town: Town, now: dt.datetime) -> None:
    elsewhere = introduce(make_case(town), town)
    with pytest.raises(Introduction.DoesNotExist):
        write(make_case(town), town.coordinator, now, introduction=elsewhere)


def test_a_letter_has_words_and_may_have_a_file(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    with pytest.raises(ValidationError, match="本文を書いてください"):
        write(case, town.owner, now, "  ", actor=town.actor)
    with pytest.raises(FileRefused):
        write(case, town.owner, now, actor=town.actor, upload=SimpleUploadedFile("a.exe", b"MZ\x00\x01"))
    assert not Letter.objects.exists()
    png = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(png, "PNG")
    letter = write(
        case, town.owner, now, actor=town.actor, upload=SimpleUploadedFile("図.png", png.getvalue())
    )
    assert StoredFile.objects.get() == letter.file
    assert "ファイルが1つ付いています" in messages_for(town.coordinator).get().text


def test_letters_have_a_limit_an_hour(town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musubi.flow.cases.permissions.cases.LETTERS_AN_HOUR", 2)
    case = make_case(town)
    for _ in range(2):
        write(case, town.owner, now, actor=town.actor)
    with pytest.raises(NotAllowed, match="1時間に書けるのは2通まで"):
        write(case, town.owner, now, actor=town.actor)
    write(case, town.owner, now + dt.timedelta(minutes=61), actor=town.actor)


# Contacts


@pytest.fixture
def case(town: Town) -> Case:
    case = make_case(town)
    for party in parties_of(case):
        party.actor.phone, party.actor.representative = "000-1234", "代表"
        party.actor.save()
    return case


def test_contacts_are_seen_once_both_have_said_yes(town: Town, case: Case) -> None:
    other = parties_of(case)[1].actor
    person = owner_of(other)
    assert [(row.actor, row.phone) for row in contacts_for(town.owner, case)] == [(other, "000-1234")]
    assert [row.actor for row in contacts_for(person, case)] == [town.actor]
    assert [row.actor for row in contacts_for(town.coordinator, case)] == [town.actor, other]
    for nobody in (town.viewer, town.citizen):
        assert contacts_for(nobody, case) == []


@pytest.mark.parametrize("state", ["open", "closed"])
def test_contacts_are_hidden_before_and_after(town: Town, state: str) -> None:
    case = make_case(town, state=state)
    for person in (town.owner, town.coordinator):
        assert contacts_for(person, case) == []
        with pytest.raises(NotAllowed, match="両方が「話してみたい」と答えたあと"):
            services.open_contacts(case=case, by=person, now=timezone.now())


def test_who_left_sees_no_contacts(town: Town, case: Case, now: dt.datetime) -> None:
    party = parties_of(case)[1]
    services.leave_case(party=party, reason="busy", words="", by=owner_of(party.actor), now=now)
    case.refresh_from_db()
    assert contacts_for(owner_of(party.actor), case) == contacts_for(town.owner, case) == []


def test_that_contacts_were_seen_is_kept_once_a_person_and_day(town: Town, case: Case) -> None:
    noon = timezone.make_aware(dt.datetime(2026, 12, 1, 12))
    for hours in (0, 3, 12, 13):
        services.open_contacts(case=case, by=town.owner, now=noon + dt.timedelta(hours=hours))
    services.open_contacts(case=case, by=town.coordinator, now=noon)
    seen = events_about(case).filter(verb="personal_data.view").order_by("at", "pk")
    assert [(event.by, event.at) for event in seen] == [
        (f"user:{town.owner.pk}", noon),
        (f"user:{town.coordinator.pk}", noon),
        (f"user:{town.owner.pk}", noon + dt.timedelta(hours=12)),
    ]
