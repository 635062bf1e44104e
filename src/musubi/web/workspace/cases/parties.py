"""The parties of a case as its page speaks of them."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from musubi.base.common.enums import Source
from musubi.base.common.verdict import Verdict
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.permissions import can_arrange, can_leave_case
from musubi.flow.cases.queries import acts_for_in, parties_of

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.models import Actor
    from musubi.flow.cases.models import Case, Party
    from musubi.flow.cases.queries import Contact


def party_or_404(case: "Case", pk: int) -> "Party":
    """Who takes part now; who has left is not found."""
    for party in parties_of(case):
        if party.pk == pk:
            return party
    raise Http404


def parties_shown(user: "User", case: "Case") -> list[tuple["Party", Verdict | None]]:
    """Everybody who takes part, with whether they may leave where the reader has to do with that."""
    own = standing_of(user).actor_ids
    return [
        (
            party,
            can_leave_case(user, party)
            if party.actor_id in own
            else can_leave_case(user, party, Source.TELEPHONE) or None,
        )
        for party in parties_of(case)
    ]


def contact_lines(contacts: "list[Contact]") -> "list[tuple[Actor, list[tuple[str, str]]]]":
    """How each of them is reached."""
    return [
        (
            contact.actor,
            [
                (label, text)
                for label, text in (
                    (_("お名前"), contact.representative),
                    (_("電話"), contact.phone),
                    (_("メール"), contact.email),
                    (_("住所"), contact.address),
                )
                if text
            ],
        )
        for contact in contacts
    ]


def writes_as(user: "User", case: "Case") -> "Actor | None":
    """In whose name the reader writes: the own party's; None for staff, who write as coordinators."""
    edited = next(iter(acts_for_in(user, case)), None)
    if edited is not None or can_arrange(user, case):
        return edited
    own = standing_of(user).actor_ids
    return next((party.actor for party in parties_of(case) if party.actor_id in own), None)
