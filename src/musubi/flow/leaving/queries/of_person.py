"""What a person takes along: everything under their own name, wherever it was written.

What staff typed in for somebody else (entered_by, typed_by, a telephone call's reply) is that other's.
"""

from django.utils.translation import gettext_lazy as _

from musubi.base.accounts.models import User
from musubi.base.common.enums import Source
from musubi.flow.cases.models import AgreementVersion, Confirmation, DateAnswer, Letter, PreMeeting
from musubi.flow.issues.models import Issue, Support
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.matching.models import Introduction, Outreach, Reply
from musubi.flow.moderation.models import Hiding, Report
from musubi.flow.outcomes.models import PartnerReview
from musubi.flow.projects.models import Task, Update
from musubi.flow.stories.models import Consent, Echo, Story

from .kinds_of_account import KINDS as KINDS_OF_ACCOUNT
from .shared_columns import AGREEMENT, CONSENT, LETTER, LISTING, REVIEW, STORY, UPDATE
from .takeout import Kind, Part, Takeout, columns

KINDS: tuple[Kind, ...] = (
    *KINDS_OF_ACCOUNT,
    Kind(
        "issues",
        _("伝えた地域の困りごと"),
        ("issues.Issue.reported_by",),
        lambda pk: Issue.objects.filter(reported_by=pk).select_related("area"),
        columns(
            title=_("困っていること"),
            body=_("くわしく"),
            area=_("区・町"),
            place_note=_("場所の目印"),
            visibility=_("だれに見せるか"),
            state=_("状態"),
            created_at=_("伝えた日時"),
        ),
    ),
    Kind(
        "supports",
        _("「私も」を押した困りごと"),
        ("issues.Support.user",),
        lambda pk: Support.objects.filter(user=pk).select_related("issue"),
        columns(issue=_("困っていること"), created_at=_("押した日時")),
    ),
    Kind(
        "listings",
        _("書いたニーズ・提供"),
        ("listings.Listing.created_by",),
        lambda pk: with_parts(Listing.objects.filter(created_by=pk).select_related("actor")),
        LISTING,
    ),
    Kind(
        "introductions",
        _("お願いした紹介"),
        ("matching.Introduction.introduced_by",),
        lambda pk: Introduction.objects.filter(introduced_by=pk).select_related("need", "offer"),
        columns(
            need=_("ニーズ"), offer=_("提供"), words=_("ひとこと"), state=_("状態"), introduced_at=_("日時")
        ),
    ),
    Kind(
        "outreaches",
        _("始めた声かけ"),
        ("matching.Outreach.begun_by",),
        lambda pk: Outreach.objects.filter(begun_by=pk).select_related("need"),
        columns(need=_("ニーズ"), words=_("ひとこと"), state=_("状態"), begun_at=_("日時")),
    ),
    Kind(
        "replies",
        _("紹介への返事"),
        ("matching.Reply.said_by",),
        lambda pk: Reply.objects.filter(said_by=pk, source=Source.WEB).select_related(
            "introduction__need", "introduction__offer"
        ),
        columns(
            introduction=_("紹介"),
            answer=_("返事"),
            reason=_("見送る理由"),
            words=_("ひとこと"),
            said_at=_("日時"),
        ),
    ),
    Kind(
        "letters",
        _("やりとりに書いたもの"),
        ("cases.Letter.author",),
        lambda pk: Letter.objects.filter(author=pk).select_related("case", "actor", "file"),
        LETTER,
        file="file",
    ),
    Kind(
        "meetings",
        _("呼びかけた打ち合わせ"),
        ("cases.PreMeeting.called_by",),
        lambda pk: PreMeeting.objects.filter(called_by=pk).select_related("case"),
        columns(
            case=_("案件"),
            starts_at=_("日時"),
            place=_("場所"),
            agenda=_("話すこと"),
            called_at=_("呼びかけた日時"),
        ),
    ),
    Kind(
        "date_answers",
        _("打ち合わせの日程への返事"),
        ("cases.DateAnswer.user",),
        lambda pk: (
            DateAnswer.objects.filter(user=pk)
            .select_related("meeting__case")
            .prefetch_related("marks__option")
        ),
        columns(
            meeting=_("打ち合わせ"),
            name=_("お名前"),
            words=_("ひとこと"),
            marks=(
                _("返事"),
                lambda row: [f"{mark.option} {mark.get_mark_display()}" for mark in row.marks.all()],
            ),
            answered_at=_("答えた日時"),
        ),
    ),
    Kind(
        "agreements",
        _("書いた合意書"),
        ("cases.AgreementVersion.written_by",),
        lambda pk: AgreementVersion.objects.filter(written_by=pk).select_related("agreement__case"),
        AGREEMENT,
    ),
    Kind(
        "confirmations",
        _("合意書の確認"),
        ("cases.Confirmation.said_by",),
        lambda pk: Confirmation.objects.filter(said_by=pk, source=Source.WEB).select_related(
            "version__agreement__case", "actor"
        ),
        columns(version=_("合意書"), actor=_("どの団体として"), said_at=_("確認した日時")),
    ),
    Kind(
        "tasks",
        _("すませたやること"),
        ("projects.Task.settled_by",),
        lambda pk: Task.objects.filter(settled_by=pk).select_related("project"),
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
        ("projects.Update.author",),
        lambda pk: Update.objects.filter(author=pk).select_related("project", "partner__actor"),
        UPDATE,
    ),
    Kind(
        "reviews",
        _("仲間への評価"),
        ("outcomes.PartnerReview.said_by",),
        lambda pk: PartnerReview.objects.filter(said_by=pk, source=Source.WEB).select_related(
            "evaluation__project", "partner__actor"
        ),
        REVIEW,
    ),
    Kind(
        "stories",
        _("書いた事例"),
        ("stories.Story.written_by",),
        lambda pk: Story.objects.filter(written_by=pk),
        STORY,
    ),
    Kind(
        "consents",
        _("事例への同意"),
        ("stories.Consent.said_by",),
        lambda pk: Consent.objects.filter(said_by=pk, source=Source.WEB).select_related(
            "story", "partner__actor"
        ),
        CONSENT,
    ),
    Kind(
        "echoes",
        _("「うちの地域でもやりたい」"),
        ("stories.Echo.begun_by",),
        lambda pk: Echo.objects.filter(begun_by=pk).select_related("story", "listing"),
        columns(story=_("事例"), listing=_("始めたニーズ"), begun_at=_("日時")),
    ),
    Kind(
        "reports",
        _("知らせた問題"),
        ("moderation.Report.reporter",),
        lambda pk: Report.objects.filter(reporter=pk).select_related("listing", "issue", "actor"),
        columns(
            subject=_("何について"),
            reason=_("わけ"),
            words=_("くわしく"),
            state=_("状態"),
            reported_at=_("知らせた日時"),
        ),
    ),
    Kind(
        "hiding_answers",
        _("非表示への返事"),
        ("moderation.Hiding.answered_by",),
        lambda pk: Hiding.objects.filter(answered_by=pk).select_related("listing", "issue", "actor"),
        columns(subject=_("何について"), answer=_("返事"), answered_at=_("返事をした日時")),
    ),
)

NOT_TAKEN: dict[str, str] = {
    "accounts.User_groups.user": "groups of Django's are not used",
    "accounts.User_user_permissions.user": "permissions of Django's are not used",
    "actors.Actor.verified_by": "an act of the city's office, kept in its log",
    "actors.Actor.entered_by": "typed in for others: theirs",
    "actors.Credential.given_by": "an act of the city's office, kept in its log",
    "actors.Mandate.given_by": "an act of the city's office, kept in its log",
    "issues.Issue.entered_by": "typed in for others, with their names: theirs",
    "listings.Listing.entered_by": "typed in for others: theirs",
    "matching.MatchingRule.changed_by": "an act of the city's office, kept in its log",
    "cases.Case.coordinator": "the town's work, about others",
    "cases.Case.opened_by": "the town's work; who asked to talk finds it among the introductions",
    "projects.Project.coordinator": "the town's work, about others",
    "projects.Project.entered_by": "typed in for others: theirs",
    "outcomes.Evaluation.opened_by": "says only who pressed; the questions are the same for all",
    "outcomes.Voice.typed_by": "typed in for others, who gave no name",
    "moderation.Hiding.hidden_by": "an act of the city's office, kept in its log",
    "moderation.Hiding.decided_by": "an act of the city's office, kept in its log",
    "moderation.Report.decided_by": "an act of the city's office, kept in its log",
    "demo.Persona.user": "made by the demonstration, not entered by anybody",
}


def everything_of(user: User) -> Takeout:
    """All kinds, also those of which there is nothing."""
    return Takeout(str(user), tuple(Part(kind, user.pk) for kind in KINDS))
