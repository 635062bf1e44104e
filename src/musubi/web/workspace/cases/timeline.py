"""What happened in a case, in order, as far as its reader may know it."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.flow.matching.enums import Initiative, IntroductionState

if TYPE_CHECKING:
    from musubi.flow.cases.models import Case
    from musubi.flow.matching.models import Introduction

Event = dict[str, Any]


def events_of(
    case: "Case", introductions: "Iterable[Introduction]", *, until: dt.datetime | None = None
) -> list[Event]:
    """From the opening to what comes next, for who has left `until` then; the reader's `introductions`."""
    events = [_opened(case)]
    for introduction in introductions:
        events += _introduced(introduction)
    for party in case.parties.select_related("actor"):
        if party.introduction_id:
            events.append(
                _event(party.joined_at, _("%(actor)sが話し合いに加わりました") % {"actor": party.actor.name})
            )
        if party.left_at:
            events.append(
                _event(
                    party.left_at, _("%(actor)sが抜けました") % {"actor": party.actor.name}, party.left_note
                )
            )
    if case.closed_at:
        events.append(
            _event(
                case.closed_at,
                _("終わりにしました：%(reason)s") % {"reason": case.get_close_reason_display()},
                case.close_note,
            )
        )
    events.sort(key=lambda event: event["when"])
    if until is not None:
        return [event for event in events if event["when"] <= until]
    if case.next_step and not case.closed_at and case.next_step_on:
        events.append(
            {
                "when": case.next_step_on,
                "title": _("次にすること：%(what)s") % {"what": case.next_step},
                "text": _("予定の日を過ぎています。") if case.next_step_on < timezone.localdate() else "",
                "now": True,
            }
        )
    return events


def _opened(case: "Case") -> Event:
    if case.opened_by_id and case.opened_by_id == case.coordinator_id:
        title = _("%(who)sさんが案件を開きました") % {"who": case.opened_by}
    else:
        title = _("案件が開かれました")
    return _event(case.opened_at, title)


def _introduced(introduction: "Introduction") -> list[Event]:
    need, offer = introduction.need.actor.name, introduction.offer.actor.name
    title = {
        Initiative.COORDINATOR: _("%(offer)sを紹介しました"),
        Initiative.NEED: _("%(need)sから%(offer)sに「話を聞きたい」が届きました"),
        Initiative.OFFER: _("%(offer)sから「話を聞きたい」が届きました"),
    }[Initiative(introduction.initiative)] % {"need": need, "offer": offer}
    events = [_event(introduction.introduced_at, title, introduction.words)]
    ended = {
        IntroductionState.DECLINED: _("%(offer)sとの紹介は、見送りになりました"),
        IntroductionState.LAPSED: _("%(offer)sとの紹介は、返事がないまま終わりました"),
        IntroductionState.WITHDRAWN: _("%(offer)sとの紹介を取りやめました"),
    }.get(IntroductionState(introduction.state))
    if introduction.settled_at and ended:
        events.append(_event(introduction.settled_at, ended % {"offer": offer}))
    return events


def _event(when: dt.datetime, title: str, text: str = "") -> Event:
    return {"when": when, "title": title, "text": text}
