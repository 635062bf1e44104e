"""What happens to a local issue, who may do it, and who hears of it."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.index.queries import search
from musubi.base.notify.queries import messages_for
from musubi.flow.issues import services
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.models import Issue
from musubi.flow.issues.permissions import REPORTS_AN_HOUR, SUPPORTS_AN_HOUR
from musubi.flow.issues.workflow import WORKFLOW
from tests.factories import Town, make_issue, make_person, register


def report(town: Town, now: dt.datetime, by: Any = None, **facts: Any) -> Issue:
    facts.setdefault("title", "街灯が切れている")
    facts.setdefault("body", "夜になると足もとが見えません。")
    facts.setdefault("area", town.town)
    return services.report_issue(municipality=town.municipality, by=by or town.citizen, now=now, **facts)


def found(town: Town, words: str) -> list[int]:
    hits = search(partitions=[town.municipality.pk], text=words, kinds=["issue"])
    return [ref.object_id for ref in hits.refs]


def fresh(person: Any) -> Any:
    return type(person).objects.get(pk=person.pk)


def subjects_told(person: Any) -> list[str]:
    return [message.kind for message in messages_for(person)]


def test_a_citizen_says_what_troubles_a_place(town: Town, now: dt.datetime) -> None:
    issue = report(town, now, place_note="橋のたもと", fields=[3])
    assert (issue.state, issue.reported_by, issue.entered_by, issue.source) == (
        "open",
        town.citizen,
        None,
        "web",
    )
    assert found(town, "街灯") == found(town, "橋のたもと") == found(town, "浜町") == [issue.pk]
    assert [event.verb for event in events_about(issue)] == ["issue.report"]


def test_only_registered_people_of_the_town_may(town: Town, other_town: Town, now: dt.datetime) -> None:
    for stranger in (make_person(), other_town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="この町の登録"):
            report(town, now, by=stranger)
    assert Issue.objects.count() == 0


def test_a_place_of_another_town_is_refused(town: Town, other_town: Town, now: dt.datetime) -> None:
    with pytest.raises(ValidationError, match="この町の区か町"):
        report(town, now, area=other_town.town)
    issue = report(town, now)
    with pytest.raises(ValidationError, match="この町の区か町"):
        services.edit_issue(issue=issue, area=other_town.wards[0], by=town.citizen, now=now)


def test_staff_type_in_the_words_of_somebody_who_telephoned(town: Town, now: dt.datetime) -> None:
    issue = report(town, now, by=town.coordinator, source="telephone", reporter_name="70代の女性")
    assert (issue.reported_by, issue.entered_by, issue.reporter_name) == (
        None,
        town.coordinator,
        "70代の女性",
    )
    with pytest.raises(NotAllowed, match="代わりに入力できる"):
        report(town, now, source="telephone", reporter_name="だれか")


def test_a_flood_is_stopped_but_staff_type_on(town: Town, now: dt.datetime) -> None:
    for _ in range(REPORTS_AN_HOUR):
        report(town, now)
        report(town, now, by=town.officer)
    with pytest.raises(NotAllowed, match="1時間ほどあけて"):
        report(town, now)
    report(town, now, by=town.officer)
    report(town, now + dt.timedelta(hours=1, minutes=1))


def test_editing_changes_what_search_finds(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    services.edit_issue(issue=issue, title="溝のふたがない", area=town.wards[1], by=town.citizen, now=now)
    assert found(town, "街灯") == []
    assert found(town, "溝のふた") == [issue.pk]
    with pytest.raises(TypeError):
        services.edit_issue(issue=issue, state="resolved", by=town.citizen, now=now)
    for stranger in (town.viewer, make_person()):
        with pytest.raises(NotAllowed, match="伝えた本人"):
            services.edit_issue(issue=issue, title="別の題名", by=stranger, now=now)
    services.edit_issue(issue=issue, title="溝のふたを直して", by=town.coordinator, now=now)


def test_nobody_edits_under_the_feet_of_who_took_it_up(town: Town, now: dt.datetime) -> None:
    issue = services.take_up_issue(issue=report(town, now), by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="取り組みが始まった"):
        services.edit_issue(issue=issue, title="別の話", by=town.citizen, now=now)


def test_me_too_counts_once_and_tells_at_the_first_voice_only(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    for person in (town.viewer, town.viewer, town.owner):
        services.support_issue(issue=issue, by=person, now=now)
    assert issue.supports.count() == 2
    assert subjects_told(town.citizen) == ["issue_supported"]
    services.withdraw_support(issue=issue, by=town.viewer, now=now)
    services.withdraw_support(issue=issue, by=town.viewer, now=now)
    services.withdraw_support(issue=issue, by=town.owner, now=now)
    services.support_issue(issue=issue, by=town.owner, now=now)
    assert issue.supports.count() == 1
    assert subjects_told(town.citizen) == ["issue_supported"]
    assert events_about(issue).filter(verb="issue.withdraw_support").count() == 2


def test_me_too_is_refused_with_its_reason(town: Town, other_town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    for person, sentence in (
        (town.citizen, "ご自分が伝えた"),
        (make_person(), "この町の登録"),
        (other_town.citizen, "この町の登録"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            services.support_issue(issue=issue, by=person, now=now)
    services.resolve_issue(issue=issue, by=town.officer, now=now)
    with pytest.raises(NotAllowed, match="受付を終えて"):
        services.support_issue(issue=issue, by=town.viewer, now=now)


def test_pressing_again_and_again_is_stopped(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    for _ in range(SUPPORTS_AN_HOUR):
        services.support_issue(issue=issue, by=town.viewer, now=now)
        services.withdraw_support(issue=issue, by=town.viewer, now=now)
    with pytest.raises(NotAllowed, match="何度も押されて"):
        services.support_issue(issue=issue, by=town.viewer, now=now)


def test_taking_up_tells_who_said_it_once(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    services.take_up_issue(issue=issue, by=town.owner, now=now)
    taken = services.take_up_issue(issue=issue, by=town.coordinator, now=now)
    assert taken.state == IssueState.TAKEN_UP
    assert subjects_told(town.citizen) == ["issue_taken_up"]


def test_taking_up_needs_an_actor_of_this_town(town: Town, other_town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    register(town.municipality, other_town.owner)
    for person in (town.citizen, town.viewer, other_town.owner):
        with pytest.raises(NotAllowed, match="団体か個人の登録が必要"):
            services.take_up_issue(issue=issue, by=fresh(person), now=now)


VERBS = {
    "take_up": services.take_up_issue,
    "resolve": services.resolve_issue,
    "reopen": services.reopen_issue,
    "withdraw": services.withdraw_issue,
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", IssueState.values)
def test_every_verb_from_every_state(verb: str, state: str, town: Town, now: dt.datetime) -> None:
    issue = make_issue(town, state=state)
    if WORKFLOW.allows(verb, state):
        moved = VERBS[verb](issue=issue, by=town.officer, now=now)
        assert moved.state == WORKFLOW.target(verb, state)
        assert events_about(issue).get().verb == f"issue.{verb}"
        assert bool(found(town, issue.title)) is (moved.state != "withdrawn")
        return
    with pytest.raises((InvalidTransition, NotAllowed)):
        VERBS[verb](issue=issue, by=town.officer, now=now)
    assert Issue.objects.get().state == state
    assert Event.objects.count() == 0


@pytest.mark.parametrize("verb", ["resolve", "reopen"])
def test_only_the_towns_staff_say_what_became_of_it(
    verb: str, town: Town, other_town: Town, now: dt.datetime
) -> None:
    for person in (town.citizen, town.owner, other_town.officer, other_town.coordinator):
        with pytest.raises(NotAllowed, match="市の担当とコーディネーターだけ"):
            VERBS[verb](issue=make_issue(town), by=person, now=now)


def test_who_said_it_may_take_it_back_while_nobody_has_taken_it_up(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    with pytest.raises(NotAllowed):
        services.withdraw_issue(issue=issue, by=town.viewer, now=now)
    assert services.withdraw_issue(issue=issue, by=town.citizen, now=now).state == "withdrawn"
    assert found(town, "街灯") == []


def test_hidden_is_found_by_nobody_until_it_is_shown_again(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    issue = report(town, now)
    for person in (town.citizen, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed, match="市の担当だけ"):
            services.hide_issue(issue=issue, reason="理由", by=person, now=now)
    services.hide_issue(issue=issue, reason="個人の名前があります。", by=town.officer, now=now)
    assert found(town, "街灯") == []
    services.edit_issue(issue=issue, title="街灯が暗い", by=town.citizen, now=now)
    assert found(town, "街灯") == []
    shown = services.unhide_issue(issue=issue, by=town.officer, now=now)
    assert (shown.hidden_at, shown.hidden_reason) == (None, "")
    assert found(town, "街灯") == [issue.pk]


def test_the_log_keeps_no_words_of_an_edit(town: Town, now: dt.datetime) -> None:
    issue = report(town, now)
    services.edit_issue(
        issue=issue, by=town.citizen, now=now, body="ひみつを書きました", title=issue.title, fields=[9]
    )
    event = events_about(issue).get(verb="issue.edit")
    assert (event.before, event.after) == ("", '{"changed": ["body", "fields"]}')
