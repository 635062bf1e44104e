"""Who is told what about actors. Texts are for the reader; the address leads to the page it is about."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell

from .models import Actor, Credential, Invitation, Mandate, Membership
from .queries import editors_of, officers_of, owners_of


@in_readers_language
def tell_office_actor_waits(actor: Actor, *, at: dt.datetime) -> None:
    subject = _("「%(actor)s」が確認を待っています") % {"actor": actor.name}
    text = _("登録の内容を見て、確認するか、直してほしいところを伝えてください。")
    path = reverse("office:actor", args=[actor.pk])
    _tell_all(
        officers_of(actor.municipality_id),
        MessageKind.ACTOR_SUBMITTED,
        subject=subject,
        text=text,
        path=path,
        at=at,
    )


@in_readers_language
def tell_editors_verified(actor: Actor, *, at: dt.datetime) -> None:
    subject = _("「%(actor)s」の登録を市が確認しました") % {"actor": actor.name}
    text = _("ページに「市が確認済み」と表示されます。ニーズや提供をのせて、相手を探してみてください。")
    _tell_editors(actor, MessageKind.ACTOR_VERIFIED, subject=subject, text=text, at=at)


@in_readers_language
def tell_editors_returned(actor: Actor, *, at: dt.datetime) -> None:
    subject = _("「%(actor)s」の登録に、直してほしいところがあります") % {"actor": actor.name}
    text = _("市の担当から：%(reason)s\n\n内容を直して、もう一度「市に確認を頼む」を押してください。") % {
        "reason": actor.returned_reason
    }
    _tell_editors(actor, MessageKind.ACTOR_RETURNED, subject=subject, text=text, at=at)


@in_readers_language
def tell_editors_unverified(actor: Actor, *, reason: str, at: dt.datetime) -> None:
    subject = _("「%(actor)s」は市の確認待ちに戻りました") % {"actor": actor.name}
    text = _("理由：%(reason)s") % {"reason": reason}
    _tell_editors(actor, MessageKind.ACTOR_RETURNED, subject=subject, text=text, at=at)


@in_readers_language
def tell_editors_credential_given(credential: Credential, *, at: dt.datetime) -> None:
    subject = _("「%(actor)s」に「%(title)s」が付きました") % {
        "actor": credential.actor.name,
        "title": credential.title,
    }
    text = _("出した機関：%(issuer)s\n公開の登録簿にのります。") % {"issuer": credential.issuer_name}
    _tell_editors(credential.actor, MessageKind.CREDENTIAL_GIVEN, subject=subject, text=text, at=at)


@in_readers_language
def tell_editors_credential_revoked(credential: Credential, *, at: dt.datetime) -> None:
    subject = _("「%(actor)s」の「%(title)s」が取り消されました") % {
        "actor": credential.actor.name,
        "title": credential.title,
    }
    text = _("理由：%(reason)s") % {"reason": credential.revoked_reason}
    _tell_editors(credential.actor, MessageKind.CREDENTIAL_REVOKED, subject=subject, text=text, at=at)


@in_readers_language
def tell_invited(invitation: Invitation, person: User | None, *, at: dt.datetime) -> None:
    """A person of this installation finds it in their list too; anybody else gets the mail alone."""
    inviter = str(invitation.invited_by or _("市の担当"))
    subject = _("「%(actor)s」への招待が届いています") % {"actor": invitation.actor.name}
    text = _(
        "%(inviter)sさんから、団体「%(actor)s」の仲間として招待されました。\n"
        "下のページを開き、このメールアドレスで入ると参加できます。期限は14日間です。\n"
        "心当たりがないときは、何もしなくてかまいません。"
    ) % {"inviter": inviter, "actor": invitation.actor.name}
    path = reverse("workspace:invitation", args=[invitation.token])
    tell(
        to=person or invitation.email,
        kind=MessageKind.INVITATION,
        subject=subject,
        text=text,
        path=path,
        at=at,
    )


@in_readers_language
def tell_owners_joined(membership: Membership, *, at: dt.datetime) -> None:
    actor = membership.actor
    subject = _("%(person)sさんが「%(actor)s」に入りました") % {
        "person": membership.user,
        "actor": actor.name,
    }
    text = _("できること：%(role)s") % {"role": membership.get_role_display()}
    path = reverse("workspace:members", args=[actor.pk])
    others = owners_of(actor).exclude(pk=membership.user_id)
    _tell_all(others, MessageKind.MEMBER_JOINED, subject=subject, text=text, path=path, at=at)


@in_readers_language
def tell_member_role_changed(membership: Membership, *, at: dt.datetime) -> None:
    actor = membership.actor
    subject = _("「%(actor)s」でのあなたの役割が変わりました") % {"actor": actor.name}
    text = _("できること：%(role)s") % {"role": membership.get_role_display()}
    path = reverse("workspace:actor", args=[actor.pk])
    _tell_all([membership.user], MessageKind.MEMBERSHIP_CHANGED, subject=subject, text=text, path=path, at=at)


@in_readers_language
def tell_member_removed(*, actor: Actor, person: User, at: dt.datetime) -> None:
    subject = _("「%(actor)s」から外れました") % {"actor": actor.name}
    text = _("まちがいと思われるときは、団体の管理者に連絡してください。")
    _tell_all(
        [person],
        MessageKind.MEMBERSHIP_CHANGED,
        subject=subject,
        text=text,
        path=reverse("workspace:home"),
        at=at,
    )


@in_readers_language
def tell_mandated(mandate: Mandate, *, at: dt.datetime) -> None:
    names = {"town": mandate.municipality.name, "role": mandate.get_role_display()}
    subject = _("%(town)sの%(role)sをお願いします") % names
    text = _("上のメニューに、担当のページへの入口ができました。")
    _tell_all(
        [mandate.user],
        MessageKind.MANDATE_CHANGED,
        subject=subject,
        text=text,
        path=reverse("workspace:home"),
        at=at,
    )


@in_readers_language
def tell_mandate_ended(mandate: Mandate, *, at: dt.datetime) -> None:
    names = {"town": mandate.municipality.name, "role": mandate.get_role_display()}
    subject = _("%(town)sの%(role)sの役割が終わりました") % names
    text = _("ありがとうございました。ご不明な点は、市の担当にお問い合わせください。")
    _tell_all(
        [mandate.user],
        MessageKind.MANDATE_CHANGED,
        subject=subject,
        text=text,
        path=reverse("workspace:home"),
        at=at,
    )


def _tell_editors(actor: Actor, kind: str, *, subject: str, text: str, at: dt.datetime) -> None:
    path = reverse("workspace:actor", args=[actor.pk])
    _tell_all(editors_of(actor), kind, subject=subject, text=text, path=path, at=at)


def _tell_all(
    people: Iterable[User], kind: str, *, subject: str, text: str, path: str, at: dt.datetime
) -> None:
    for person in people:
        tell(to=person, kind=kind, subject=subject, text=text, path=path, at=at)
