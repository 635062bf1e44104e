"""What waits for a person, the most urgent first."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from musubi.base.accounts.models import User
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import editable_actors_for, invitations_to, stale_actors_for, standing_of
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.queries import own_listings_for
from musubi.flow.moderation.enums import HidingState
from musubi.flow.moderation.queries import hidings_for

from .step import Step
from .together import steps_with_others

MOST = 10
STALE_AFTER = dt.timedelta(days=180)
ENDS_SOON = dt.timedelta(days=7)


def steps_for(user: User, now: dt.datetime, today: dt.date) -> list[Step]:
    """What this person can do next; a constant number of queries."""
    return [
        *_answers(user, now),
        *steps_with_others(user, today),
        *_actors(user, now),
        *_listings(user, today),
    ]


def _answers(user: User, now: dt.datetime) -> list[Step]:
    found = [
        Step(
            _("「%(actor)s」から招待が届いています。") % {"actor": invitation.actor.name},
            reverse("workspace:invitation", args=[invitation.token]),
            _("招待を見る"),
        )
        for invitation in invitations_to(user, now)[:MOST]
    ]
    own = standing_of(user).actor_ids
    hidings = [
        hiding
        for hiding in hidings_for(user).filter(state=HidingState.IN_FORCE)[:50]
        if (hiding.listing and hiding.listing.actor_id in own)
        or hiding.actor_id in own
        or (hiding.issue and hiding.issue.reported_by_id == user.pk)
    ]
    if hidings:
        text = ngettext(
            "非表示になったものが%(count)d件あります。理由を見て、返事ができます。",
            "非表示になったものが%(count)d件あります。理由を見て、返事ができます。",
            len(hidings),
        ) % {"count": len(hidings)}
        found.append(Step(text, reverse("workspace:hidings"), _("理由を見る")))
    return found


def _actors(user: User, now: dt.datetime) -> list[Step]:
    found = []
    unfinished = editable_actors_for(user).filter(state__in=(ActorState.RETURNED, ActorState.DRAFT))
    for actor in unfinished.order_by("-state", "pk")[:MOST]:
        if actor.state == ActorState.RETURNED:
            text = _("「%(actor)s」の登録に、直してほしいところがあります。") % {"actor": actor.name}
        else:
            text = _("「%(actor)s」は下書きです。市に確認を頼むと、ほかの人に見えるようになります。") % {
                "actor": actor.name
            }
        found.append(Step(text, reverse("workspace:actor", args=[actor.pk]), _("開く")))
    for actor in stale_actors_for(user, now, STALE_AFTER).order_by("confirmed_at", "pk")[:MOST]:
        text = _("「%(actor)s」の内容は、今も正しいですか。半年以上、確かめられていません。") % {
            "actor": actor.name
        }
        found.append(Step(text, reverse("workspace:actor", args=[actor.pk]), _("確かめる")))
    return found


def _listings(user: User, today: dt.date) -> list[Step]:
    own = own_listings_for(user).filter(actor__in=standing_of(user).edits)
    found = [
        Step(
            _("書きかけの下書き「%(title)s」があります。") % {"title": listing},
            reverse("workspace:listing_edit", args=[listing.pk]),
            _("続きを書く"),
        )
        for listing in own.filter(state=ListingState.DRAFT).order_by("-updated_at", "-pk")[:MOST]
    ]
    ending = own.filter(
        state=ListingState.PUBLISHED, expires_on__gte=today, expires_on__lte=today + ENDS_SOON
    )
    for listing in ending.order_by("expires_on", "pk")[:MOST]:
        text = _("「%(title)s」は、まもなく掲載の期限です。") % {"title": listing.title}
        found.append(Step(text, reverse("workspace:listing", args=[listing.pk]), _("期限を見る")))
    return found
