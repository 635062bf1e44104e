"""The only door to meetings: their dates, the answers to them, and what was decided."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of
from musubi.flow.actors.queries.standing import MAY_EDIT

from ..enums import CaseState, Mark, MeetingState
from ..models import Case, DateAnswer, DateMark, DateOption, MeetingAction, Party, PreMeeting
from .cases import parties_of, read_by_staff

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

MEETING_CASES = frozenset({CaseState.TALKING, CaseState.AGREED})
"""States of a case in which its parties meet before they begin."""
RELATED = ("case", "case__municipality", "case__need", "called_by")


@dataclass(frozen=True)
class DateLine:
    """One date, and the names of those whom it suits, perhaps suits, and does not suit."""

    option: DateOption
    yes: list[str]
    maybe: list[str]
    no: list[str]
    is_past: bool


@dataclass(frozen=True)
class AnswerLine:
    """One person's answer, and whether it speaks of every date that is asked about now."""

    answer: DateAnswer
    is_complete: bool


def meetings_for(user: "Person") -> QuerySet[PreMeeting]:
    """The meetings of the cases this person may read; who has left reads nothing that moved afterwards."""
    takes_part = Party.objects.filter(
        Q(left_at=None) | Q(left_at__gte=OuterRef("moved_at")),
        case=OuterRef("case"),
        actor__in=standing_of(user).actor_ids,
    )
    rows = Q(Exists(takes_part)) | read_by_staff(user, "case__")
    return PreMeeting.objects.filter(rows).select_related(*RELATED)


def meeting_with_token(token: str) -> PreMeeting | None:
    """The meeting at an address that anybody may open who was given it."""
    return PreMeeting.objects.filter(token=token).select_related(*RELATED).first()


def actions_for(user: "Person") -> QuerySet[MeetingAction]:
    """What was decided in the meetings this person may read."""
    return MeetingAction.objects.filter(meeting__in=meetings_for(user)).select_related(
        "actor", "meeting", "meeting__case", "meeting__case__need"
    )


def meetings_of(user: "Person", case: Case) -> QuerySet[PreMeeting]:
    """Those of a case that this person may read, with what was decided, the latest first."""
    return meetings_for(user).filter(case=case).prefetch_related("actions__actor")


def dates_of(meeting: PreMeeting, *, now: dt.datetime) -> list[DateLine]:
    """The dates that are asked about, the best first: most ○, then most △, then the earlier."""
    marks = DateMark.objects.select_related("answer").order_by("answer__answered_at", "pk")
    lines = []
    for option in meeting.options.prefetch_related(Prefetch("marks", marks)):
        names: dict[str, list[str]] = {value: [] for value in Mark.values}
        for mark in option.marks.all():
            names[mark.mark].append(mark.answer.name)
        lines.append(
            DateLine(option, names[Mark.YES], names[Mark.MAYBE], names[Mark.NO], option.starts_at <= now)
        )
    return sorted(lines, key=lambda line: (-len(line.yes), -len(line.maybe), line.option.starts_at))


def answers_of(meeting: PreMeeting) -> list[AnswerLine]:
    """Who answered, in the order in which they first did."""
    asked = meeting.options.count()
    rows = meeting.answers.select_related("actor").prefetch_related("marks").order_by("pk")
    return [AnswerLine(answer, len(answer.marks.all()) == asked) for answer in rows]


def own_answer_to(meeting: PreMeeting, user: "Person", key: str = "") -> DateAnswer | None:
    """The answer this address (`key`) or this person may change."""
    if key:
        return meeting.answers.filter(key=key, user=None).first()
    return meeting.answers.filter(user_id=user.pk).first() if user.is_authenticated else None


def parties_of_person(user: "Person", case: Case) -> list[Actor]:
    """The parties to which this person belongs, in any role: a date is everybody's own."""
    belongs_to = standing_of(user).actor_ids
    return [party.actor for party in parties_of(case) if party.actor_id in belongs_to]


def people_of(case: Case) -> list[User]:
    """Who is told about a case's meetings: owners and editors of its parties, and the coordinator."""
    parties = Party.objects.filter(case=case, left_at=None).values("actor")
    looks_after = Q(memberships__actor__in=parties, memberships__role__in=MAY_EDIT)
    rows = User.objects.filter(looks_after | Q(pk=case.coordinator_id), is_active=True)
    return list(rows.distinct().order_by("pk"))


def complete_answers() -> QuerySet[DateAnswer]:
    """Answers with a mark for every date that is asked about now."""
    marked = DateMark.objects.filter(option=OuterRef("pk"), answer=OuterRef(OuterRef("pk")))
    return DateAnswer.objects.filter(
        ~Exists(DateOption.objects.filter(~Exists(marked), meeting=OuterRef("meeting")))
    )


def parties_without_answer(meeting: PreMeeting) -> list[Party]:
    """The parties of which nobody has answered for all dates."""
    answered = set(complete_answers().filter(meeting=meeting).values_list("actor", flat=True))
    return [party for party in parties_of(meeting.case) if party.actor_id not in answered]


def awaited_dates_for(user: "Person") -> QuerySet[PreMeeting]:
    """Meetings whose dates wait for an answer of a party this person looks after."""
    told = complete_answers().filter(
        Q(actor=OuterRef("actor")) | Q(user_id=user.pk), meeting=OuterRef(OuterRef("pk"))
    )
    waiting = Party.objects.filter(
        ~Exists(told), case=OuterRef("case"), left_at=None, actor__in=standing_of(user).edits
    )
    return (
        PreMeeting.objects.filter(Exists(waiting), state=MeetingState.FINDING, case__state__in=MEETING_CASES)
        .select_related(*RELATED)
        .order_by("called_at", "pk")
    )


def awaited_actions_for(user: "Person") -> QuerySet[MeetingAction]:
    """What was decided and is not done: for the own parties, and for the coordinator of the case."""
    if not user.is_authenticated:
        return MeetingAction.objects.none()
    mine = Q(actor__in=standing_of(user).edits) | Q(actor=None, meeting__case__coordinator_id=user.pk)
    return (
        MeetingAction.objects.filter(mine, done_at=None)
        .exclude(meeting__case__state=CaseState.CLOSED)
        .select_related("actor", "meeting", "meeting__case")
        .order_by("due_on", "pk")
    )


def awaited_records_for(user: "Person", *, now: dt.datetime | None = None) -> QuerySet[PreMeeting]:
    """Meetings this person called that have begun and have no record yet."""
    if not user.is_authenticated:
        return PreMeeting.objects.none()
    return (
        PreMeeting.objects.filter(
            _settles(user),
            called_by_id=user.pk,
            state=MeetingState.FIXED,
            starts_at__lte=now or timezone.now(),
        )
        .exclude(case__state=CaseState.CLOSED)
        .select_related(*RELATED)
        .order_by("starts_at", "pk")
    )


def awaited_fixing_for(user: "Person", *, today: dt.date | None = None) -> QuerySet[PreMeeting]:
    """Meetings this person called whose answers are all in, or were to be in before today."""
    if not user.is_authenticated:
        return PreMeeting.objects.none()
    told = complete_answers().filter(actor=OuterRef("actor"), meeting=OuterRef(OuterRef("pk")))
    waiting = Party.objects.filter(~Exists(told), case=OuterRef("case"), left_at=None)
    due = ~Exists(waiting) | Q(answer_by__lt=today or timezone.localdate())
    return (
        PreMeeting.objects.filter(
            due,
            _settles(user),
            called_by_id=user.pk,
            state=MeetingState.FINDING,
            case__state__in=MEETING_CASES,
        )
        .select_related(*RELATED)
        .order_by("called_at", "pk")
    )


def _settles(user: "Person") -> Q:
    """Whether whoever called a meeting still has to do with it: as a party's editor, or for the town."""
    there = Party.objects.filter(case=OuterRef("case"), left_at=None, actor__in=standing_of(user).edits)
    return Q(Exists(there)) | read_by_staff(user, "case__")
