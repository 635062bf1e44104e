"""From a reader's report to a hiding, its author's answer and the office's decision."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.index.queries import search
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import actors_for
from musubi.flow.actors.services.indexing import index_actor
from musubi.flow.issues.models import Issue
from musubi.flow.issues.queries import issues_for
from musubi.flow.issues.services import index_issue
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for
from musubi.flow.listings.services import index_listing
from musubi.flow.matching.queries import proposals_for
from musubi.flow.matching.services import propose_for_need
from musubi.flow.moderation import services
from musubi.flow.moderation.enums import HidingState, ReportState
from musubi.flow.moderation.models import Hiding, Report
from musubi.flow.moderation.permissions import REPORTS_A_DAY
from musubi.flow.moderation.queries import own_hidings_for
from musubi.flow.moderation.workflow import HIDING
from tests.factories import Town, make_actor, make_issue, make_listing, make_person

VISITOR = AnonymousUser()


def report(subject: Any, now: dt.datetime, by: Any = VISITOR, mark: str = "m") -> Report:
    return services.report(subject=subject, reason="false", words="去年の話です。", by=by, mark=mark, now=now)


def indexed(subject: Any) -> Any:
    if isinstance(subject, Listing):
        index_listing(subject)
    elif isinstance(subject, Issue):
        index_issue(issue=subject)
    else:
        index_actor(actor=subject)
    return subject


def found(town: Town, words: str) -> list[tuple[str, int]]:
    return sorted(tuple(ref) for ref in search(partitions=[town.municipality.pk], text=words).refs)


def told(person: Any) -> list[str]:
    return sorted(message.kind for message in messages_for(person))


@pytest.fixture
def listing(town: Town) -> Listing:
    return indexed(
        make_listing(town.actor, title="古い掲示", body="去年の祭りの手伝いです。", entered_by=None)
    )


def subject_of(kind: str, town: Town) -> Any:
    if kind == "listing":
        return indexed(make_listing(town.actor, title="掲示その一"))
    if kind == "issue":
        return indexed(make_issue(town, by=town.owner, title="掲示その二"))
    return indexed(make_actor(town.municipality, town.owner, name="掲示の会"))


KINDS = ("listing", "issue", "actor")


@pytest.mark.parametrize("kind", KINDS)
def test_from_the_report_to_being_shown_again(kind: str, town: Town, now: dt.datetime) -> None:
    subject = subject_of(kind, town)
    row = report(subject, now, by=town.citizen)
    assert told(town.officer) == ["report_received"]
    hiding = services.uphold_report(report=row, reason="去年の内容です。", by=town.officer, now=now)
    subject.refresh_from_db()
    assert (hiding.subject, subject.hidden_reason, subject.hidden_at) == (subject, "去年の内容です。", now)
    assert found(town, "掲示") == []
    assert told(town.owner) == ["listing_hidden"]
    assert told(town.citizen) == ["report_decided"]

    services.answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now)
    assert told(town.officer) == ["hiding_answered", "report_received"]
    services.keep_hidden(hiding=hiding, reason="まだ直っていません。", by=town.officer, now=now)
    assert told(town.owner) == ["listing_hidden", "listing_hidden"]
    assert found(town, "掲示") == []

    lifted = services.lift_hiding(hiding=hiding, reason="確かめました。", by=town.officer, now=now)
    subject.refresh_from_db()
    assert (lifted.state, subject.hidden_at, subject.hidden_reason) == (HidingState.LIFTED, None, "")
    assert found(town, "掲示") == [(kind, subject.pk)]
    assert told(town.owner) == ["hiding_lifted", "listing_hidden", "listing_hidden"]
    verbs = [event.verb for event in events_about(hiding).order_by("pk")]
    assert verbs == ["hiding.make", "hiding.answer", "hiding.uphold", "hiding.lift"]


READERS = {"listing": listings_for, "issue": issues_for, "actor": actors_for}


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_is_read_by_its_author_and_the_office_with_the_reason(
    kind: str, town: Town, now: dt.datetime
) -> None:
    subject = subject_of(kind, town)
    services.hide(subject=subject, reason="個人の電話番号があります。", by=town.officer, now=now)
    for person, reads in ((VISITOR, False), (town.citizen, False), (town.owner, True), (town.officer, True)):
        row = READERS[kind](person).filter(pk=subject.pk).first()
        assert (row is not None) is reads
        assert row is None or row.hidden_reason == "個人の電話番号があります。"
    assert [hiding.subject for hiding in own_hidings_for(town.owner)] == [subject]
    assert list(own_hidings_for(town.citizen)) == list(own_hidings_for(VISITOR)) == []


def test_what_a_hidden_actor_posted_goes_and_comes_with_it(town: Town, now: dt.datetime) -> None:
    actor = make_actor(town.municipality, town.owner, name="うわさの会")
    listing = indexed(make_listing(actor, title="椅子を貸します", side="offer"))
    hiding = services.hide(subject=actor, reason="実在しません。", by=town.officer, now=now)
    assert found(town, "椅子") == []
    assert not listings_for(town.citizen).filter(pk=listing.pk).exists()
    services.lift_hiding(hiding=hiding, reason="確かめました。", by=town.officer, now=now)
    assert found(town, "椅子") == [("listing", listing.pk)]
    assert listings_for(town.citizen).filter(pk=listing.pk).exists()


def test_hidden_is_proposed_to_nobody(town: Town, now: dt.datetime) -> None:
    giver = make_actor(town.municipality, make_person(), name="集会所の会")
    need = make_listing(
        town.actor,
        title="会議の部屋を探しています",
        lines=[("place", "会議室", 20, "capacity")],
        areas=[town.city],
    )
    offer = make_listing(
        giver,
        side="offer",
        title="会議室を貸します",
        lines=[("place", "会議室", 30, "capacity")],
        areas=[town.city],
    )
    indexed(need)
    indexed(offer)
    propose_for_need(need=need, now=now)
    assert [proposal.offer for proposal in proposals_for(town.owner)] == [offer]
    hiding = services.hide(subject=offer, reason="閉館しました。", by=town.officer, now=now)
    assert list(proposals_for(town.owner)) == []
    assert propose_for_need(need=need, now=now) == []
    services.lift_hiding(hiding=hiding, reason="開いていました。", by=town.officer, now=now)
    assert [proposal.offer for proposal in propose_for_need(need=need, now=now)] == [offer]


def test_every_open_report_on_the_same_thing_is_closed_with_one_hiding(
    listing: Listing, town: Town, now: dt.datetime
) -> None:
    other = make_listing(town.actor)
    first, second, elsewhere = (
        report(listing, now, town.citizen),
        report(listing, now, town.viewer),
        report(other, now),
    )
    dismissed = services.dismiss_report(
        report=report(listing, now), reason="問題ありません。", by=town.officer, now=now
    )
    hiding = services.uphold_report(report=first, reason="古いです。", by=town.officer, now=now)
    states = {row.pk: (row.state, row.hiding) for row in Report.objects.all()}
    assert states == {
        first.pk: (ReportState.UPHELD, hiding),
        second.pk: (ReportState.UPHELD, hiding),
        elsewhere.pk: (ReportState.OPEN, None),
        dismissed.pk: (ReportState.DISMISSED, None),
    }
    assert told(town.viewer) == ["report_decided"]


def test_a_later_report_on_what_is_hidden_joins_the_same_hiding(
    listing: Listing, town: Town, now: dt.datetime
) -> None:
    early, late = report(listing, now), report(listing, now)
    hiding = services.hide(subject=listing, reason="古いです。", by=town.officer, now=now)
    assert services.uphold_report(report=early, reason="やはり古いです。", by=town.officer, now=now) == hiding
    late.refresh_from_db()
    assert (late.hiding, Hiding.objects.count()) == (hiding, 1)
    assert told(town.owner) == ["listing_hidden"]


def test_what_was_shown_again_may_be_hidden_anew(listing: Listing, town: Town, now: dt.datetime) -> None:
    first = services.hide(subject=listing, reason="古いです。", by=town.officer, now=now)
    services.lift_hiding(hiding=first, reason="新しくなりました。", by=town.officer, now=now)
    second = services.hide(subject=listing, reason="また古くなりました。", by=town.officer, now=now)
    assert (Hiding.objects.count(), second.reason) == (2, "また古くなりました。")


def test_only_the_office_of_the_town_decides(
    listing: Listing, town: Town, other_town: Town, now: dt.datetime
) -> None:
    row = report(listing, now)
    for person in (town.citizen, town.owner, town.coordinator, other_town.officer):
        for act in (services.uphold_report, services.dismiss_report):
            with pytest.raises(NotAllowed, match="市の担当だけ"):
                act(report=row, reason="理由", by=person, now=now)
        with pytest.raises(NotAllowed, match="市の担当だけ"):
            services.hide(subject=listing, reason="理由", by=person, now=now)
    hiding = services.uphold_report(report=row, reason="古いです。", by=town.officer, now=now)
    services.answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now)
    for person in (town.owner, town.coordinator, other_town.officer):
        for act in (services.keep_hidden, services.lift_hiding):
            with pytest.raises(NotAllowed, match="市の担当だけ"):
                act(hiding=hiding, reason="理由", by=person, now=now)
        with pytest.raises(NotAllowed):
            services.hide(subject=listing, reason="理由", by=person, now=now)


def test_a_report_is_decided_once(listing: Listing, town: Town, now: dt.datetime) -> None:
    row = report(listing, now)
    services.dismiss_report(report=row, reason="問題ありません。", by=town.officer, now=now)
    for act in (services.uphold_report, services.dismiss_report):
        with pytest.raises(NotAllowed, match="もう判断が済んで"):
            act(report=row, reason="理由", by=town.officer, now=now)
    assert Hiding.objects.count() == 0


@pytest.mark.parametrize("blank", ["", "　 \n"])
def test_every_decision_carries_words(blank: str, listing: Listing, town: Town, now: dt.datetime) -> None:
    row = report(listing, now)
    for act in (services.uphold_report, services.dismiss_report):
        with pytest.raises(ValidationError, match="理由を書いて"):
            act(report=row, reason=blank, by=town.officer, now=now)
    hiding = services.hide(subject=listing, reason="古いです。", by=town.officer, now=now)
    with pytest.raises(ValidationError, match="返事を書いて"):
        services.answer_hiding(hiding=hiding, answer=blank, by=town.owner, now=now)
    with pytest.raises(ValidationError, match="理由を書いて"):
        services.lift_hiding(hiding=hiding, reason=blank, by=town.officer, now=now)


def test_only_an_author_who_may_edit_answers_and_once(listing: Listing, town: Town, now: dt.datetime) -> None:
    hiding = services.hide(subject=listing, reason="古いです。", by=town.officer, now=now)
    for person in (town.viewer, town.citizen, town.officer):
        with pytest.raises(NotAllowed, match="投稿した団体の管理者"):
            services.answer_hiding(hiding=hiding, answer="はい。", by=person, now=now)
    services.answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="一度だけ"):
        services.answer_hiding(hiding=hiding, answer="もう一言。", by=town.owner, now=now)
    services.lift_hiding(hiding=hiding, reason="直っています。", by=town.officer, now=now)
    with pytest.raises(NotAllowed, match="もう一度表示されて"):
        services.answer_hiding(hiding=hiding, answer="ありがとう。", by=town.owner, now=now)


def test_an_issue_is_answered_by_who_reported_it(town: Town, now: dt.datetime) -> None:
    hiding = services.hide(subject=make_issue(town), reason="名前があります。", by=town.officer, now=now)
    with pytest.raises(NotAllowed):
        services.answer_hiding(hiding=hiding, answer="はい。", by=town.owner, now=now)
    assert (
        services.answer_hiding(hiding=hiding, answer="消しました。", by=town.citizen, now=now).answered_by
        == town.citizen
    )


@pytest.mark.parametrize("verb", ["uphold", "lift"])
@pytest.mark.parametrize("state", HidingState.values)
def test_the_office_from_every_state(
    verb: str, state: str, listing: Listing, town: Town, now: dt.datetime
) -> None:
    hiding = services.hide(subject=listing, reason="古いです。", by=town.officer, now=now)
    if state in (HidingState.ANSWERED, HidingState.UPHELD):
        services.answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now)
    if state == HidingState.UPHELD:
        services.keep_hidden(hiding=hiding, reason="まだです。", by=town.officer, now=now)
    if state == HidingState.LIFTED:
        services.lift_hiding(hiding=hiding, reason="直りました。", by=town.officer, now=now)
    act = {"uphold": services.keep_hidden, "lift": services.lift_hiding}[verb]
    if HIDING.allows(verb, state):
        assert act(hiding=hiding, reason="決めました。", by=town.officer, now=now).state == HIDING.target(
            verb, state
        )
    else:
        with pytest.raises(InvalidTransition):
            act(hiding=hiding, reason="決めました。", by=town.officer, now=now)
        assert Hiding.objects.get().state == state


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_flood_of_reports_is_stopped(
    signed_in: bool, listing: Listing, town: Town, now: dt.datetime
) -> None:
    by = town.citizen if signed_in else VISITOR
    for _ in range(REPORTS_A_DAY):
        report(listing, now, by=by)
    with pytest.raises(NotAllowed, match="たくさんのお知らせ"):
        report(listing, now, by=by)
    report(listing, now, by=town.viewer if signed_in else VISITOR, mark="another")
    report(listing, now + dt.timedelta(days=1, minutes=1), by=by)


def test_who_told_is_never_said_to_the_author(listing: Listing, town: Town, now: dt.datetime) -> None:
    town.citizen.name = "知らせた花子"
    town.citizen.save()
    row = report(listing, now, by=town.citizen)
    services.uphold_report(report=row, reason="古いです。", by=town.officer, now=now)
    for message in messages_for(town.owner):
        assert "花子" not in message.subject + message.text
        assert "去年の話です。" not in message.subject + message.text


def test_an_actor_is_one_subject(town: Town, now: dt.datetime) -> None:
    """A report on an actor closes no report on its listings."""
    about_listing = report(make_listing(town.actor), now)
    about_actor = report(Actor.objects.get(pk=town.actor.pk), now)
    services.uphold_report(report=about_actor, reason="実在しません。", by=town.officer, now=now)
    about_listing.refresh_from_db()
    assert about_listing.state == ReportState.OPEN
