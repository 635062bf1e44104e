"""Who learns of a new need, and of an offer that came later."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.queries import messages_for
from musubi.base.notify.services import in_app_only, in_readers_language, tell
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import editors_of, listings_for

from ..queries import coordinators_of


@in_readers_language
def tell_new_need(need: Listing, *, by: User, at: dt.datetime) -> None:
    """The coordinators of the place hear of every new need."""
    for person in coordinators_of(need, today=timezone.localdate(at)):
        if person != by:
            tell(
                to=person,
                kind=MessageKind.NEW_NEED,
                subject=_("新しいニーズ：%(title)s") % {"title": need},
                text=_(
                    "%(actor)sから新しいニーズ「%(title)s」が出ました。候補を見て、つなげそうな相手がいないか確かめてください。"
                )
                % {"actor": need.actor, "title": need},
                path=f"/desk/needs/{need.pk}/",
                at=at,
            )


@in_readers_language
def tell_offer_found(need: Listing, offer: Listing, *, at: dt.datetime) -> None:
    """A later offer fits a need well: a line in its people's lists, without mail, one until they have looked."""
    path = f"/workspace/listings/{need.pk}/"
    for person in editors_of(need.actor_id):
        if not listings_for(person).filter(pk=offer.pk).exists():
            continue
        if messages_for(person).filter(kind=MessageKind.PROPOSALS_FOUND, path=path, read_at=None).exists():
            continue
        with in_app_only():
            tell(
                to=person,
                kind=MessageKind.PROPOSALS_FOUND,
                subject=_("合いそうな提供が出ました：%(title)s") % {"title": need},
                text=_(
                    "「%(title)s」に合いそうな提供が新しく出ました。ページを開くと、理由といっしょに見られます。"
                )
                % {"title": need},
                path=path,
                at=at,
            )
