"""Cases and projects that are under way, one for each point where one may stand."""

import datetime as dt

from django.utils import timezone

from musubi.flow.cases import services
from musubi.flow.cases.models import Case
from musubi.flow.cases.services import ActionValue
from musubi.flow.listings.models import Listing
from musubi.flow.outcomes.services import open_evaluation
from musubi.flow.projects.services import achieve_project, stop_project

from .content import Row, rows_of
from .scene import Scene, Span

RUNNING = frozenset({"preparing", "active", "review_past", "stopped", "evaluating", "achieved"})
AGREEING = frozenset({"draft", "confirming", "agreed"})
MEETING = frozenset({"finding", "fixed", "held"})


def build_cases(scene: Scene, listings: dict[str, Listing]) -> None:
    """Everything before a project: found, introduced, talked about, met, agreed, closed."""
    for row in rows_of("cases"):
        if row["stage"] not in RUNNING:
            _build(scene, row, listings)


def build_projects(scene: Scene, listings: dict[str, Listing]) -> None:
    """Projects that prepare, run, are past their review, were stopped, have ended, look back."""
    for row in rows_of("cases"):
        if row["stage"] in RUNNING:
            _run(scene, row, listings)


def _span(scene: Scene, need: Listing, offers: list[Listing]) -> Span:
    """From when all of them were published until yesterday."""
    begun = max(row.published_at for row in (need, *offers) if row.published_at)
    return Span(begun + dt.timedelta(hours=1), scene.now - dt.timedelta(hours=3))


def _build(scene: Scene, row: Row, listings: dict[str, Listing]) -> Case | None:
    need, offers = listings[row["need"]], [listings[key] for key in row["offers"]]
    span, stage = _span(scene, need, offers), row["stage"]
    if stage == "asked":
        side = row["asked_by"]
        by = scene.writer((need if side == "need" else offers[0]).actor)
        services.ask_to_talk(need=need, offer=offers[0], words=row["words"], by=by, now=span.at(0.8))
        return None
    case = scene.introduce(need, offers, row.get("words", ""), span.at(0.05))
    if stage == "open":
        on = timezone.localdate(scene.now + dt.timedelta(days=row["next_in"]))
        services.set_next_step(
            case=case, what=row["next_step"], on=on, by=scene.coordinator, now=span.at(0.1)
        )
    elif stage == "half":
        scene.say_yes(scene.introductions_of(case)[0], "need", span.at(0.4))
    elif stage == "declined":
        _decline(scene, case, row, span)
    elif stage == "closed":
        _close(scene, case, row, span)
    elif stage != "introduced":
        _talk(scene, scene.connect(case, span), row, span)
    return case


def _decline(scene: Scene, case: Case, row: Row, span: Span) -> None:
    introduction = scene.introductions_of(case)[0]
    services.reply(
        introduction=introduction,
        side="offer",
        answer="no",
        reason=row["reason"],
        words=row["reply_words"],
        source="telephone",
        by=scene.coordinator,
        now=span.at(0.5),
    )


def _close(scene: Scene, case: Case, row: Row, span: Span) -> None:
    if row.get("after_talk"):
        scene.connect(case, span)
    services.close_case(
        case=case, reason=row["reason"], note=row["note"], by=scene.coordinator, now=span.at(0.7)
    )


def _talk(scene: Scene, case: Case, row: Row, span: Span) -> None:
    need, offer = (party.actor for party in list(case.parties.order_by("pk"))[:2])
    writers = {"need": (need, scene.writer(need)), "offer": (offer, scene.writer(offer))}
    for number, (who, text) in enumerate(row.get("letters", [])):
        actor, author = writers.get(who, (None, scene.coordinator))
        services.write_letter(
            case=case,
            introduction=None,
            actor=actor,
            text=text,
            by=author,
            now=span.at(0.2 + 0.1 * number),
        )
    if row["stage"] in MEETING:
        _meet(scene, case, row, span)
    elif row["stage"] in AGREEING:
        today = timezone.localdate(scene.now)
        days = (today + dt.timedelta(days=7), today + dt.timedelta(days=60), today + dt.timedelta(days=120))
        version = scene.write_agreement(case, row, days, span.at(0.5))
        if row["stage"] == "confirming":
            version = services.propose_version(version=version, by=scene.coordinator, now=span.at(0.6))
            services.confirm_version(
                version=version, actor=need, source="web", by=scene.writer(need), now=span.at(0.8)
            )
        elif row["stage"] == "agreed":
            scene.agree(case, version, span.at(0.6))


def _meet(scene: Scene, case: Case, row: Row, span: Span) -> None:
    """Dates are asked about from the moment of asking, so that a held meeting lies in the past."""
    asked = span.at(0.3)
    held = row["stage"] == "held"
    first = span.at(0.6) if held else scene.now + dt.timedelta(days=4)
    options = [
        (first + dt.timedelta(days=extra)).replace(hour=hour, minute=0, second=0, microsecond=0)
        for extra, hour in ((0, 10), (1, 14), (2, 18))
    ]
    meeting = services.call_meeting(
        case=case,
        options=options,
        minutes=60,
        place="市民協働センター 会議室",
        online_url="",
        agenda="1 自己紹介\n2 いま困っていること\n3 できること・できないこと\n4 次にすること",
        answer_by=None,
        by=scene.coordinator,
        now=asked,
    )
    choices = list(meeting.options.order_by("starts_at"))
    for number, name in enumerate(row.get("answers", ["当日の担当", "会計の担当"])):
        marks = {
            option.pk: ("yes", "maybe", "no")[(place + number) % 3] for place, option in enumerate(choices)
        }
        services.answer_dates(
            meeting=meeting, name=name, marks=marks, words="", now=asked + dt.timedelta(hours=3 + number)
        )
    if row["stage"] == "finding":
        return
    meeting = services.fix_date(
        meeting=meeting, option=choices[0], by=scene.coordinator, now=asked + dt.timedelta(hours=8)
    )
    if held:
        actors = {
            "need": case.need.actor,
            "offer": case.parties.exclude(actor=case.need.actor).get().actor,
        }
        services.record_meeting(
            meeting=meeting,
            notes=row["notes"],
            actions=[
                ActionValue(
                    what=what, actor=actors[who], due_on=timezone.localdate(scene.now + dt.timedelta(days=9))
                )
                for who, what in row["actions"]
            ],
            by=scene.coordinator,
            now=span.at(0.95),
        )


def _run(scene: Scene, row: Row, listings: dict[str, Listing]) -> None:
    need, offers = listings[row["need"]], [listings[key] for key in row["offers"]]
    span, stage, today = _span(scene, need, offers), row["stage"], timezone.localdate(scene.now)
    case = scene.connect(scene.introduce(need, offers, "", span.at(0.05)), span)
    begins = today + dt.timedelta(days=5) if stage == "preparing" else timezone.localdate(span.at(0.3))
    review = today - dt.timedelta(days=2) if stage == "review_past" else today + dt.timedelta(days=40)
    last = today + dt.timedelta(days=90)
    version = scene.write_agreement(case, row, (begins, max(begins, review), last), span.at(0.15))
    scene.agree(case, version, span.at(0.2))
    project = scene.start(case, row, span, 0.3)
    scene.tell(project, case, row, span, (0.35, 0.75))
    if stage == "stopped":
        stop_project(
            project=project,
            reason=row["reason"],
            result=row["result"],
            by=scene.coordinator,
            now=span.at(0.8),
        )
    elif stage in ("achieved", "evaluating"):
        gone = [row.pk for row in project.allotments.filter(resource="goods")] if row.get("used_up") else []
        project = achieve_project(
            project=project, result=row["result"], used_up=gone, by=scene.coordinator, now=span.at(0.8)
        )
        if stage == "evaluating":
            open_evaluation(project=project, by=scene.coordinator, now=span.at(0.85))
