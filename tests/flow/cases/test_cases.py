"""A case: opened once, filled by introductions and askings, left, closed; the need follows it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.queries import messages_for
from musubi.flow.cases import services
from musubi.flow.cases.enums import CaseState
from musubi.flow.cases.models import Case, CaseIntroduction, Party
from musubi.flow.cases.queries import case_of, cases_for, open_case_of, parties_of
from musubi.flow.cases.services import opening
from musubi.flow.cases.workflow import CASE
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction, Proposal
from musubi.flow.matching.queries import proposals_for
from musubi.flow.matching.services import propose_for_need
from tests.factories import Town, give_mandate, make_person
from tests.flow.matching.later import run_later, waiting
from tests.together import join_case, make_case, make_introduction, make_need, make_offer, owner_of


def introduced(case: Case, town: Town, now: dt.datetime, offer: Listing | None = None) -> Introduction:
    return services.introduce(
        case=case, offer=offer or make_offer(town), words="", by=town.coordinator, now=now
    )


def reply(introduction: Introduction, side: str, said: str, by: Any = None, **more: Any) -> Introduction:
    actor = introduction.need.actor if side == "need" else introduction.offer.actor
    more.setdefault("reason", "busy" if said == "no" else "")
    more.setdefault("now", timezone.now())
    return services.reply(introduction=introduction, side=side, answer=said, by=by or owner_of(actor), **more)


def kinds(person: Any) -> list[str]:
    return [message.kind for message in messages_for(person).order_by("pk")]


def verbs(case: Case) -> list[str]:
    return [event.verb for event in events_about(case).order_by("pk")]


# Opening


def test_a_coordinator_opens_a_case_once(town: Town, now: dt.datetime) -> None:
    need = make_need(town)
    case = services.open_case(need=need, by=town.coordinator, now=now)
    assert (case.state, case.coordinator, case.title) == ("open", town.coordinator, need.title)
    assert [(party.actor, party.listing) for party in parties_of(case)] == [(town.actor, need)]
    assert kinds(town.owner) == ["case_changed"]
    assert verbs(case) == ["case.open"]
    with pytest.raises(NotAllowed, match="もう結浜市のコーディネーターさんが開いています"):
        services.open_case(need=need, by=town.officer, now=now)
    assert Case.objects.get() == case


def test_the_office_opens_a_case_that_nobody_coordinates_yet(town: Town, now: dt.datetime) -> None:
    assert services.open_case(need=make_need(town), by=town.officer, now=now).coordinator is None


def test_two_who_open_at_the_same_moment_have_one_case(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has looked before the first wrote: the database refuses, and the sentence names the first."""
    need = make_need(town)
    services.open_case(need=need, by=town.coordinator, now=now)
    looks = iter([opening.can_open_case(town.coordinator, make_need(town))])
    real = opening.can_open_case
    monkeypatch.setattr(opening, "can_open_case", lambda by, row: next(looks, None) or real(by, row))
    with pytest.raises(NotAllowed, match="もう結浜市のコーディネーターさんが開いています"):
        services.open_case(need=need, by=town.officer, now=now)
    assert Case.objects.count() == Party.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "may"),
    [("published", True), ("reserved", True), ("draft", False), ("fulfilled", False), ("expired", False)],
)
def test_from_which_needs_a_case_is_opened(town: Town, now: dt.datetime, state: str, may: bool) -> None:
    need = make_need(town, state=state)
    if may:
        services.open_case(need=need, by=town.coordinator, now=now)
    else:
        with pytest.raises(NotAllowed):
            services.open_case(need=need, by=town.coordinator, now=now)
    assert (open_case_of(need) is not None) == may


def test_only_staff_of_the_town_open_a_case(town: Town, other_town: Town, now: dt.datetime) -> None:
    need = make_need(town)
    for person in (town.owner, town.citizen, other_town.coordinator):
        with pytest.raises(NotAllowed, match="コーディネーターと市の担当だけ"):
            services.open_case(need=need, by=person, now=now)
    with pytest.raises(NotAllowed, match="ニーズから"):
        services.open_case(need=make_offer(town), by=town.coordinator, now=now)
    with pytest.raises(NotAllowed, match="いまは見られません"):
        services.open_case(need=make_need(town, visibility="city_hall"), by=town.coordinator, now=now)


# Introducing


def test_two_offers_are_introduced_to_a_need(town: Town, now: dt.datetime) -> None:
    need, offers = make_need(town), [make_offer(town), make_offer(town)]
    first = services.introduce_from_need(need=need, offer=offers[0], words="", by=town.coordinator, now=now)
    second = services.introduce_from_need(need=need, offer=offers[1], words="", by=town.officer, now=now)
    case = open_case_of(need)
    assert [row.introduction for row in CaseIntroduction.objects.filter(case=case)] == [first, second]
    assert (case_of(first), case.coordinator) == (case, town.coordinator)
    assert kinds(town.owner) == ["case_changed", "introduction_made", "introduction_made"]
    need.refresh_from_db()
    assert need.state == "published"


def test_who_takes_part_already_is_not_introduced_again(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    actor = parties_of(case)[1].actor
    with pytest.raises(NotAllowed, match="もう加わっています"):
        introduced(case, town, now, make_offer(town, actor=actor))


def test_members_do_not_introduce_and_other_towns_neither(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    case = make_case(town, state="open")
    for person in (town.owner, other_town.coordinator):
        with pytest.raises(NotAllowed):
            services.introduce(case=case, offer=make_offer(town), words="", by=person, now=now)
    assert not Introduction.objects.exists()


def test_asking_to_talk_begins_a_case_without_a_coordinator(town: Town, now: dt.datetime) -> None:
    need, offer = make_need(town), make_offer(town)
    offerer = owner_of(offer.actor)
    introduction = services.ask_to_talk(need=need, offer=offer, words="お話を", by=offerer, now=now)
    case = case_of(introduction)
    assert (introduction.initiative, case.state, case.coordinator) == ("offer", "open", None)
    assert kinds(town.coordinator) == ["introduction_asked"]
    assert kinds(town.owner) == ["introduction_made"]
    assert kinds(offerer) == []
    other = services.ask_to_talk(need=need, offer=make_offer(town), words="", by=town.owner, now=now)
    assert (other.initiative, case_of(other)) == ("need", case)
    assert reply(introduction, "need", "yes").state == "connected"


def test_an_asking_that_is_refused_leaves_no_case_behind(town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed, match="載せた団体の"):
        services.ask_to_talk(need=make_need(town), offer=make_offer(town), words="", by=town.citizen, now=now)
    assert not Case.objects.exists()


# Replying


def test_with_the_second_yes_the_offers_actor_joins_and_the_need_is_reserved(
    town: Town, now: dt.datetime
) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    offer, offerer = introduction.offer, owner_of(introduction.offer.actor)
    reply(introduction, "need", "yes")
    assert not cases_for(offerer).exists()
    later = now + dt.timedelta(hours=1)
    reply(introduction, "offer", "yes", now=later)
    case.refresh_from_db()
    case.need.refresh_from_db()
    offer.refresh_from_db()
    assert (case.state, case.moved_at) == ("talking", later)
    assert (case.need.state, offer.state) == ("reserved", "published")
    joined = parties_of(case)[1]
    assert (joined.actor, joined.listing, joined.introduction) == (offer.actor, offer, introduction)
    assert cases_for(offerer).get() == case
    assert verbs(case) == ["case.open", "case.introduce", "case.connect"]
    for person in (town.owner, offerer, town.coordinator):
        message = messages_for(person).filter(kind="introduction_settled").get()
        assert message.path == f"/workspace/cases/{case.pk}/"


def test_a_second_offer_joins_the_same_talks(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    introduction = introduced(case, town, now)
    reply(introduction, "need", "yes")
    reply(introduction, "offer", "yes")
    case.refresh_from_db()
    assert (case.state, len(parties_of(case))) == ("talking", 3)


def test_a_decline_is_told_to_the_other_side_and_staff_with_its_reason(town: Town, now: dt.datetime) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    reply(introduction, "offer", "no", reason="amount", words="20脚しかありません。")
    case.refresh_from_db()
    assert (case.state, len(parties_of(case))) == ("open", 1)
    for person in (town.owner, town.coordinator):
        message = messages_for(person).filter(kind="introduction_settled").get()
        assert "理由：数や量が合わない" in message.text
        assert "20脚しかありません。" in message.text
    assert "introduction_settled" not in kinds(owner_of(introduction.offer.actor))
    with pytest.raises(NotAllowed, match="前に見送り"):
        introduced(case, town, now, introduction.offer)


def test_a_reason_that_says_nothing_is_left_out(town: Town, now: dt.datetime) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    reply(introduced(case, town, now), "offer", "no", reason="other")
    services.close_case(case=case, reason="other", note="", by=town.officer, now=now)
    texts = [message.text for message in messages_for(town.owner)]
    assert sum("終わりました。" in text or "今回は見送る" in text for text in texts) >= 2
    assert not any("その他" in text for text in texts)


def test_of_yes_and_no_at_the_same_moment_one_stands_and_the_other_is_told(
    town: Town, now: dt.datetime
) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    stale = Introduction.objects.get(pk=introduction.pk)
    reply(introduction, "need", "no")
    with pytest.raises(InvalidTransition):
        reply(stale, "offer", "yes")
    case.refresh_from_db()
    assert (case.state, len(parties_of(case))) == ("open", 1)
    assert "introduction_settled" in kinds(owner_of(introduction.offer.actor))


def test_a_reply_by_telephone_is_typed_in_by_staff_and_shown_to_its_people(
    town: Town, now: dt.datetime
) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    reply(introduction, "need", "yes", by=town.coordinator, source="telephone")
    message = messages_for(town.owner).filter(kind="introduction_settled").get()
    assert "電話でうかがった返事「話してみたい」" in message.text
    with pytest.raises(NotAllowed, match="どのように聞いたか"):
        reply(introduction, "offer", "yes", by=town.coordinator)


def test_a_no_is_taken_back_while_the_case_takes_partners_and_nobody_is_told(
    town: Town, now: dt.datetime
) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    offerer = owner_of(introduction.offer.actor)
    reply(introduction, "need", "yes")
    reply(introduction, "offer", "no")
    told, later = (kinds(town.owner), kinds(offerer)), now + dt.timedelta(hours=1)
    services.reopen(introduction=introduction, by=town.coordinator, now=later)
    assert (kinds(town.owner), kinds(offerer)) == told
    case.refresh_from_db()
    assert case.moved_at == later
    with pytest.raises(InvalidTransition):
        services.reopen(introduction=introduction, by=town.officer, now=later)
    assert reply(introduction, "offer", "yes").state == "connected"
    case.refresh_from_db()
    assert (case.state, len(parties_of(case))) == ("talking", 2)


@pytest.mark.parametrize("state", ["agreed", "started", "closed"])
def test_no_answer_is_taken_back_in_a_case_that_takes_nobody(
    town: Town, now: dt.datetime, state: str
) -> None:
    case = make_case(town, state=state)
    introduction = make_introduction(case.need, make_offer(town), state="declined")
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    with pytest.raises(NotAllowed, match="新しい相手を受け付けていません"):
        services.reopen(introduction=introduction, by=town.coordinator, now=now)
    introduction.refresh_from_db()
    assert introduction.state == "declined"


@pytest.mark.parametrize("state", ["agreed", "started"])
def test_nobody_joins_once_the_parties_have_agreed(town: Town, state: str) -> None:
    case = make_case(town, state=state)
    introduction = make_introduction(case.need, make_offer(town))
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    with pytest.raises(NotAllowed, match="新しい相手を受け付けていません"):
        reply(introduction, "offer", "yes")
    assert reply(introduction, "offer", "no").state == "declined"


def test_what_is_called_off_is_told_to_both_sides(town: Town, now: dt.datetime) -> None:
    case = services.open_case(need=make_need(town), by=town.coordinator, now=now)
    introduction = introduced(case, town, now)
    assert services.withdraw(introduction=introduction, by=town.owner, now=now).state == "withdrawn"
    assert "introduction_settled" in kinds(owner_of(introduction.offer.actor))
    assert "introduction_settled" in kinds(town.coordinator)
    assert "introduction_settled" not in kinds(town.owner)


# After 60 days


def test_what_nobody_answers_ends_after_60_days_with_notice(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open", moved_at=now - dt.timedelta(days=70))
    old = make_introduction(case.need, make_offer(town), introduced_at=now - dt.timedelta(days=61))
    young = make_introduction(case.need, make_offer(town), introduced_at=now - dt.timedelta(days=59))
    for introduction in (old, young):
        CaseIntroduction.objects.create(case=case, introduction=introduction)
    assert [services.lapse_due(now=now), services.lapse_due(now=now)] == [1, 0]
    for row in (old, young, case):
        row.refresh_from_db()
    assert (old.state, young.state, case.state, case.moved_at) == ("lapsed", "proposed", "open", now)
    people = (town.owner, town.coordinator, owner_of(old.offer.actor), owner_of(young.offer.actor))
    assert [kinds(person) for person in people] == [["introduction_settled"]] * 3 + [[]]
    assert [event.verb for event in events_about(old)] == ["introduction.lapse"]


def test_one_killed_while_ending_leaves_nothing_half_done(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(town, state="open")
    introduction = make_introduction(case.need, make_offer(town), introduced_at=now - dt.timedelta(days=61))
    CaseIntroduction.objects.create(case=case, introduction=introduction)

    def killed(*_args: object, **_more: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("musubi.flow.cases.services.replying.moved", killed)
        with pytest.raises(SystemExit):
            services.lapse_due(now=now)
    introduction.refresh_from_db()
    assert (introduction.state, kinds(town.owner)) == ("proposed", [])
    assert services.lapse_due(now=now) == 1


# Hands, steps


def test_a_case_goes_from_hand_to_hand(town: Town, now: dt.datetime) -> None:
    case = make_case(town, coordinator=None)
    other = make_person("別の担当")
    give_mandate(town.municipality, other, "coordinator")
    stale = Case.objects.get(pk=case.pk)
    assert services.take_case(case=case, by=town.coordinator, now=now).coordinator == town.coordinator
    with pytest.raises(NotAllowed, match="もうあなたの担当です"):
        services.take_case(case=case, by=town.coordinator, now=now)
    with pytest.raises(NotAllowed, match="いま結浜市のコーディネーターさんの担当になりました"):
        services.take_case(case=stale, by=other, now=now)
    case.refresh_from_db()
    assert services.take_case(case=case, by=other, now=now).coordinator == other
    assert kinds(town.coordinator) == ["case_changed"]
    assert kinds(town.owner) == ["case_changed", "case_changed"]
    assert verbs(case) == ["case.take", "case.take"]


def test_the_next_step_has_a_date_and_is_cleared_with_its_words(town: Town, now: dt.datetime) -> None:
    case, day = make_case(town), dt.date(2027, 1, 15)
    step = services.set_next_step(case=case, what=" 会場を  見る ", on=day, by=town.coordinator, now=now)
    assert (step.next_step, step.next_step_on) == ("会場を 見る", day)
    step = services.set_next_step(case=case, what="", on=day, by=town.coordinator, now=now)
    assert (step.next_step, step.next_step_on) == ("", None)
    assert verbs(case) == ["case.next_step"] * 2
    with pytest.raises(NotAllowed):
        services.set_next_step(case=case, what="だめ", on=None, by=town.owner, now=now)


# Leaving, closing


def test_when_the_only_partner_leaves_partners_are_sought_again(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    party = parties_of(case)[1]
    services.leave_case(
        party=party, reason="conditions", words="料金が合いません。", by=owner_of(party.actor), now=now
    )
    party.refresh_from_db()
    case.refresh_from_db()
    case.need.refresh_from_db()
    assert (party.left_at, party.left_note) == (now, "条件が合わない：料金が合いません。")
    assert (case.state, case.need.state, party.introduction.state) == ("open", "published", "parted")
    assert waiting() == [("refresh_proposals", [case.need.pk])]
    assert [kinds(person) for person in (town.owner, town.coordinator)] == [["case_changed"]] * 2
    assert cases_for(owner_of(party.actor)).get() == case
    assert verbs(case) == ["case.leave", "case.search_again"]
    offer = make_offer(town)
    run_later()
    assert [row.offer for row in propose_for_need(need=case.need, now=now)] == [offer]
    with pytest.raises(InvalidTransition):
        services.leave_case(party=party, reason="busy", words="", by=owner_of(party.actor), now=now)


def test_when_one_of_two_partners_leaves_the_talks_go_on(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    staying, leaving = parties_of(case)[1:]
    services.leave_case(
        party=leaving, reason="busy", words="", source="telephone", by=town.coordinator, now=now
    )
    case.refresh_from_db()
    case.need.refresh_from_db()
    assert (case.state, case.need.state) == ("talking", "reserved")
    assert parties_of(case)[1:] == [staying]
    assert events_about(case).get(verb="case.leave").on_behalf_of == f"actors.actor:{leaving.actor_id}"
    assert kinds(owner_of(staying.actor)) == ["case_changed"]


def test_who_was_taken_out_by_staff_hears_it(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    first, second = parties_of(case)[1:]
    services.leave_case(
        party=first, reason="busy", words="忙しいそうです。", source="telephone", by=town.coordinator, now=now
    )
    message = messages_for(owner_of(first.actor)).get()
    assert "代わりに入力しました" in message.subject
    assert ("電話" in message.text, "いまは手いっぱい：忙しいそうです。" in message.text) == (True, True)
    services.leave_case(party=second, reason="busy", words="", by=owner_of(second.actor), now=now)
    assert [message.kind for message in messages_for(owner_of(second.actor))] == ["case_changed"]
    assert "代わりに" not in messages_for(owner_of(second.actor)).get().subject


def test_who_is_there_already_hears_who_has_come(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    there = owner_of(parties_of(case)[1].actor)
    introduction = introduced(case, town, now)
    reply(introduction, "need", "yes")
    assert kinds(there) == []
    reply(introduction, "offer", "yes")
    message = messages_for(there).get()
    assert message.subject == f"{introduction.offer.actor.name}が加わりました：{case.title}"
    assert "case_changed" not in kinds(town.owner)


def test_when_the_needs_actor_leaves_the_case_ends(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    offerer = owner_of(parties_of(case)[1].actor)
    waiting_for = introduced(case, town, now)
    own = parties_of(case)[0]
    services.leave_case(party=own, reason="found", words="ほかで見つかりました。", by=town.owner, now=now)
    case.refresh_from_db()
    waiting_for.refresh_from_db()
    assert (case.state, case.close_reason, case.close_note) == (
        "closed", "not_needed", "ほかで見つかりました。",
    )  # fmt: skip
    assert waiting_for.state == "withdrawn"
    assert parties_of(case)[0].introduction.state == "parted"
    assert kinds(offerer) == ["case_changed", "case_closed"]


def test_who_may_leave_for_a_party(town: Town, now: dt.datetime) -> None:
    party = parties_of(make_case(town))[1]
    for person in (town.owner, town.viewer, town.citizen, town.coordinator):
        with pytest.raises(NotAllowed, match="抜けられるのは"):
            services.leave_case(party=party, reason="busy", words="", by=person, now=now)
    with pytest.raises(NotAllowed):
        services.leave_case(party=party, reason="busy", words="", source="telephone", by=town.owner, now=now)
    with pytest.raises(ValueError, match="nonsense"):
        services.leave_case(party=party, reason="nonsense", words="", by=owner_of(party.actor), now=now)


def test_a_closed_case_calls_off_what_is_open_and_proposes_the_need_anew(
    town: Town, now: dt.datetime
) -> None:
    case = make_case(town)
    offer = make_offer(town)
    Proposal.objects.all().delete()
    waiting_for = introduced(case, town, now, offer)
    services.close_case(
        case=case, reason="conditions", note="お金が足りませんでした。", by=town.coordinator, now=now
    )
    case.refresh_from_db()
    case.need.refresh_from_db()
    waiting_for.refresh_from_db()
    assert (case.state, case.close_reason, case.closed_at) == ("closed", "conditions", now)
    assert (case.need.state, waiting_for.state) == ("published", "withdrawn")
    assert kinds(owner_of(offer.actor)) == ["introduction_made", "introduction_settled"]
    assert "case_closed" in kinds(town.owner)
    assert "case_closed" not in kinds(town.coordinator)
    run_later()
    assert offer in [row.offer for row in proposals_for(town.coordinator)]
    again = services.open_case(need=case.need, by=town.coordinator, now=now)
    assert again.pk != case.pk
    talked = case.parties.exclude(introduction=None).get()
    assert talked.introduction.state == "withdrawn"
    once_more = services.introduce(case=again, offer=talked.listing, words="", by=town.coordinator, now=now)
    assert once_more.state == "proposed"


def test_a_need_that_its_people_have_withdrawn_stays_so_when_the_case_ends(
    town: Town, now: dt.datetime
) -> None:
    case = make_case(town)
    Listing.objects.filter(pk=case.need_id).update(state="withdrawn", withdraw_reason="found_elsewhere")
    services.close_case(case=case, reason="elsewhere", note="", by=town.coordinator, now=now)
    case.need.refresh_from_db()
    assert (case.need.state, waiting()) == ("withdrawn", [])


# Every verb from every state

FROM = {
    "close": {s for s in CaseState.values if CASE.allows("close", s)},
    "take": {"open", "talking", "agreed"},
    "next_step": {"open", "talking", "agreed"},
    "introduce": {"open", "talking"},
    "leave": {"open", "talking", "agreed"},
    "letter": {"open", "talking", "agreed", "started"},
    "connect": {s for s in CaseState.values if CASE.allows("connect", s)},
    "contacts": {"talking", "agreed", "started"},
}


def press(verb: str, case: Case, town: Town, now: dt.datetime) -> None:
    by = town.coordinator
    if verb == "close":
        services.close_case(case=case, reason="other", note="", by=by, now=now)
    elif verb == "take":
        services.take_case(case=case, by=town.officer, now=now)
    elif verb == "next_step":
        services.set_next_step(case=case, what="電話する", on=None, by=by, now=now)
    elif verb == "introduce":
        introduced(case, town, now)
    elif verb == "leave":
        services.leave_case(
            party=parties_of(case)[-1], reason="busy", words="", source="paper", by=by, now=now
        )
    elif verb == "letter":
        services.write_letter(case=case, introduction=None, actor=None, text="こんにちは", by=by, now=now)
    elif verb == "connect":
        introduction = make_introduction(case.need, make_offer(town))
        CaseIntroduction.objects.create(case=case, introduction=introduction)
        reply(introduction, "need", "yes")
        reply(introduction, "offer", "yes")
    else:
        assert services.open_contacts(case=case, by=by, now=now)


@pytest.mark.parametrize("state", CaseState.values)
@pytest.mark.parametrize("verb", list(FROM))
def test_every_verb_from_every_state(town: Town, now: dt.datetime, verb: str, state: str) -> None:
    case = make_case(town, state=state)
    if state in FROM[verb]:
        press(verb, case, town, now)
        assert verbs(case) != []
        return
    with pytest.raises((NotAllowed, InvalidTransition)):
        press(verb, case, town, now)
    case.refresh_from_db()
    assert (case.state, len(verbs(case))) == (state, 0)


def test_somebody_who_left_may_be_brought_in_by_another_of_its_offers(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    party = parties_of(case)[1]
    services.leave_case(party=party, reason="content", words="", by=owner_of(party.actor), now=now)
    introduction = introduced(case, town, now, make_offer(town, actor=party.actor))
    reply(introduction, "need", "yes")
    reply(introduction, "offer", "yes")
    assert party.actor in [row.actor for row in parties_of(case)]


def test_two_offers_of_one_actor_that_connect_make_one_party(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open")
    offer = make_offer(town)
    rows = [
        introduced(case, town, now, offer),
        introduced(case, town, now, make_offer(town, actor=offer.actor)),
    ]
    for introduction in rows:
        reply(introduction, "need", "yes")
        reply(introduction, "offer", "yes")
    assert [party.actor for party in parties_of(case)] == [town.actor, offer.actor]
    services.leave_case(party=parties_of(case)[1], reason="busy", words="", by=owner_of(offer.actor), now=now)
    assert {row.state for row in Introduction.objects.all()} == {"parted"}


def test_what_staff_may_read_bounds_what_they_may_do(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open", need=make_need(town, visibility="city_hall"))
    join_case(case, make_offer(town))
    with pytest.raises(NotAllowed):
        services.close_case(case=case, reason="other", note="", by=town.coordinator, now=now)
    assert services.close_case(case=case, reason="other", note="", by=town.officer, now=now).state == "closed"
