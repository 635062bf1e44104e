"""Introductions: two sides are asked in five lines, answer once each, and a no is heard for good."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from musubi.base.audit.queries import events_about
from musubi.base.common.links import read_token
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.models import Delivery
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.models import Membership
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services
from musubi.flow.matching.adapter import refused_pairs_question
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.models import Introduction, Proposal
from musubi.flow.matching.permissions import ASKINGS_A_DAY, can_ask_to_talk, can_introduce
from musubi.flow.matching.queries import (
    awaited_replies_for,
    introductions_between,
    introductions_for,
    match_one,
    proposals_for,
    reply_of,
    ruled_out_for,
    told_lines_of,
)
from musubi.flow.matching.workflow import WORKFLOW
from musubi_engine.telling import as_json, say
from tests.factories import Town, make_actor, make_listing, make_person
from tests.together import make_introduction, make_need, make_offer, owner_of

TODAY = dt.date.today()


@pytest.fixture
def need(town: Town) -> Listing:
    return make_need(town, title="夏祭りのいす")


@pytest.fixture
def offer(town: Town) -> Listing:
    offer = make_offer(town, title="折りたたみいすを貸します")
    offer.town = "浜町一丁目"
    offer.save()
    return offer


def propose(need: Listing, offer: Listing, now: dt.datetime) -> Proposal:
    return Proposal.objects.create(
        need=need,
        offer=offer,
        score=0.7,
        engine_version="1",
        proposed_at=now,
        reasons=[
            {"signal": "amount", "sentence": "数が足ります。", "value": 1.0, "weight": 0.4},
            {"signal": "area", "sentence": "同じ区です。", "value": 1.0, "weight": 0.3},
            {"signal": "fields", "sentence": "分野が同じです。", "value": 1.0, "weight": 0.1},
            {"signal": "fee", "sentence": "有料です。", "value": 1.0, "weight": -0.1},
        ],
    )


def introduce(
    need: Listing,
    offer: Listing,
    by: Any,
    now: dt.datetime,
    *,
    initiative: str = "coordinator",
    words: str = "",
) -> Introduction:
    return services.make_introduction(
        need=need, offer=offer, initiative=initiative, words=words, by=by, now=now
    )


def answer(introduction: Introduction, side: str, said: str, by: Any, **more: Any) -> Introduction:
    more.setdefault("reason", "busy" if said == "no" else "")
    return services.answer_introduction(
        introduction=introduction, side=side, answer=said, by=by, **{"now": timezone.now(), **more}
    )


def told(person: Any) -> list[str]:
    return [message.kind for message in messages_for(person)]


def verbs(introduction: Introduction) -> list[str]:
    return [event.verb for event in events_about(introduction).order_by("pk")]


def test_why_is_told_in_the_readers_language(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    proposal = propose(need, offer, now)
    near = as_json(say("どちらも%(town)sにあります。", town="浜町"))
    proposal.reasons = [{"signal": "place", **near, "value": 1.0, "weight": 0.5}, *proposal.reasons]
    proposal.save()
    introduction = introduce(need, offer, town.coordinator, now)
    assert introduction.reasons[0] == near
    with translation.override("en"):
        why = told_lines_of(Introduction.objects.get(), "need")[-1]
    assert (why.label, why.text) == ("Why", "Both are in 浜町. 数が足ります。")


def test_each_side_is_asked_in_five_lines_about_the_other(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    proposal = propose(need, offer, now)
    introduction = introduce(need, offer, town.coordinator, now, words="お祭りの準備にどうぞ。")
    assert (introduction.proposal, introduction.state) == (proposal, "proposed")
    assert [row["sentence"] for row in introduction.reasons] == [
        "数が足ります。",
        "同じ区です。",
        "分野が同じです。",
    ]
    assert [(line.label, line.text) for line in told_lines_of(introduction, "need")] == [
        ("なに", "折りたたみいすを貸します（折りたたみいす 100個）"),
        ("だれ", f"{offer.actor.name}（企業）"),
        ("どこ", "港区 浜町一丁目"),
        ("いつ", "いつでも・相談して決めます"),
        (
            "なぜ",
            "数が足ります。 同じ区です。 コーディネーター結浜市のコーディネーターさんから「お祭りの準備にどうぞ。」",
        ),
    ]
    message = messages_for(town.owner).get()
    lines = message.text.splitlines()
    assert (message.kind, message.subject) == ("introduction_made", f"{offer.actor.name}の紹介が届きました")
    assert "だれ：" + f"{offer.actor.name}（企業）" in lines
    assert [line.partition("：")[0] for line in lines if "：" in line][:5] == [
        "なに",
        "だれ",
        "どこ",
        "いつ",
        "なぜ",
    ]
    token = message.path.removeprefix("/i/").rstrip("/")
    assert read_token("introduction", token) == (reply_of(introduction, "need").pk, town.owner.pk)
    other = messages_for(owner_of(offer.actor)).get()
    assert town.actor.name in other.text
    assert "なに：夏祭りのいす（いす 40個）" in other.text.splitlines()
    assert not messages_for(town.viewer).exists()
    assert verbs(introduction) == ["introduction.make"]


def test_windows_are_told_in_words(town: Town, offer: Listing, now: dt.datetime) -> None:
    window = {
        "starts_on": dt.date(2027, 3, 1),
        "ends_on": dt.date(2027, 3, 31),
        "weekdays": [5, 6],
        "opens": dt.time(10),
        "closes": dt.time(12),
    }
    need = make_need(town, windows=[window, {"starts_on": dt.date(2027, 4, 1), "weekdays": [0]}])
    introduction = introduce(need, offer, town.coordinator, now)
    lines = {line.label: line.text for line in told_lines_of(introduction, "offer")}
    year = "" if timezone.localdate().year == 2027 else "2027年"
    assert lines["いつ"] == (
        f"{year}3月1日(月)〜{year}3月31日(水) 毎週土・日 10:00〜12:00／{year}4月1日(木)〜 毎週月"
    )
    assert lines["なぜ"] == "コーディネーター結浜市のコーディネーターさんが、合いそうだと考えました。"


def test_no_address_of_anybody_is_in_what_is_told(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    offer.actor.phone, offer.actor.representative = "090-0000-0000", "山田花子"
    offer.actor.save()
    introduce(need, offer, town.coordinator, now)
    text = messages_for(town.owner).get().text
    assert [secret for secret in ("090-0000-0000", "山田花子", "@") if secret in text] == []


def test_a_side_that_nobody_looks_after_is_not_told(town: Town, need: Listing, now: dt.datetime) -> None:
    offer = make_offer(town, actor=make_actor(town.municipality))
    before = Delivery.objects.count()
    introduction = introduce(need, offer, town.coordinator, now)
    assert introduction.replies.filter(answer="").count() == 2
    assert Delivery.objects.count() - before == 1


def test_who_asks_to_talk_has_said_yes_and_only_the_other_is_asked(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    introduction = introduce(need, offer, town.owner, now, initiative="need", words="見せてください。")
    mine = reply_of(introduction, "need")
    assert (mine.answer, mine.said_by, mine.said_at) == ("yes", town.owner, now)
    assert reply_of(introduction, "offer").answer == ""
    assert told(town.owner) == []
    message = messages_for(owner_of(offer.actor)).get()
    assert message.subject == f"{town.actor.name}から「話を聞きたい」が届きました"
    assert f"{town.actor.name}から「見せてください。」" in message.text
    assert verbs(introduction) == ["introduction.ask"]


def test_two_yes_connect_and_a_no_settles_at_once(town: Town, need: Listing, now: dt.datetime) -> None:
    first = introduce(need, make_offer(town), town.coordinator, now)
    half = answer(first, "need", "yes", town.owner)
    assert (half.state, half.settled_at) == ("proposed", None)
    done = answer(first, "offer", "yes", owner_of(first.offer.actor), now=now)
    assert (done.state, done.settled_at) == ("connected", now)
    second = introduce(need, make_offer(town), town.coordinator, now)
    gone = answer(second, "need", "no", town.owner, reason="distance", words=" 遠いので。 ", now=now)
    reply = reply_of(gone, "need")
    assert (gone.state, gone.settled_at) == ("declined", now)
    assert (reply.reason, reply.words, reply.source) == ("distance", "遠いので。", "web")
    assert verbs(first) == [
        "introduction.make", "introduction.answer", "introduction.answer", "introduction.connect",
    ]  # fmt: skip
    assert verbs(second) == ["introduction.make", "introduction.answer", "introduction.decline"]


def test_of_accept_and_decline_at_the_same_moment_one_stands(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    stale = Introduction.objects.get(pk=introduction.pk)
    answer(introduction, "offer", "no", owner_of(offer.actor))
    with pytest.raises(InvalidTransition):
        answer(stale, "need", "yes", town.owner)
    introduction.refresh_from_db()
    assert introduction.state == "declined"
    assert introduction.replies.get(side="need").answer == ""


def test_a_side_answers_once(town: Town, need: Listing, offer: Listing, now: dt.datetime) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    stale = Introduction.objects.get(pk=introduction.pk)
    answer(introduction, "need", "yes", town.owner)
    with pytest.raises(NotAllowed, match="もう入っています（話してみたい）"):
        answer(stale, "need", "no", town.owner)
    assert introduction.replies.get(side="need").answer == "yes"


def test_who_may_answer_and_how_staff_say_what_they_were_told(
    town: Town, other_town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    for person in (town.viewer, town.citizen, owner_of(offer.actor), other_town.coordinator):
        with pytest.raises(NotAllowed, match="管理者・編集の担当だけ"):
            answer(introduction, "need", "yes", person)
    for person in (town.owner, other_town.coordinator):
        with pytest.raises(NotAllowed, match="代わりに入力できるのは"):
            answer(introduction, "need", "yes", person, source="telephone")
    with pytest.raises(NotAllowed, match="どのように聞いたか"):
        answer(introduction, "need", "yes", town.coordinator)
    answer(introduction, "need", "yes", town.coordinator, source="telephone")
    reply = introduction.replies.get(side="need")
    assert (reply.answer, reply.source, reply.said_by) == ("yes", "telephone", town.coordinator)
    event = events_about(introduction).filter(verb="introduction.answer").get()
    assert event.on_behalf_of == f"actors.actor:{town.actor.pk}"


def test_a_no_needs_a_reason(town: Town, need: Listing, offer: Listing, now: dt.datetime) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    with pytest.raises(ValueError, match="''"):
        answer(introduction, "need", "no", town.owner, reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        introduction.replies.filter(side="need").update(answer="no", said_at=now)
    assert answer(introduction, "need", "yes", town.owner, reason="busy").state == "proposed"


@pytest.mark.parametrize(("side", "state"), [("need", "withdrawn"), ("offer", "expired")])
def test_nobody_says_yes_to_what_is_no_longer_listed(
    town: Town, need: Listing, offer: Listing, now: dt.datetime, side: str, state: str
) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    reason = {"withdraw_reason": "no_longer_needed"} if state == "withdrawn" else {}
    Listing.objects.filter(pk=getattr(introduction, side).pk).update(state=state, **reason)
    with pytest.raises(NotAllowed, match="いまは掲載されていません"):
        answer(introduction, "need", "yes", town.owner)
    assert answer(introduction, "need", "no", town.owner).state == "declined"


def run(verb: str, introduction: Introduction, town: Town, now: dt.datetime) -> Introduction:
    offerer = owner_of(introduction.offer.actor)
    if verb == "lapse":
        return services.lapse_introduction(introduction=introduction, now=now)
    if verb == "withdraw":
        return services.withdraw_introduction(introduction=introduction, by=town.coordinator, now=now)
    if verb == "reopen":
        return services.reopen_introduction(introduction=introduction, by=town.coordinator, now=now)
    if verb == "release":
        return services.release_introduction(introduction=introduction, by=town.coordinator, now=now)
    if verb == "part":
        return services.part_introduction(
            introduction=introduction, side="offer", reason="content", words="", by=offerer, now=now
        )
    if verb == "connect" and introduction.state == "proposed":
        answer(introduction, "need", "yes", town.owner)
    return answer(introduction, "offer", "yes" if verb == "connect" else "no", offerer)


@pytest.mark.parametrize("state", IntroductionState.values)
@pytest.mark.parametrize("verb", list(WORKFLOW.transitions))
def test_every_verb_from_every_state(town: Town, now: dt.datetime, verb: str, state: str) -> None:
    introduction = make_introduction(make_need(town), make_offer(town), state=state)
    if not WORKFLOW.allows(verb, state):
        with pytest.raises(InvalidTransition):
            run(verb, introduction, town, now)
        introduction.refresh_from_db()
        assert introduction.state == state
        return
    run(verb, introduction, town, now)
    introduction.refresh_from_db()
    assert introduction.state == WORKFLOW.target(verb, state)
    assert verbs(introduction)[-1] == f"introduction.{verb}"


@pytest.mark.parametrize(
    ("who", "initiative", "may"),
    [
        ("coordinator", "offer", True),
        ("owner", "coordinator", True),
        ("offerer", "offer", True),
        ("offerer", "coordinator", False),
        ("viewer", "need", False),
        ("citizen", "need", False),
    ],
)
def test_who_may_call_it_off(town: Town, now: dt.datetime, who: str, initiative: str, may: bool) -> None:
    introduction = make_introduction(make_need(town), make_offer(town), initiative=initiative)
    person = owner_of(introduction.offer.actor) if who == "offerer" else getattr(town, who)
    if may:
        row = services.withdraw_introduction(introduction=introduction, by=person, now=now)
        assert row.state == "withdrawn"
    else:
        with pytest.raises(NotAllowed, match="取りやめられるのは"):
            services.withdraw_introduction(introduction=introduction, by=person, now=now)


def test_a_mistyped_no_is_taken_back_by_staff_and_the_other_answer_stands(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    answer(introduction, "need", "yes", town.owner)
    answer(introduction, "offer", "no", town.coordinator, source="telephone", words="来月なら")
    for person in (town.owner, owner_of(offer.actor), town.citizen):
        with pytest.raises(NotAllowed, match="コーディネーターと市の担当だけ"):
            services.reopen_introduction(introduction=introduction, by=person, now=now)
    again = services.reopen_introduction(introduction=introduction, by=town.coordinator, now=now)
    assert (again.state, again.settled_at) == ("proposed", None)
    reply = again.replies.get(side="offer")
    assert (reply.answer, reply.reason, reply.words, reply.said_by, reply.said_at, reply.source) == (
        "", "", "", None, None, "web",
    )  # fmt: skip
    assert again.replies.get(side="need").answer == "yes"
    event = events_about(introduction).get(verb="introduction.reopen")
    assert (event.before, event.on_behalf_of) == ("declined", f"actors.actor:{offer.actor_id}")
    with pytest.raises(InvalidTransition):
        services.reopen_introduction(introduction=introduction, by=town.officer, now=now)
    assert answer(introduction, "offer", "yes", town.coordinator, source="telephone").state == "connected"


def test_staff_are_not_sent_to_the_coordinator_with_an_answer_that_stands(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    answer(introduction, "offer", "yes", town.coordinator, source="telephone")
    with pytest.raises(NotAllowed, match="取りやめてから、もう一度紹介してください"):
        answer(introduction, "offer", "no", town.coordinator, source="telephone")
    services.withdraw_introduction(introduction=introduction, by=town.coordinator, now=now)
    assert introduce(need, offer, town.coordinator, now).state == "proposed"


@pytest.mark.parametrize("verb", ["decline", "part"])
def test_a_pair_that_said_no_is_not_proposed_again(town: Town, now: dt.datetime, verb: str) -> None:
    need, offer = make_need(town), make_offer(town)
    services.propose_for_need(need=need, now=now)
    assert proposals_for(town.coordinator).get().offer == offer
    introduction = make_introduction(need, offer, state="connected" if verb == "part" else "proposed")
    run(verb, introduction, town, now)
    assert not Proposal.objects.filter(superseded_at=None).exists()
    assert services.propose_for_need(need=need, now=now) == []
    assert services.propose_for_offer(offer=offer, now=now) == []
    assert match_one(need, today=TODAY) == []
    assert refused_pairs_question([need.pk]).answer() == {need.pk: frozenset({offer.pk})}
    with pytest.raises(NotAllowed, match="前に見送りになりました"):
        introduce(need, offer, town.coordinator, now)


def test_a_refused_pair_is_hidden_even_if_the_engine_was_asked_before_the_no(
    town: Town, need: Listing, offer: Listing, now: dt.datetime
) -> None:
    make_introduction(need, offer, state="declined")
    propose(need, offer, now)
    assert not proposals_for(town.coordinator).exists()


def test_why_not_names_the_refusal(town: Town, now: dt.datetime) -> None:
    words = {"title": "折りたたみいす", "body": "折りたたみいすを町内の祭りで使います。"}
    need, offer = make_need(town, **words), make_offer(town, **words)
    assert ruled_out_for(town.coordinator, need, today=TODAY) == []
    make_introduction(need, offer, state="declined")
    row = ruled_out_for(town.coordinator, need, today=TODAY)[0]
    assert (row.offer, [blocker.rule for blocker in row.blockers]) == (offer, ["declined"])


@pytest.mark.parametrize("state", ["lapsed", "withdrawn"])
def test_who_never_said_no_may_be_introduced_again(
    town: Town, need: Listing, offer: Listing, now: dt.datetime, state: str
) -> None:
    before = make_introduction(need, offer, state=state)
    services.propose_for_need(need=need, now=now)
    assert proposals_for(town.coordinator).get().offer == offer
    again = introduce(need, offer, town.coordinator, now)
    assert introductions_between(need) == {offer.pk: again}
    assert introductions_between(offer) == {need.pk: again}
    assert before.pk != again.pk


@pytest.mark.parametrize("state", ["proposed", "connected"])
def test_an_open_pair_is_not_introduced_twice(
    town: Town, need: Listing, offer: Listing, now: dt.datetime, state: str
) -> None:
    make_introduction(need, offer, state=state)
    with pytest.raises(NotAllowed, match="もう紹介しています"):
        introduce(need, offer, town.coordinator, now)
    assert Introduction.objects.count() == 1


def test_who_may_introduce(town: Town, other_town: Town, need: Listing, offer: Listing) -> None:
    people = (town.coordinator, town.officer, town.owner, town.citizen, other_town.coordinator)
    assert [bool(can_introduce(person, need, offer)) for person in people] == [
        True,
        True,
        False,
        False,
        False,
    ]
    secret = make_need(town, visibility="city_hall")
    assert [bool(can_introduce(person, secret, offer)) for person in people[:2]] == [False, True]


def test_only_two_that_look_for_each_other_are_introduced(
    town: Town, other_town: Town, need: Listing, offer: Listing
) -> None:
    own = make_listing(town.actor, "offer")
    away = make_offer(other_town)
    hidden = make_offer(town, hidden_at=timezone.now(), hidden_reason="確認中")
    closed = make_offer(town, actor=make_actor(town.municipality, state="closed"))
    reserved = make_offer(town, state="reserved")
    say = {
        offer: "",
        own: "同じ団体の",
        away: "別の町の",
        hidden: "非表示",
        closed: "活動を終えて",
        reserved: "（調整中）",
    }
    for listing, words in say.items():
        reason = can_introduce(town.coordinator, need, listing).reason
        assert (words in reason, bool(reason)) == (True, bool(words))
    assert can_introduce(town.coordinator, make_need(town, state="reserved"), offer)
    assert not can_introduce(town.coordinator, make_need(town, state="fulfilled"), offer)


def test_who_may_ask_to_talk(town: Town, need: Listing, offer: Listing) -> None:
    offerer = owner_of(offer.actor)
    people = (town.owner, offerer, town.viewer, town.coordinator, make_person())
    assert [bool(can_ask_to_talk(person, need, offer)) for person in people] == [
        True,
        True,
        False,
        False,
        False,
    ]
    both = make_person()
    for actor in (need.actor, offer.actor):
        Membership.objects.create(actor=actor, user=both, role="editor", joined_at=timezone.now())
    assert can_ask_to_talk(both, need, offer).reason.startswith("どちらも、あなたが担当している")
    assert can_ask_to_talk(town.owner, need, make_listing(town.actor, "offer")).reason.startswith(
        "同じ団体の"
    )
    reserved = make_need(town, state="reserved")
    assert "調整中" in can_ask_to_talk(town.owner, reserved, offer).reason
    unseen = make_offer(town, visibility="intermediaries")
    assert can_ask_to_talk(town.owner, need, unseen).reason == "このニーズか提供は、いまは見られません。"


def test_asking_has_a_limit_a_day(
    town: Town, need: Listing, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musubi.flow.matching.permissions.ASKINGS_A_DAY", 2)
    assert ASKINGS_A_DAY == 20
    for _ in range(2):
        introduce(need, make_offer(town), town.owner, now, initiative="need")
    with pytest.raises(NotAllowed, match="2件まで"):
        introduce(need, make_offer(town), town.owner, now, initiative="need")
    tomorrow = now + dt.timedelta(days=1, minutes=1)
    introduce(need, make_offer(town), town.owner, tomorrow, initiative="need")


def test_who_reads_which_introduction(town: Town, other_town: Town, offer: Listing) -> None:
    seen = make_introduction(make_need(town), offer)
    secret = make_introduction(make_need(town, visibility="city_hall"), offer)
    readers = {
        town.owner: {seen, secret},
        town.viewer: {seen, secret},
        owner_of(offer.actor): {seen, secret},
        town.officer: {seen, secret},
        town.coordinator: {seen},
        town.citizen: set(),
        other_town.officer: set(),
    }
    assert {person: set(introductions_for(person)) for person in readers} == readers


def test_what_waits_for_whom(town: Town, need: Listing, offer: Listing, now: dt.datetime) -> None:
    introduction = introduce(need, offer, town.coordinator, now)
    make_introduction(need, make_offer(town), state="connected")
    assert [reply.side for reply in awaited_replies_for(town.owner)] == ["need"]
    assert [reply.side for reply in awaited_replies_for(owner_of(offer.actor))] == ["offer"]
    for person in (town.viewer, town.coordinator, town.citizen):
        assert not awaited_replies_for(person).exists()
    answer(introduction, "need", "yes", town.owner)
    assert not awaited_replies_for(town.owner).exists()
    answer(introduction, "offer", "no", owner_of(offer.actor))
    assert not awaited_replies_for(owner_of(offer.actor)).exists()
