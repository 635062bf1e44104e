"""Who may take what along, and who may leave."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from .queries import Hindrance, hindrances_of_actor, hindrances_of_person

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person


def can_take_out_actor(user: "Person", actor: Actor) -> Verdict:
    """An owner: what an actor entered holds what its members wrote."""
    if actor.pk in standing_of(user).owns:
        return ALLOWED
    return refuse(_("団体の記録を受け取れるのは、団体の管理者だけです。"))


def can_delete_account(user: "Person", person: "User") -> Verdict:
    """Only oneself, once nothing hangs on one."""
    if user.pk != person.pk:
        return refuse(_("退会の手続きは、ご本人だけができます。"))
    return _unless(hindrances_of_person(person))


def can_ask_to_delete_actor(user: "Person", actor: Actor) -> Verdict:
    """Seeing what would go and stay: an owner."""
    if actor.pk in standing_of(user).owns:
        return ALLOWED
    return refuse(_("団体の登録を消せるのは、団体の管理者だけです。"))


def can_delete_actor(user: "Person", actor: Actor) -> Verdict:
    """An owner, once nothing is under way with others."""
    return can_ask_to_delete_actor(user, actor) and _unless(hindrances_of_actor(actor))


def _unless(hindrances: list[Hindrance]) -> Verdict:
    return refuse(hindrances[0].sentence) if hindrances else ALLOWED
