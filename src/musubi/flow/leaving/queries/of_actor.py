"""What an actor takes along: its profile, what it offered and asked for, its own part in what it did with others."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from musubi.flow.actors.models import Actor
from musubi.flow.cases.models import (
    AgreementPart,
    AgreementVersion,
    Confirmation,
    DateAnswer,
    Letter,
    MeetingAction,
    Party,
)
from musubi.flow.matching.models import Reply
from musubi.flow.outcomes.models import PartnerReview
from musubi.flow.projects.models import Allotment, Partner, Task, Update
from musubi.flow.stories.enums import StoryState
from musubi.flow.stories.models import Consent, Story

from .kinds_of_actor import KINDS as KINDS_OF_ACTOR
from .shared_columns import AGREEMENT, CONSENT, LETTER, REVIEW, STORY, UPDATE
from .takeout import Kind, Part, Takeout, columns


def _stories_of(pk: int) -> QuerySet[Story]:
    """Those it may read: published ones it had a part in, and what the teams write in which it is now."""
    part = Partner.objects.filter(project=OuterRef("project"), actor=pk)
    return Story.objects.filter(
        Exists(part.filter(left_on=None)) | (Q(state=StoryState.PUBLISHED) & Exists(part))
    )


KINDS: tuple[Kind, ...] = (
    *KINDS_OF_ACTOR,
    Kind(
        "introductions",
        _("紹介と、こちらの返事"),
        ("matching.Reply.actor",),
        lambda pk: Reply.objects.filter(actor=pk).select_related("introduction__need", "introduction__offer"),
        columns(
            introduction=_("紹介"),
            introduced_at=(_("紹介の日時"), "introduction__introduced_at"),
            state=(_("状態"), "introduction__state"),
            answer=_("返事"),
            reason=_("見送る理由"),
            words=_("ひとこと"),
            said_at=_("返事をした日時"),
            source=_("受け取り方"),
        ),
    ),
    Kind(
        "cases",
        _("加わった案件"),
        ("cases.Party.actor",),
        lambda pk: Party.objects.filter(actor=pk).select_related("case", "listing"),
        columns(
            case=_("案件"),
            state=(_("状態"), "case__state"),
            listing=_("ニーズ・提供"),
            joined_at=_("加わった日時"),
            left_at=_("抜けた日時"),
            left_note=_("抜けた理由"),
        ),
    ),
    Kind(
        "letters",
        _("やりとりに書いたもの"),
        ("cases.Letter.actor",),
        lambda pk: Letter.objects.filter(actor=pk).select_related("case", "actor", "file"),
        LETTER,
        file="file",
    ),
    Kind(
        "date_answers",
        _("打ち合わせの日程への返事"),
        ("cases.DateAnswer.actor",),
        lambda pk: DateAnswer.objects.filter(actor=pk).select_related("meeting__case"),
        columns(meeting=_("打ち合わせ"), name=_("お名前"), words=_("ひとこと"), answered_at=_("答えた日時")),
    ),
    Kind(
        "meeting_actions",
        _("打ち合わせで決めたこと"),
        ("cases.MeetingAction.actor",),
        lambda pk: MeetingAction.objects.filter(actor=pk).select_related("meeting__case"),
        columns(meeting=_("打ち合わせ"), what=_("すること"), due_on=_("いつまで"), done_at=_("すんだ日時")),
    ),
    Kind(
        "agreements",
        _("交わした合意書"),
        (),
        lambda pk: AgreementVersion.objects.filter(
            Exists(AgreementPart.objects.filter(version=OuterRef("pk"), actor=pk)), proposed_at__isnull=False
        ).select_related("agreement__case"),
        AGREEMENT,
    ),
    Kind(
        "agreement_parts",
        _("合意書のこちらの分担"),
        ("cases.AgreementPart.actor",),
        lambda pk: AgreementPart.objects.filter(actor=pk).select_related("version__agreement__case"),
        columns(version=_("合意書"), does=_("すること"), can=_("できること"), cannot=_("できないこと")),
    ),
    Kind(
        "confirmations",
        _("合意書の確認"),
        ("cases.Confirmation.actor",),
        lambda pk: Confirmation.objects.filter(actor=pk).select_related("version__agreement__case"),
        columns(version=_("合意書"), said_at=_("確認した日時"), source=_("受け取り方")),
    ),
    Kind(
        "projects",
        _("加わったプロジェクト"),
        ("projects.Partner.actor",),
        lambda pk: Partner.objects.filter(actor=pk).select_related("project"),
        columns(
            project=_("プロジェクト"),
            state=(_("状態"), "project__state"),
            role=_("役割"),
            does=_("すること"),
            joined_on=_("加わった日"),
            left_on=_("抜けた日"),
            left_note=_("抜けた理由"),
        ),
    ),
    Kind(
        "tasks",
        _("受け持ったやること"),
        (),
        lambda pk: Task.objects.filter(partner__actor=pk).select_related("project"),
        columns(
            project=_("プロジェクト"),
            what=_("やること"),
            due_on=_("いつまで"),
            state=_("状態"),
            settled_at=_("日時"),
        ),
    ),
    Kind(
        "updates",
        _("書いた近況"),
        (),
        lambda pk: Update.objects.filter(partner__actor=pk).select_related("project", "partner__actor"),
        UPDATE,
    ),
    Kind(
        "allotments",
        _("プロジェクトで使ったこちらの提供"),
        (),
        lambda pk: Allotment.objects.filter(listing__actor=pk).select_related("project", "listing"),
        columns(
            project=_("プロジェクト"),
            listing=_("提供"),
            what=_("なにを"),
            amount=_("どれだけ"),
            unit=_("単位"),
            state=_("状態"),
            taken_at=_("使い始めた日時"),
            settled_at=_("返した日時"),
        ),
    ),
    Kind(
        "reviews",
        _("仲間への評価"),
        (),
        lambda pk: PartnerReview.objects.filter(partner__actor=pk).select_related(
            "evaluation__project", "partner__actor"
        ),
        REVIEW,
    ),
    Kind(
        "stories",
        _("加わった取り組みの事例"),
        (),
        _stories_of,
        STORY,
    ),
    Kind(
        "consents",
        _("事例への同意"),
        (),
        lambda pk: Consent.objects.filter(partner__actor=pk).select_related("story", "partner__actor"),
        CONSENT,
    ),
)

NOT_TAKEN: dict[str, str] = {
    "actors.Tie.one": "follows from the projects, which are taken along",
    "actors.Tie.other": "follows from the projects, which are taken along",
    "moderation.Report.actor": "what readers told the office in confidence about it",
}


def everything_of_actor(actor: Actor) -> Takeout:
    """All kinds, also those of which there is nothing."""
    return Takeout(actor.name, tuple(Part(kind, actor.pk) for kind in KINDS))
