"""What a person entered about themselves, and what was sent to them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.accounts.models import User
from musubi.base.files.models import StoredFile
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.models import Message, Preference
from musubi.flow.actors.models import Invitation, Mandate, Membership, Registrant

from .shared_columns import FILE
from .takeout import Kind, columns

KINDS: tuple[Kind, ...] = (
    Kind(
        "profile",
        _("プロフィール"),
        (),
        lambda pk: User.objects.filter(pk=pk),
        columns(
            name=_("お名前"),
            email=_("メールアドレス"),
            date_joined=_("登録した日時"),
            last_login=_("最後に入った日時"),
        ),
    ),
    Kind(
        "addresses",
        _("メールアドレス"),
        ("account.EmailAddress.user",),
        lambda pk: EmailAddress.objects.filter(user=pk).order_by("pk"),
        columns(email=_("メールアドレス"), verified=_("確かめずみ"), primary=_("おもなもの")),
    ),
    Kind(
        "ways_in",
        _("入るときの確認（秘密の値は入れていません）"),
        ("mfa.Authenticator.user",),
        lambda pk: Authenticator.objects.filter(user=pk).order_by("pk"),
        columns(type=_("種類"), created_at=_("登録した日時"), last_used_at=_("最後に使った日時")),
    ),
    Kind(
        "outside_accounts",
        _("外部のサービスで入る設定"),
        ("socialaccount.SocialAccount.user",),
        lambda pk: SocialAccount.objects.filter(user=pk).order_by("pk"),
        columns(provider=_("サービス"), uid=_("番号"), date_joined=_("つないだ日時")),
    ),
    Kind(
        "registrations",
        _("町への登録"),
        ("actors.Registrant.user",),
        lambda pk: Registrant.objects.filter(user=pk).select_related("municipality"),
        columns(municipality=_("町"), registered_at=_("登録した日時")),
    ),
    Kind(
        "memberships",
        _("団体での役割"),
        ("actors.Membership.user",),
        lambda pk: Membership.objects.filter(user=pk).select_related("actor"),
        columns(actor=_("団体"), role=_("役割"), joined_at=_("加わった日時")),
    ),
    Kind(
        "mandates",
        _("市からお願いされた役割"),
        ("actors.Mandate.user",),
        lambda pk: Mandate.objects.filter(user=pk).select_related("municipality", "actor"),
        columns(
            municipality=_("町"),
            role=_("役割"),
            actor=_("所属"),
            valid_from=_("始まりの日"),
            valid_until=_("終わりの日"),
        ),
    ),
    Kind(
        "invitations",
        _("招待（ほかの方のメールアドレスは入れていません）"),
        ("actors.Invitation.invited_by", "actors.Invitation.accepted_by"),
        lambda pk: Invitation.objects.filter(Q(invited_by=pk) | Q(accepted_by=pk)).select_related("actor"),
        columns(actor=_("団体"), role=_("役割"), invited_at=_("招待した日時"), accepted_at=_("加わった日時")),
    ),
    Kind(
        "messages",
        _("受け取ったお知らせ"),
        ("notify.Message.recipient",),
        lambda pk: Message.objects.filter(recipient=pk),
        columns(
            kind=_("種類"),
            subject=_("件名"),
            text=_("本文"),
            created_at=_("届いた日時"),
            read_at=_("読んだ日時"),
        ),
    ),
    Kind(
        "preferences",
        _("お知らせのメールの受け取り方"),
        ("notify.Preference.user",),
        lambda pk: Preference.objects.filter(user=pk),
        columns(
            kind=(_("種類"), lambda row: str(MessageKind(row.kind).label)), email=_("メールでも受け取る")
        ),
    ),
    Kind(
        "files",
        _("預けたファイル"),
        ("files.StoredFile.uploaded_by",),
        lambda pk: StoredFile.objects.filter(uploaded_by=pk),
        FILE,
        file="self",
    ),
)
