"""Who is told when somebody leaves: those who looked after the same actor, and the office of an actor left alone."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import officers_of


@in_readers_language
def tell_members_deleted(actor: Actor, *, by: User, at: dt.datetime) -> None:
    """The other members learn that their actor is gone from Musubi."""
    text = _("%(name)sさんが、「%(actor)s」の登録を消しました。この団体としての操作は、できなくなりました。")
    for membership in actor.memberships.select_related("user").order_by("pk"):
        if membership.user_id != by.pk:
            tell(
                to=membership.user,
                kind=MessageKind.MEMBERSHIP_CHANGED,
                subject=_("団体の登録が消されました：%(actor)s") % {"actor": actor},
                text=text % {"name": by, "actor": actor},
                path="/workspace/",
                at=at,
            )


@in_readers_language
def tell_office_alone(actor: Actor, *, at: dt.datetime) -> None:
    """An actor that the city made has nobody left who looks after it."""
    text = _("「%(actor)s」の最後のメンバーが退会しました。続ける方を、メンバーとして招待してください。")
    for person in officers_of(actor.municipality_id):
        tell(
            to=person,
            kind=MessageKind.MEMBERSHIP_CHANGED,
            subject=_("メンバーがいなくなりました：%(actor)s") % {"actor": actor},
            text=text % {"actor": actor},
            path=f"/office/actors/{actor.pk}/",
            at=at,
        )
