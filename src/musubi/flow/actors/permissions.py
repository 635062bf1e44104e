"""Who may do what with actors; every refusal is a sentence for the person who reads it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.audit.queries import count_since
from musubi.base.common.verdict import ALLOWED, Verdict, refuse

from .enums import ACTOR_SHOWN, OFFICIAL_KINDS, ActorState, MandateRole, MembershipRole
from .queries import (
    is_looked_after,
    is_member_address,
    open_invitation,
    other_office_mandates,
    owner_count,
    standing_of,
)
from .workflow import WORKFLOW

if TYPE_CHECKING:
    from musubi.base.places.models import Municipality

    from .models import Actor, Credential, Invitation, Mandate, Membership
    from .queries.standing import Person

ACTORS_A_DAY, INVITATIONS_A_DAY = 5, 30
CREATE, INVITE = "actor.create", "actor.invite"


def verbs_from(actor: "Actor") -> frozenset[str]:
    """The verbs that start from this actor's state: what a page offers at all."""
    return frozenset(WORKFLOW.verbs_from(actor.state))


# Registering and making


def can_register(user: "Person", municipality: "Municipality") -> Verdict:
    """Everybody who has signed in, in a town that takes people."""
    if municipality.pk is None:
        return refuse(_("この町では、まだ受け付けを始めていません。"))
    if not user.is_authenticated:
        return refuse(_("登録するには、まず入って（ログインして）ください。"))
    return ALLOWED


def can_create_actor(user: "Person", municipality: "Municipality", kind: str = "") -> Verdict:
    """A registered person, a few times a day; official kinds only the office."""
    if not user.is_authenticated:
        return refuse(_("団体を登録するには、まず入って（ログインして）ください。"))
    standing = standing_of(user)
    if municipality.pk in standing.office_in:
        return ALLOWED
    if municipality.pk not in standing.reads_in:
        return refuse(_("先に、この町への登録をすませてください。"))
    if kind in OFFICIAL_KINDS:
        return refuse(_("行政の担当課と中間支援組織は、市の運営担当が登録します。"))
    if count_since(by=user, verbs=(CREATE,), since=_yesterday()) >= ACTORS_A_DAY:
        return refuse(_("1日に登録できる団体は5つまでです。明日もう一度お試しください。"))
    return ALLOWED


def can_enter_actor(user: "Person", municipality: "Municipality") -> Verdict:
    """Coordinators and the office type in for those who will not."""
    if municipality.pk in standing_of(user).staff_in:
        return ALLOWED
    return refuse(_("代わりの入力は、市の担当かコーディネーターだけができます。"))


def can_import_actors(user: "Person", municipality: "Municipality") -> Verdict:
    """The office takes in files."""
    if municipality.pk in standing_of(user).office_in:
        return ALLOWED
    return refuse(_("ファイルからの取り込みは、市の運営担当だけができます。"))


# The profile


def can_edit_actor(user: "Person", actor: "Actor") -> Verdict:
    """Editing members and the office; staff also what they typed in while nobody else looks after it."""
    standing = standing_of(user)
    if actor.state == ActorState.CLOSED:
        return refuse(_("活動を終えた団体の内容は変えられません。先に活動を再開してください。"))
    if actor.pk in standing.edits or actor.municipality_id in standing.office_in:
        return ALLOWED
    if _looks_after_for_now(user, actor):
        return ALLOWED
    if actor.pk in standing.roles:
        return refuse(
            _("あなたの役割は「閲覧のみ」です。直すには、団体の管理者に役割の変更を頼んでください。")
        )
    return refuse(_("この団体の内容を変えられるのは、団体の管理者と編集の担当だけです。"))


def can_confirm_actor(user: "Person", actor: "Actor") -> Verdict:
    """An editing member says that what stands there is still true."""
    if actor.pk not in standing_of(user).edits:
        return refuse(_("内容を確かめられるのは、団体の管理者と編集の担当だけです。"))
    if actor.state not in ACTOR_SHOWN:
        return refuse(_("公開されている団体だけ、確かめの記録を残せます。"))
    return ALLOWED


def can_submit_actor(user: "Person", actor: "Actor") -> Verdict:
    """Those who may edit ask the city to verify."""
    return can_edit_actor(user, actor)


def can_close_actor(user: "Person", actor: "Actor") -> Verdict:
    """An owner or the office."""
    if _owns_or_office(user, actor):
        return ALLOWED
    return refuse(_("活動終了の届けを出せるのは、団体の管理者と市の運営担当だけです。"))


def can_reopen_actor(user: "Person", actor: "Actor") -> Verdict:
    """An owner or the office."""
    if _owns_or_office(user, actor):
        return ALLOWED
    return refuse(_("活動を再開できるのは、団体の管理者と市の運営担当だけです。"))


# What the office does


def can_work_in_office(user: "Person", municipality: "Municipality") -> Verdict:
    return _office_only(user, municipality.pk, _("このページは、この市の運営担当だけが開けます。"))


def can_keep_knowledge(user: "Person", municipality: "Municipality") -> Verdict:
    """Recipes, concepts and synonyms of the town, and what was searched for in vain."""
    return _office_only(
        user, municipality.pk, _("レシピやことばの表を直せるのは、この市の運営担当だけです。")
    )


def can_verify_actor(user: "Person", actor: "Actor") -> Verdict:
    return _office_only(user, actor.municipality_id, _("団体の確認は、この市の運営担当だけができます。"))


def can_return_actor(user: "Person", actor: "Actor") -> Verdict:
    return _office_only(user, actor.municipality_id, _("直しのお願いは、この市の運営担当だけができます。"))


def can_unverify_actor(user: "Person", actor: "Actor") -> Verdict:
    return _office_only(user, actor.municipality_id, _("確認の取り消しは、この市の運営担当だけができます。"))


def can_hide_actor(user: "Person", actor: "Actor") -> Verdict:
    return _office_only(user, actor.municipality_id, _("非表示にできるのは、この市の運営担当だけです。"))


def can_give_credential(user: "Person", actor: "Actor") -> Verdict:
    """The office, for an actor it can vouch for."""
    verdict = _office_only(
        user, actor.municipality_id, _("認証や登録の記録は、この市の運営担当だけができます。")
    )
    if verdict and actor.state not in ACTOR_SHOWN:
        return refuse(_("下書きの団体と活動を終えた団体には付けられません。"))
    return verdict


def can_revoke_credential(user: "Person", credential: "Credential") -> Verdict:
    """The office, once."""
    municipality_id = credential.actor.municipality_id
    verdict = _office_only(user, municipality_id, _("取り消しは、この市の運営担当だけができます。"))
    if verdict and credential.revoked_at is not None:
        return refuse(_("もう取り消されています。"))
    return verdict


def can_give_mandate(user: "Person", municipality: "Municipality") -> Verdict:
    return _office_only(user, municipality.pk, _("役割をお願いできるのは、この市の運営担当だけです。"))


def can_end_mandate(user: "Person", mandate: "Mandate") -> Verdict:
    """The office, but never the last of its own."""
    verdict = _office_only(
        user, mandate.municipality_id, _("役割を終えられるのは、この市の運営担当だけです。")
    )
    if verdict and mandate.valid_until is not None and mandate.valid_until < timezone.localdate():
        return refuse(_("この役割は、もう終わっています。"))
    if verdict and mandate.role == MandateRole.OFFICE and not other_office_mandates(mandate).exists():
        return refuse(_("市の運営担当がいなくなってしまいます。先に、ほかの人を運営担当にしてください。"))
    return verdict


def can_change_contact(user: "Person", municipality: "Municipality") -> Verdict:
    return _office_only(user, municipality.pk, _("問い合わせ先は、この市の運営担当だけが変えられます。"))


# Members


def can_invite_member(user: "Person", actor: "Actor") -> Verdict:
    """An owner, the office, or the staff member who typed the actor in while it has no member."""
    if actor.state == ActorState.CLOSED:
        return refuse(_("活動を終えた団体には招待できません。"))
    if not (_owns_or_office(user, actor) or _looks_after_for_now(user, actor)):
        return refuse(_("招待できるのは、団体の管理者だけです。"))
    if (
        user.is_authenticated
        and count_since(by=user, verbs=(INVITE,), since=_yesterday()) >= INVITATIONS_A_DAY
    ):
        return refuse(_("1日に送れる招待は30通までです。明日もう一度お試しください。"))
    return ALLOWED


def can_invite_address(user: "Person", actor: "Actor", email: str, now: dt.datetime) -> Verdict:
    """Not somebody who is in already or has an open invitation."""
    verdict = can_invite_member(user, actor)
    if not verdict:
        return verdict
    if is_member_address(actor, email):
        return refuse(_("この方は、もうこの団体に入っています。"))
    if open_invitation(actor, email, now) is not None:
        return refuse(
            _("この方にはもう招待を送っています。届いていないときは、いったん取り消して送り直してください。")
        )
    return ALLOWED


def can_accept_invitation(user: "Person", invitation: "Invitation", now: dt.datetime) -> Verdict:
    """The person whose address was invited, while the invitation is open."""
    verdict = is_open(invitation, now)
    if not verdict:
        return verdict
    if not user.is_authenticated:
        return refuse(_("参加するには、招待を受け取ったメールアドレスで入って（ログインして）ください。"))
    if user.email.lower() != invitation.email.lower():
        return refuse(
            _("この招待は別のメールアドレスあてです。招待を受け取ったメールアドレスで入り直してください。")
        )
    if _was_for_the_first_owner(invitation):
        return refuse(_("この団体には、もう管理者がいます。参加するには、管理者に招待を頼んでください。"))
    return ALLOWED


def is_open(invitation: "Invitation", now: dt.datetime) -> Verdict:
    """Whether anybody could still accept it."""
    if invitation.withdrawn_at is not None:
        return refuse(_("この招待は取り消されました。送ってくれた方に確かめてください。"))
    if invitation.accepted_at is not None:
        return refuse(_("この招待は、もう使われています。"))
    if invitation.expires_at <= now:
        return refuse(_("この招待は期限が切れました。送ってくれた方に、もう一度送ってもらってください。"))
    if invitation.actor.state == ActorState.CLOSED:
        return refuse(_("この団体は活動を終えています。"))
    return ALLOWED


def can_withdraw_invitation(user: "Person", invitation: "Invitation") -> Verdict:
    """Whoever may invite, while it is open."""
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        return refuse(_("この招待は、もう使われたか、取り消されています。"))
    if _owns_or_office(user, invitation.actor) or (user.pk and invitation.invited_by_id == user.pk):
        return ALLOWED
    return refuse(_("招待を取り消せるのは、団体の管理者だけです。"))


def can_change_role(user: "Person", membership: "Membership") -> Verdict:
    """An owner or the office; somebody always stays owner."""
    if not _owns_or_office(user, membership.actor):
        return refuse(_("役割を変えられるのは、団体の管理者だけです。"))
    return _somebody_stays_owner(membership)


def can_remove_member(user: "Person", membership: "Membership") -> Verdict:
    """An owner, the office, or the person who leaves; somebody always stays owner."""
    if user.pk != membership.user_id and not _owns_or_office(user, membership.actor):
        return refuse(_("ほかの人を外せるのは、団体の管理者だけです。"))
    return _somebody_stays_owner(membership)


def _somebody_stays_owner(membership: "Membership") -> Verdict:
    if membership.role == MembershipRole.OWNER and owner_count(membership) <= 1:
        return refuse(_("管理者がいなくなってしまいます。先に、ほかの人を管理者にしてください。"))
    return ALLOWED


def _looks_after_for_now(user: "Person", actor: "Actor") -> bool:
    """Staff who typed an actor in, until it has people of its own."""
    return (
        user.pk is not None
        and actor.entered_by_id == user.pk
        and actor.municipality_id in standing_of(user).staff_in
        and not is_looked_after(actor)
    )


def _was_for_the_first_owner(invitation: "Invitation") -> bool:
    """Whether staff who only typed the actor in offered ownership of what has people of its own by now."""
    actor, inviter = invitation.actor, invitation.invited_by
    return (
        invitation.role == MembershipRole.OWNER
        and inviter is not None
        and inviter.pk == actor.entered_by_id
        and is_looked_after(actor)
        and not _owns_or_office(inviter, actor)
    )


def _owns_or_office(user: "Person", actor: "Actor") -> bool:
    standing = standing_of(user)
    return actor.pk in standing.owns or actor.municipality_id in standing.office_in


def _office_only(user: "Person", municipality_id: int, reason: str) -> Verdict:
    return ALLOWED if municipality_id in standing_of(user).office_in else refuse(reason)


def _yesterday() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=1)
