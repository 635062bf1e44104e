"""What goes and what stays when somebody leaves, counted beforehand: the page that asks shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from musubi.base.notify.models import Message
from musubi.flow.actors.models import Actor, Credential, Membership, Registrant
from musubi.flow.cases.models import AgreementPart, AgreementVersion, Case, Confirmation, Letter, Party
from musubi.flow.issues.models import Issue, Support
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Reply
from musubi.flow.outcomes.models import PartnerReview
from musubi.flow.projects.models import Partner, Update
from musubi.flow.stories.models import Consent, Story

from .hindrances import actors_going_with
from .own import (
    letters_of_person,
    lonely_issues_of,
    pictures_of_actor,
    published_stories_of,
    shell_name,
    tied_listings,
    words_instead,
)

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@dataclass(frozen=True)
class Share:
    """One line: what, how many, and what becomes of them."""

    what: str
    number: int
    how: str = ""
    counted: bool = True
    """Whether its number says anything."""


@dataclass(frozen=True)
class Forecast:
    """Everything that goes and everything that stays, without what there is none of."""

    goes: list[Share]
    stays: list[Share]


def forecast_of_person(person: "User") -> Forecast:
    """The person's own rows; the actors that go along have a forecast of their own."""
    pk = person.pk
    own_letters = letters_of_person(pk)
    staff_letters = Letter.objects.filter(author=pk).exclude(pk__in=own_letters.order_by().values("pk"))
    alone = lonely_issues_of(pk)
    others = Issue.objects.filter(reported_by=pk).exclude(pk__in=alone.order_by().values("pk"))
    goes = [
        Share(_("お名前・メールアドレス・入り方（パスキーなど）"), 1, counted=False),
        Share(_("町への登録"), Registrant.objects.filter(user=pk).count()),
        Share(_("団体での役割"), Membership.objects.filter(user=pk).count()),
        Share(_("お知らせと、その受け取り方"), Message.objects.filter(recipient=pk).count()),
        Share(_("「私も」"), Support.objects.filter(user=pk).count()),
        Share(_("ほかの方がまだ関わっていない地域の困りごと"), alone.count()),
        Share(
            _("やりとりに書いた文章と、付けたファイル"),
            own_letters.count(),
            _("文章は「%(words)s」に替わります。書いた日は残ります。")
            % {"words": words_instead(person=True)},
        ),
    ]
    stays = [
        Share(
            _("ほかの方が「私も」を押した困りごと"),
            others.count(),
            _("あなたが伝えたことは、分からなくなります。"),
        ),
        Share(
            _("団体の名前で載せたニーズ・提供"),
            Listing.objects.filter(created_by=pk).exclude(actor__in=actors_going_with(person)).count(),
            _("団体のものとして残ります。"),
        ),
        Share(
            _("コーディネーター・市の担当として書いたやりとり"),
            staff_letters.count(),
            _("市や、代わりに入力した団体の記録として、文章が残ります。"),
        ),
        Share(
            _("団体の名前でした返事・確認・評価・同意、書いた合意書・近況・事例"),
            sum(rows.count() for rows in _said_by(pk)),
            _("団体のものとして残り、だれが押したかは消えます。"),
        ),
    ]
    return Forecast(_some(goes), _some(stays))


def forecast_of_actor(actor: Actor) -> Forecast:
    """Its own rows, and what others depend on."""
    listings = Listing.objects.filter(actor=actor)
    tied = tied_listings(listings)
    name = shell_name()
    goes = [
        Share(_("プロフィール（名前・連絡先・活動の内容）"), 1, counted=False),
        Share(_("メンバーの役割と招待"), actor.memberships.count() + actor.invitations.count()),
        Share(_("認証・登録などの裏付け"), actor.credentials.count()),
        Share(
            _("下書きと、だれともまだ話が進んでいないニーズ・提供"),
            listings.exclude(pk__in=tied.values("pk")).count(),
        ),
        Share(
            _("やりとりに書いた文章と、付けたファイル"),
            Letter.objects.filter(actor=actor).count(),
            _("文章は「%(words)s」に替わります。書いた日は残ります。")
            % {"words": words_instead(person=False)},
        ),
        Share(_("近況と事例にのせた写真"), len(pictures_of_actor(actor))),
    ]
    stays = [
        Share(
            _("紹介や案件で使われたニーズ・提供"),
            tied.count(),
            _("題名と文章は消え、種類と数だけが残ります。"),
        ),
        Share(
            _("加わった案件"),
            Case.objects.filter(Exists(Party.objects.filter(case=OuterRef("pk"), actor=actor))).count(),
            _("名前は「%(name)s」になります。") % {"name": name},
        ),
        Share(
            _("交わした合意書"),
            AgreementPart.objects.filter(actor=actor).values("version__agreement").distinct().count(),
            _("名前は「%(name)s」になります。本文に書かれた名前は、そのまま残ります。") % {"name": name},
        ),
        Share(
            _("加わったプロジェクトと、そこに書いた近況"),
            Partner.objects.filter(actor=actor).values("project").distinct().count(),
            _("名前は「%(name)s」になります。") % {"name": name},
        ),
        Share(
            _("仲間への評価"),
            PartnerReview.objects.filter(partner__actor=actor).count(),
            _("名前なしで残ります。"),
        ),
        Share(
            _("公開されている事例"),
            published_stories_of(actor).count(),
            _(
                "名前のない形で残ります。文章から消したいときは、退会の前に、事例のページで同意を取り消してください。"
            ),
        ),
        Share(
            _("ほかの団体に出した裏付け"),
            Credential.objects.filter(issuer=actor).exclude(actor=actor).count(),
            _("出した機関の名前だけが、相手の記録に残ります。"),
        ),
    ]
    return Forecast(_some(goes), _some(stays))


def _said_by(pk: int) -> list[QuerySet[Any]]:
    return [
        Reply.objects.filter(said_by=pk),
        Confirmation.objects.filter(said_by=pk),
        PartnerReview.objects.filter(said_by=pk),
        Consent.objects.filter(said_by=pk),
        AgreementVersion.objects.filter(written_by=pk),
        Update.objects.filter(author=pk),
        Story.objects.filter(written_by=pk),
    ]


def _some(shares: list[Share]) -> list[Share]:
    return [share for share in shares if share.number]
