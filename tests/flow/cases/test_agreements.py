"""The agreement is begun, written, shown to all, confirmed by each, and written anew."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.models import Message
from musubi.flow.cases.models import Agreement, AgreementVersion, Case, Confirmation
from musubi.flow.cases.queries import (
    IndicatorValue,
    PartValue,
    Terms,
    UseValue,
    agreed_version,
    current_version,
    offered_lines,
    parties_of,
    terms_of,
)
from musubi.flow.cases.services import (
    NotComplete,
    StaleVersion,
    VersionChanged,
    begin_agreement,
    confirm_version,
    propose_version,
    revise_agreement,
    save_version,
)
from musubi.flow.cases.workflow import AGREEMENT
from tests.factories import Town, make_person
from tests.together import join_case, make_agreement, make_case, make_need, make_offer, owner_of

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def full_terms(case: Case, **changes: Any) -> Terms:
    """Everything that proposing asks for."""
    today = timezone.localdate()
    terms = Terms(
        form="co_hosting",
        aim="夏祭りを、いっしょに開く。",
        cost="会場費は市が持つ。",
        risk="行事保険に入る。",
        publicity="市の広報に載せる。",
        starts_on=today,
        ends_on=today + 100 * DAY,
        review_on=today + 50 * DAY,
        parts={party.actor_id: PartValue(does="準備", cannot="夜の対応") for party in parties_of(case)},
        uses=tuple(
            UseValue(
                listing_id=line.listing.pk, resource=line.resource, what=line.what, amount=40, unit=line.unit
            )
            for line in offered_lines(case)
        ),
        indicators=(IndicatorValue(name="参加した人", unit="人", before=0, target=100),),
    )
    return replace(terms, **changes)


def others_of(case: Case) -> list[Any]:
    """The owners of the offers' actors."""
    return [owner_of(party.actor) for party in parties_of(case)[1:]]


def proposed(case: Case, by: Any, now: dt.datetime) -> AgreementVersion:
    version = begin_agreement(case=case, by=by, now=now)
    save_version(version=version, terms=full_terms(case), saves=1, by=by, now=now)
    return propose_version(version=version, by=by, now=now)


def kinds_told(person: Any) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def verbs_logged(case: Case) -> list[str]:
    rows = Event.objects.filter(
        subject_type="cases.case", subject_ref=str(case.pk), verb__startswith="agreement."
    )
    return list(rows.order_by("pk").values_list("verb", flat=True))


# Beginning


def test_the_first_draft_holds_what_is_known(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate()
    need = make_need(
        town,
        state="reserved",
        title="夏祭りのいす",
        body="60脚ほど足りません。",
        windows=[{"starts_on": today + 10 * DAY, "ends_on": today + 30 * DAY}],
        lines=[("goods", "いす", 40, "items")],
    )
    case = make_case(town, need=need, offers=0)
    offer = make_offer(town, lines=[("goods", "いす", 100, "items"), ("place", "倉庫", None, "")])
    join_case(case, offer)
    offer.provisions.filter(what="いす").update(taken=70)
    version = begin_agreement(case=case, by=town.owner, now=now)
    terms = terms_of(version)
    assert terms.aim == "夏祭りのいす\n60脚ほど足りません。"
    assert (terms.starts_on, terms.ends_on) == (today + 10 * DAY, today + 30 * DAY)
    assert terms.review_on == today + 20 * DAY
    assert [(use.what, use.amount) for use in terms.uses] == [("いす", 30)]
    assert set(terms.parts) == {town.actor.pk, offer.actor_id}
    assert (version.number, version.agreement.state, version.written_by) == (1, "draft", town.owner)
    assert verbs_logged(case) == ["agreement.begin"]
    case.refresh_from_db()
    assert case.moved_at == now


@pytest.mark.parametrize(
    ("needed", "taken", "used"), [(40, 0, 40), (40, 75, 25), (500, 0, 100), (40, 100, None)]
)
def test_an_offer_gives_what_is_needed_and_left(
    needed: int, taken: int, used: int | None, town: Town, now: dt.datetime
) -> None:
    case = make_case(town, need=make_need(town, state="reserved", lines=[("goods", "いす", needed, "items")]))
    parties_of(case)[1].listing.provisions.update(taken=taken)
    version = begin_agreement(case=case, by=town.coordinator, now=now)
    assert [use.amount for use in terms_of(version).uses] == ([] if used is None else [used])


def test_a_period_that_is_over_is_left_open(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate()
    over = [{"starts_on": today - 20 * DAY, "ends_on": today - DAY}]
    case = make_case(town, need=make_need(town, state="reserved", windows=over))
    terms = terms_of(begin_agreement(case=case, by=town.owner, now=now))
    assert (terms.starts_on, terms.ends_on, terms.review_on) == (None, None, None)


@pytest.mark.parametrize("state", ["open", "talking", "agreed", "started", "closed"])
def test_it_is_begun_while_the_parties_talk(state: str, town: Town, now: dt.datetime) -> None:
    case = make_case(town, state=state)
    if state in ("talking", "agreed"):
        assert begin_agreement(case=case, by=town.owner, now=now).number == 1
        return
    with pytest.raises(NotAllowed, match="。"):
        begin_agreement(case=case, by=town.owner, now=now)
    assert not Agreement.objects.exists()


def test_of_two_who_begin_one_does(case: Case, town: Town, now: dt.datetime) -> None:
    stale = Case.objects.get(pk=case.pk)
    begin_agreement(case=case, by=town.owner, now=now)
    with pytest.raises(InvalidTransition):
        begin_agreement(case=stale, by=town.coordinator, now=now)
    assert AgreementVersion.objects.count() == 1


# Writing


def test_everything_typed_is_stored_at_once(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    terms = full_terms(case, other="雨の日は公民館で開く。")
    saved = save_version(version=version, terms=terms, saves=1, by=others_of(case)[0], now=now + DAY)
    assert terms_of(saved) == terms_of(AgreementVersion.objects.get()) == terms
    assert (saved.saves, saved.written_at, saved.written_by) == (2, now + DAY, town.owner)
    again = save_version(version=saved, terms=terms, saves=2, by=town.owner, now=now + 2 * DAY)
    assert (again.saves, again.written_at) == (2, now + DAY)
    assert verbs_logged(case) == ["agreement.begin", "agreement.save"]


def test_two_who_write_notice_each_other(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    save_version(version=version, terms=full_terms(case), saves=1, by=town.owner, now=now)
    with pytest.raises(StaleVersion) as raised:
        save_version(
            version=version, terms=full_terms(case, aim="別の目標"), saves=1, by=town.coordinator, now=now
        )
    assert "まだ保存していません" in raised.value.sentence
    assert raised.value.saves == 2
    assert AgreementVersion.objects.get().aim == "夏祭りを、いっしょに開く。"


def test_no_more_than_is_left_can_be_used(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    line = offered_lines(case)[0]
    line.listing.provisions.update(taken=70)
    with pytest.raises(ValidationError, match="使えるのは、あと30個まで"):
        save_version(version=version, terms=full_terms(case), saves=1, by=town.owner, now=now)
    use = replace(full_terms(case).uses[0], amount=30)
    save_version(version=version, terms=full_terms(case, uses=(use,)), saves=1, by=town.owner, now=now)
    assert version.uses.get().amount == 30


@pytest.mark.parametrize("what", ["form", "dates", "stranger", "foreign_offer", "twice"])
def test_what_no_form_offers_is_refused(what: str, case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    terms, foreign = full_terms(case), make_offer(town)
    wrong: dict[str, dict[str, Any]] = {
        "form": {"form": "marriage"},
        "dates": {"ends_on": terms.starts_on - DAY},
        "stranger": {"parts": {foreign.actor_id: PartValue(does="何か")}},
        "foreign_offer": {"uses": (replace(terms.uses[0], listing_id=foreign.pk),)},
        "twice": {"uses": terms.uses * 2},
    }
    with pytest.raises(ValidationError, match="。"):
        save_version(version=version, terms=replace(terms, **wrong[what]), saves=1, by=town.owner, now=now)
    assert terms_of(AgreementVersion.objects.get()).form == ""


# Showing it to all


def test_all_are_asked_to_confirm_and_nobody_has_yet(case: Case, town: Town, now: dt.datetime) -> None:
    version = proposed(case, town.owner, now)
    (other,) = others_of(case)
    version.refresh_from_db()
    assert (version.proposed_at, version.agreed_at, version.agreement.state) == (now, None, "confirming")
    assert not Confirmation.objects.exists()
    assert kinds_told(other) == ["agreement_proposed"]
    assert kinds_told(town.owner) == kinds_told(town.viewer) == kinds_told(town.coordinator) == []
    message = Message.objects.get(recipient=other)
    assert message.path == f"/workspace/agreements/{case.pk}/"
    assert verbs_logged(case)[-1] == "agreement.propose"


def test_where_nobody_can_press_the_coordinator_is_asked(case: Case, town: Town, now: dt.datetime) -> None:
    party = parties_of(case)[1]
    party.actor.memberships.all().delete()
    proposed(case, town.owner, now)
    message = Message.objects.get(recipient=town.coordinator)
    assert party.actor.name in message.text
    assert "電話" in message.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"form": ""}, "form"),
        ({"aim": " "}, "aim"),
        ({"cost": ""}, "cost"),
        ({"risk": ""}, "risk"),
        ({"publicity": ""}, "publicity"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": None}, "ends_on"),
        ({"review_on": None}, "review_on"),
        ({"parts": {}}, "part"),
        ({"review_days": -1}, "review_on"),
        ({"review_days": 193}, "review_on"),
        ({"over": True}, "ends_on"),
        ({"amount": None}, "uses"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    changes: dict[str, Any], field: str, case: Case, town: Town, now: dt.datetime
) -> None:
    version, terms = begin_agreement(case=case, by=town.owner, now=now), full_terms(case)
    today = timezone.localdate()
    if "review_days" in changes:
        changes = {"review_on": today + changes["review_days"] * DAY}
    elif "over" in changes:
        changes = {"starts_on": today - 9 * DAY, "ends_on": today - DAY, "review_on": today - 2 * DAY}
    elif "amount" in changes:
        changes = {"uses": (replace(terms.uses[0], amount=None),)}
    save_version(version=version, terms=replace(terms, **changes), saves=1, by=town.owner, now=now)
    with pytest.raises(NotComplete) as raised:
        propose_version(version=version, by=town.owner, now=now)
    expected = [f"part-{party.actor_id}" for party in parties_of(case)] if field == "part" else [field]
    assert [problem.field for problem in raised.value.problems] == expected
    assert all(problem.sentence.endswith("。") for problem in raised.value.problems)
    assert Agreement.objects.get().state == "draft"


def test_a_review_three_months_after_the_end_is_fine(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    terms = full_terms(case, review_on=timezone.localdate() + 192 * DAY, uses=(), indicators=())
    save_version(version=version, terms=terms, saves=1, by=town.owner, now=now)
    assert propose_version(version=version, by=town.owner, now=now).agreement.state == "confirming"


def test_what_another_took_meanwhile_is_said_before_all_are_asked(
    case: Case, town: Town, now: dt.datetime
) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    save_version(version=version, terms=full_terms(case), saves=1, by=town.owner, now=now)
    offered_lines(case)[0].listing.provisions.update(taken=90)
    with pytest.raises(NotComplete, match="あと10個まで"):
        propose_version(version=version, by=town.owner, now=now)


def test_only_what_was_read_is_proposed(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    save_version(version=version, terms=full_terms(case), saves=1, by=town.owner, now=now)
    with pytest.raises(StaleVersion):
        propose_version(version=version, saves=1, by=town.owner, now=now)
    assert propose_version(version=version, saves=2, by=town.owner, now=now).proposed_at == now


# Confirming


def test_with_the_last_yes_it_is_agreed(case: Case, town: Town, now: dt.datetime) -> None:
    version, (other,) = proposed(case, town.owner, now), others_of(case)
    confirm_version(version=version, actor=town.actor, by=town.owner, now=now + DAY)
    assert (Agreement.objects.get().state, Case.objects.get().state) == ("confirming", "talking")
    assert agreed_version(case) is None
    confirm_version(version=version, actor=parties_of(case)[1].actor, by=other, now=now + 2 * DAY)
    case.refresh_from_db()
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.moved_at, case.state, case.moved_at) == (
        "agreed",
        now + 2 * DAY,
        "agreed",
        now + 2 * DAY,
    )
    assert agreed_version(case) == version
    assert agreed_version(case).agreed_at == now + 2 * DAY
    assert kinds_told(town.owner) == kinds_told(town.coordinator) == ["agreement_settled"]
    assert kinds_told(other) == ["agreement_proposed"]
    assert verbs_logged(case)[-3:] == ["agreement.confirm", "agreement.confirm", "agreement.agree"]
    assert list(Confirmation.objects.values_list("said_by", "source")) == [
        (town.owner.pk, "web"),
        (other.pk, "web"),
    ]


def test_a_party_confirms_once(case: Case, town: Town, now: dt.datetime) -> None:
    version = proposed(case, town.owner, now)
    stale = AgreementVersion.objects.get(pk=version.pk)
    confirm_version(version=version, actor=town.actor, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="もう確認しています"):
        confirm_version(version=stale, actor=town.actor, by=town.owner, now=now)
    assert Confirmation.objects.count() == 1


def test_two_last_confirmations_at_once_agree_once(case: Case, town: Town, now: dt.datetime) -> None:
    version, other = proposed(case, town.owner, now), parties_of(case)[1].actor
    one, two = (AgreementVersion.objects.get(pk=version.pk) for _ in range(2))
    confirm_version(version=one, actor=town.actor, by=town.owner, now=now)
    confirm_version(version=two, actor=other, by=owner_of(other), now=now)
    with pytest.raises(InvalidTransition):
        confirm_version(version=one, actor=other, by=owner_of(other), now=now)
    assert verbs_logged(case).count("agreement.agree") == 1


def test_who_confirms_what_was_changed_meanwhile_is_told(case: Case, town: Town, now: dt.datetime) -> None:
    version, (other,) = proposed(case, town.owner, now), others_of(case)
    stale = AgreementVersion.objects.get(pk=version.pk)
    revise_agreement(agreement=version.agreement, by=town.owner, now=now)
    with pytest.raises(VersionChanged, match="内容が変わりました"):
        confirm_version(version=stale, actor=parties_of(case)[1].actor, by=other, now=now)
    assert not Confirmation.objects.exists()


def test_who_changes_what_was_agreed_meanwhile_is_told(case: Case, town: Town, now: dt.datetime) -> None:
    version, (other,) = proposed(case, town.owner, now), others_of(case)
    seen = version.agreement.state
    confirm_version(version=version, actor=town.actor, by=town.owner, now=now)
    confirm_version(version=version, actor=parties_of(case)[1].actor, by=other, now=now)
    with pytest.raises(VersionChanged):
        revise_agreement(agreement=version.agreement, seen=seen, by=town.coordinator, now=now)
    assert Agreement.objects.get().state == "agreed"
    assert (
        revise_agreement(agreement=version.agreement, seen="agreed", by=town.coordinator, now=now).number == 2
    )


@pytest.mark.parametrize("source", ["telephone", "counter", "fax", "paper"])
def test_staff_type_in_what_they_were_told(source: str, case: Case, town: Town, now: dt.datetime) -> None:
    version, party = proposed(case, town.owner, now), parties_of(case)[1]
    row = confirm_version(version=version, actor=party.actor, source=source, by=town.coordinator, now=now)
    assert (row.source, row.said_by) == (source, town.coordinator)
    event = Event.objects.get(verb="agreement.confirm")
    assert event.on_behalf_of == f"actors.actor:{party.actor_id}"
    assert event.municipality_ref == str(town.municipality.pk)
    assert kinds_told(owner_of(party.actor)) == ["agreement_proposed", "agreement_settled"]


def test_who_may_say_yes_for_whom(case: Case, town: Town, other_town: Town, now: dt.datetime) -> None:
    version, party = proposed(case, town.owner, now), parties_of(case)[1]
    refused: list[tuple[Any, Any, str, str]] = [
        (town.owner, party.actor, "web", "団体の管理者・編集の担当です"),
        (town.viewer, town.actor, "web", "団体の管理者・編集の担当です"),
        (town.citizen, town.actor, "web", "団体の管理者・編集の担当です"),
        (town.coordinator, party.actor, "web", "どのように聞いたか"),
        (town.owner, town.actor, "telephone", "コーディネーターと市の担当だけ"),
        (other_town.officer, town.actor, "telephone", "コーディネーターと市の担当だけ"),
        (town.coordinator, town.actor, "import", "から選んでください"),
        (town.coordinator, other_town.actor, "telephone", "当事者ではありません"),
    ]
    for person, actor, source, sentence in refused:
        with pytest.raises(NotAllowed, match=sentence):
            confirm_version(version=version, actor=actor, source=source, by=person, now=now)
    assert not Confirmation.objects.exists()


def test_who_has_left_is_not_waited_for(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    version = proposed(case, town.owner, now)
    leaving, staying = parties_of(case)[1:]
    leaving.left_at = now
    leaving.save()
    with pytest.raises(NotAllowed, match="その団体の管理者・編集の担当"):
        confirm_version(version=version, actor=leaving.actor, by=owner_of(leaving.actor), now=now)
    confirm_version(version=version, actor=town.actor, by=town.owner, now=now)
    confirm_version(version=version, actor=staying.actor, by=owner_of(staying.actor), now=now)
    assert Agreement.objects.get().state == "agreed"


def test_who_joins_later_must_be_written_in(case: Case, town: Town, now: dt.datetime) -> None:
    version = proposed(case, town.owner, now)
    late = join_case(case, make_offer(town))
    for actor, person in ((town.actor, town.owner), (late.actor, owner_of(late.actor))):
        with pytest.raises(NotAllowed, match=f"{late.actor.name}が、あとから加わりました"):
            confirm_version(version=version, actor=actor, by=person, now=now)
    second = revise_agreement(agreement=version.agreement, by=town.owner, now=now)
    assert late.actor_id in terms_of(second).parts


# Writing anew


def test_a_change_makes_a_new_version_and_keeps_the_old(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed")
    first = make_agreement(case)
    second = revise_agreement(agreement=first.agreement, by=town.owner, now=now)
    assert (second.number, second.saves, second.proposed_at, second.agreed_at) == (2, 1, None, None)
    assert terms_of(second) == terms_of(first)
    assert not second.confirmations.exists()
    assert (agreed_version(case), current_version(first.agreement)) == (first, second)
    assert (Agreement.objects.get().state, Case.objects.get().state) == ("draft", "agreed")
    (other,) = others_of(case)
    assert kinds_told(other) == kinds_told(town.coordinator) == ["agreement_settled"]
    assert "そのまま有効です" in Message.objects.get(recipient=other).text
    save_version(version=second, terms=full_terms(case), saves=1, by=town.owner, now=now)
    propose_version(version=second, by=town.owner, now=now)
    for party in parties_of(case):
        assert agreed_version(case) == first
        confirm_version(version=second, actor=party.actor, by=owner_of(party.actor), now=now)
    assert agreed_version(case) == second
    assert Case.objects.get().state == "agreed"


def test_the_next_version_has_only_those_who_are_there(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="agreed", offers=2)
    first = make_agreement(case)
    gone = parties_of(case)[2]
    gone.left_at = now
    gone.save()
    terms = terms_of(revise_agreement(agreement=first.agreement, by=town.owner, now=now))
    assert set(terms.parts) == {party.actor_id for party in parties_of(case)}
    assert {use.listing_id for use in terms.uses} == {parties_of(case)[1].listing_id}


def test_after_a_new_partner_the_case_is_agreed_again(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="talking")
    first = make_agreement(case, state="agreed")
    second = revise_agreement(agreement=first.agreement, by=town.owner, now=now)
    save_version(version=second, terms=full_terms(case), saves=1, by=town.owner, now=now)
    propose_version(version=second, by=town.owner, now=now)
    for party in parties_of(case):
        confirm_version(version=second, actor=party.actor, by=owner_of(party.actor), now=now)
    assert Case.objects.get().state == "agreed"


# Every verb from every state, and by everybody

Act = Callable[[AgreementVersion, Any, dt.datetime], Any]
VERBS: dict[str, tuple[str, Act]] = {
    "save": (
        "propose",
        lambda version, by, now: save_version(
            version=version, terms=full_terms(version.agreement.case), saves=version.saves, by=by, now=now
        ),
    ),
    "propose": ("propose", lambda version, by, now: propose_version(version=version, by=by, now=now)),
    "confirm": (
        "agree",
        lambda version, by, now: confirm_version(
            version=version,
            actor=version.agreement.case.need.actor,
            by=by,
            now=now,
            source="web" if by.memberships.exists() else "telephone",
        ),
    ),
    "revise": (
        "revise",
        lambda version, by, now: revise_agreement(agreement=version.agreement, by=by, now=now),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["draft", "confirming", "agreed"])
@pytest.mark.parametrize("case_state", ["open", "talking", "agreed", "started", "closed"])
def test_every_verb_from_every_state(
    verb: str, state: str, case_state: str, town: Town, now: dt.datetime
) -> None:
    case = make_case(town, state=case_state)
    words = {"cost": "なし", "risk": "なし", "publicity": "なし"}
    version = make_agreement(case, state=state, **words)
    table_verb, act = VERBS[verb]
    if case_state in ("talking", "agreed") and AGREEMENT.allows(table_verb, state):
        act(version, town.owner, now)
        return
    with pytest.raises((InvalidTransition, NotAllowed)):
        act(version, town.owner, now)
    assert (Agreement.objects.get().state, AgreementVersion.objects.count()) == (state, 1)


@pytest.mark.parametrize("verb", [*VERBS, "begin"])
@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("owner", True),
        ("viewer", False),
        ("citizen", False),
        ("coordinator", True),
        ("officer", True),
        ("stranger", False),
        ("foreign_officer", False),
        ("foreign_owner", False),
    ],
)
def test_only_the_parties_and_staff(
    verb: str, who: str, allowed: bool, town: Town, other_town: Town, now: dt.datetime
) -> None:
    people = {
        "stranger": make_person(),
        "foreign_officer": other_town.officer,
        "foreign_owner": other_town.owner,
    }
    person = people.get(who) or getattr(town, who)
    case = make_case(town)
    if verb == "begin":
        act = lambda _version, by, now: begin_agreement(case=case, by=by, now=now)  # noqa: E731
        version = None
    else:
        state = {"confirm": "confirming", "revise": "agreed"}.get(verb, "draft")
        version = make_agreement(case, state=state, cost="なし", risk="なし", publicity="なし")
        act = VERBS[verb][1]
    if allowed:
        act(version, person, now)
        return
    with pytest.raises(NotAllowed, match="。"):
        act(version, person, now)


def test_a_need_of_the_city_hall_stays_with_the_office(town: Town, now: dt.datetime) -> None:
    case = make_case(town, need=make_need(town, state="reserved", visibility="city_hall"))
    with pytest.raises(NotAllowed):
        begin_agreement(case=case, by=town.coordinator, now=now)
    assert begin_agreement(case=case, by=town.officer, now=now).number == 1
