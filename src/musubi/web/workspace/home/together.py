"""What others wait for from this person: answers, dates, confirmations, tasks, consents; the longest waiting first."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.queries import (
    awaited_actions_for,
    awaited_confirmations_for,
    awaited_dates_for,
    awaited_fixing_for,
    awaited_records_for,
)
from musubi.flow.listings.queries import own_listings_for
from musubi.flow.matching.queries import awaited_replies_for
from musubi.flow.outcomes.queries import awaited_reviews_for
from musubi.flow.projects.queries import awaited_reviews_due_for, awaited_tasks_for
from musubi.flow.stories.queries import awaited_consents_for
from musubi.web.design.wording import day

from .step import Step

MOST = 10
SOON = dt.timedelta(days=14)


def steps_with_others(user: User, today: dt.date) -> list[Step]:
    """A constant number of queries, whatever is awaited."""
    found = [
        *_introductions(user),
        *_meetings(user, today),
        *_agreements(user),
        *_projects(user, today),
        *_stories(user),
        *_listings(user),
    ]
    return sorted(found, key=lambda step: (step.since is None, step.since))


def _introductions(user: User) -> Iterator[Step]:
    for reply in awaited_replies_for(user)[:MOST]:
        introduction = reply.introduction
        other = introduction.offer if reply.side == "need" else introduction.need
        yield Step(
            _("%(actor)sを紹介されています。「話してみたい」か「今回は見送る」を答えてください。")
            % {"actor": other.actor.name},
            reverse("workspace:introduction", args=[introduction.pk]),
            _("紹介を読む"),
            introduction.introduced_at,
        )


def _meetings(user: User, today: dt.date) -> Iterator[Step]:
    for meeting in awaited_dates_for(user)[:MOST]:
        text = _("「%(case)s」の打ち合わせに、行ける日を答えてください。") % {"case": meeting.case}
        yield Step(text, reverse("public:dates", args=[meeting.token]), _("日程を答える"), meeting.called_at)
    for meeting in awaited_fixing_for(user, today=today)[:MOST]:
        text = _("「%(case)s」の打ち合わせの返事がそろいました。日時を決めてください。") % {
            "case": meeting.case
        }
        yield Step(text, reverse("workspace:meeting", args=[meeting.pk]), _("日時を決める"), meeting.moved_at)
    for meeting in awaited_records_for(user)[:MOST]:
        text = _("「%(case)s」の打ち合わせの記録と、決めたことを入れてください。") % {"case": meeting.case}
        href = reverse("workspace:meeting_record", args=[meeting.pk])
        yield Step(text, href, _("記録を書く"), meeting.starts_at)
    for action in awaited_actions_for(user)[:MOST]:
        yield Step(
            _("決めたこと「%(what)s」（%(due)sまで）は、すみましたか。")
            % {"what": action.what, "due": day(action.due_on)},
            reverse("workspace:meeting", args=[action.meeting_id]),
            _("打ち合わせを開く"),
            _overdue(action.due_on, today),
        )


def _agreements(user: User) -> Iterator[Step]:
    for version, actor in awaited_confirmations_for(user)[:MOST]:
        case = version.agreement.case
        text = _("「%(case)s」の合意書を、%(actor)sとして読んで確かめてください。")
        yield Step(
            text % {"case": case, "actor": actor.name},
            reverse("workspace:agreement", args=[case.pk]),
            _("合意書を読む"),
            version.proposed_at,
        )


def _projects(user: User, today: dt.date) -> Iterator[Step]:
    for task in awaited_tasks_for(user).filter(due_on__lte=today + SOON)[:MOST]:
        yield Step(
            _("やること「%(what)s」の期限は%(due)sです。") % {"what": task.what, "due": day(task.due_on)},
            reverse("workspace:project", args=[task.project_id]),
            _("プロジェクトを開く"),
            _overdue(task.due_on, today),
        )
    for project in awaited_reviews_due_for(user, today=today)[:MOST]:
        yield Step(
            _("「%(project)s」は、見直しの日を過ぎています。みんなで話して、結果を残してください。")
            % {"project": project},
            reverse("workspace:project_review", args=[project.pk]),
            _("見直しを残す"),
            _morning(project.review_on) if project.review_on else None,
        )
    for evaluation, partner in awaited_reviews_for(user)[:MOST]:
        text = _("「%(project)s」の振り返りに、%(actor)sとして答えてください（10の質問、約5分）。")
        yield Step(
            text % {"project": evaluation.project, "actor": partner},
            reverse("workspace:review", args=[evaluation.pk, partner.pk]),
            _("振り返りに答える"),
            evaluation.opened_at,
        )


def _stories(user: User) -> Iterator[Step]:
    for consent in awaited_consents_for(user)[:MOST]:
        text = (
            _("事例「%(story)s」の文章と写真に、%(actor)sとして同意するかを答えてください。")
            if consent.partner.actor_id
            else _("事例「%(story)s」に同意するかを、%(actor)sに電話などで聞いて、入力してください。")
        )
        yield Step(
            text % {"story": consent.story, "actor": consent.partner},
            reverse("workspace:consent", args=[consent.pk]),
            _("事例を読んで答える"),
            consent.asked_at,
        )


def _listings(user: User) -> Iterator[Step]:
    """What its people were asked about by mail and have not confirmed."""
    asked = own_listings_for(user).filter(actor__in=standing_of(user).edits, times_asked__gt=0)
    for listing in asked.filter(state="published").order_by("asked_at", "pk")[:MOST]:
        text = _("「%(title)s」は、いまも続いていますか。3か月のあいだ、確かめられていません。")
        yield Step(
            text % {"title": listing.title},
            reverse("workspace:listing", args=[listing.pk]),
            _("確かめる"),
            listing.asked_at,
        )


def _overdue(due_on: dt.date, today: dt.date) -> dt.datetime | None:
    return _morning(due_on) if due_on < today else None


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
