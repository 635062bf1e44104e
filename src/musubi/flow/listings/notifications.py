"""Who is told what about a listing: its actor's own people."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.joining import run_on
from musubi.base.common.links import token_for
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell

from .models import Listing
from .queries import STILL, editors_of


@in_readers_language
def tell_entered(listing: Listing, *, by: User, at: dt.datetime) -> None:
    """Staff typed something in for an actor: its people may check it."""
    text = _(
        "市の窓口が、%(actor)sに代わって「%(title)s」を入力しました（受け取り方：%(source)s）。"
        "内容を確かめ、ちがうところがあれば直してください。"
    )
    _tell_editors(
        listing,
        kind=MessageKind.LISTING_ENTERED,
        subject=_("代わりに入力しました：%(title)s") % {"title": listing},
        text=text % {"actor": listing.actor, "title": listing, "source": listing.get_source_display()},
        at=at,
        but=by,
    )


@in_readers_language
def tell_published(listing: Listing, *, by: User, at: dt.datetime) -> None:
    """The others of the actor learn that one of them published something."""
    text = _("%(name)sさんが、%(actor)sの「%(title)s」を公開しました。")
    _tell_editors(
        listing,
        kind=MessageKind.LISTING_PUBLISHED,
        subject=_("公開しました：%(title)s") % {"title": listing},
        text=text % {"name": by.name or _("担当者"), "actor": listing.actor, "title": listing},
        at=at,
        but=by,
    )


@in_readers_language
def tell_expired(listing: Listing, *, at: dt.datetime) -> None:
    """The date somebody set has passed; one press publishes it again."""
    text = _(
        "「%(title)s」は、載せておく期限が来たため、ほかの方に見えなくなりました。"
        "まだ必要なときは、期限を新しくして、もう一度公開してください。"
    )
    _tell_editors(
        listing,
        kind=MessageKind.LISTING_EXPIRED,
        subject=_("期限が来ました：%(title)s") % {"title": listing},
        text=text % {"title": listing},
        at=at,
        but=None,
    )


@in_readers_language
def ask_whether_still_true(listing: Listing, *, again: bool, at: dt.datetime) -> None:
    """Its people are asked: each by a link of their own, which needs no sign-in."""
    text = _(
        "「%(title)s」（%(actor)s）を、3か月のあいだどなたも確かめていません。"
        "いまも続けているか、もう解決したかを、下のページのボタンで知らせてください。"
        "入らなくても（ログインしなくても）押せます。"
    )
    if again:
        more = _("これが2回目のおたずねです。お返事がないときは、コーディネーターがうかがうことがあります。")
        text = run_on((text, more))
    for person in editors_of(listing.actor_id):
        tell(
            to=person,
            kind=MessageKind.LISTING_UNCONFIRMED,
            subject=_("いまも続けていますか：%(title)s") % {"title": listing},
            text=text % {"title": listing, "actor": listing.actor},
            path=f"/still/{token_for(STILL, thing=listing.pk, person=person.pk)}/",
            at=at,
        )


def _tell_editors(
    listing: Listing, *, kind: str, subject: str, text: str, at: dt.datetime, but: User | None
) -> None:
    path = f"/workspace/listings/{listing.pk}/"
    for person in editors_of(listing.actor_id):
        if person != but:
            tell(to=person, kind=kind, subject=subject, text=text, path=path, at=at)
