"""The reply that a link without an account is about."""

from dataclasses import dataclass

from musubi.base.accounts.models import User
from musubi.base.common.links import read_token
from musubi.flow.actors.queries import editors_of

from ..models import Reply


@dataclass(frozen=True)
class Linked:
    """A reply, the person its link was sent to, and whether that person still looks after the side."""

    reply: Reply
    person: User
    still_theirs: bool


def reply_by_link(token: str) -> Linked | None:
    """What a link of an introduction leads to; None if we did not make it, or what it names is gone."""
    named = read_token("introduction", token)
    if named is None:
        return None
    rows = Reply.objects.select_related(
        "introduction__municipality", "introduction__need__actor", "introduction__offer__actor"
    )
    reply, person = rows.filter(pk=named[0]).first(), User.objects.filter(pk=named[1]).first()
    if reply is None or person is None:
        return None
    introduction = reply.introduction
    listing = introduction.need if reply.side == introduction.need.side else introduction.offer
    return Linked(reply, person, editors_of(listing.actor).filter(pk=person.pk).exists())
