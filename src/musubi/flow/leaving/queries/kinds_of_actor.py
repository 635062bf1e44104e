"""What an actor says of itself, asks for and offers."""

from django.utils.translation import gettext_lazy as _

from musubi.base.files.models import StoredFile
from musubi.flow.actors.models import Actor, Credential, Invitation, Mandate, Membership
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.moderation.models import Hiding

from .own import pictures_of_actor
from .shared_columns import FILE, LISTING, field_names
from .takeout import Kind, columns

KINDS: tuple[Kind, ...] = (
    Kind(
        "profile",
        _("プロフィール"),
        (),
        lambda pk: Actor.objects.filter(pk=pk).select_related("area", "municipality"),
        columns(
            name=_("名前"),
            kana=_("ふりがな"),
            kind=_("種類"),
            municipality=_("町"),
            summary=_("ひとこと紹介"),
            description=_("活動の内容"),
            area=_("活動している区"),
            town=_("町名"),
            fields=(_("活動分野"), lambda row: field_names(row.fields)),
            founded_on=_("設立"),
            corporate_number=_("法人番号"),
            representative=_("代表者の名前"),
            email=_("メールアドレス"),
            phone=_("電話番号"),
            address=_("住所"),
            url=_("ホームページ"),
            item_visibility=_("だれに見せるか"),
            state=_("状態"),
            created_at=_("登録した日時"),
            verified_at=_("市が確認した日時"),
        ),
    ),
    Kind(
        "credentials",
        _("受けた裏付け"),
        ("actors.Credential.actor",),
        lambda pk: Credential.objects.filter(actor=pk),
        columns(
            kind=_("種類"),
            title=_("名称"),
            issuer_name=_("出した機関"),
            valid_from=_("始まりの日"),
            valid_until=_("終わりの日"),
            revoked_at=_("取り消された日時"),
            revoked_reason=_("取り消された理由"),
        ),
    ),
    Kind(
        "issued_credentials",
        _("出した裏付け"),
        ("actors.Credential.issuer",),
        lambda pk: Credential.objects.filter(issuer=pk).select_related("actor"),
        columns(
            actor=_("相手"),
            kind=_("種類"),
            title=_("名称"),
            valid_from=_("始まりの日"),
            valid_until=_("終わりの日"),
        ),
    ),
    Kind(
        "members",
        _("メンバー（メールアドレスは入れていません）"),
        ("actors.Membership.actor",),
        lambda pk: Membership.objects.filter(actor=pk).select_related("user"),
        columns(user=_("お名前"), role=_("役割"), joined_at=_("加わった日時")),
    ),
    Kind(
        "invitations",
        _("出した招待（メールアドレスは入れていません）"),
        ("actors.Invitation.actor",),
        lambda pk: Invitation.objects.filter(actor=pk),
        columns(
            role=_("役割"),
            invited_at=_("招待した日時"),
            accepted_at=_("加わった日時"),
            withdrawn_at=_("取り消した日時"),
        ),
    ),
    Kind(
        "mandates",
        _("市から役割をお願いされた一員"),
        ("actors.Mandate.actor",),
        lambda pk: Mandate.objects.filter(actor=pk).select_related("user"),
        columns(user=_("お名前"), role=_("役割"), valid_from=_("始まりの日"), valid_until=_("終わりの日")),
    ),
    Kind(
        "listings",
        _("ニーズ・提供"),
        ("listings.Listing.actor",),
        lambda pk: with_parts(Listing.objects.filter(actor=pk).select_related("actor")),
        LISTING,
    ),
    Kind(
        "hidings",
        _("市が非表示にしたこと"),
        ("moderation.Hiding.actor",),
        lambda pk: Hiding.objects.filter(actor=pk),
        columns(
            reason=_("理由"),
            hidden_at=_("日時"),
            state=_("状態"),
            answer=_("返事"),
            answered_at=_("返事の日時"),
        ),
    ),
    Kind(
        "files",
        _("近況と事例にのせた写真"),
        (),
        lambda pk: StoredFile.objects.filter(
            pk__in=[picture.file_id for picture in pictures_of_actor(Actor(pk=pk))]
        ),
        FILE,
        file="self",
    ),
)
