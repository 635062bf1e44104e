"""How the parties reach each other, once both sides have said yes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from ..enums import CaseState
from ..models import Case
from .cases import parties_of, reads_as_staff

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

CONTACTS_SHOWN = frozenset({CaseState.TALKING, CaseState.AGREED, CaseState.STARTED})


@dataclass(frozen=True)
class Contact:
    """What is needed to call or write to a party, whatever its profile shows to others."""

    actor: Actor
    representative: str
    email: str
    phone: str
    address: str


def contacts_for(user: "Person", case: Case) -> list[Contact]:
    """The other parties' contacts for those who act for a party, all of them for staff.

    Nothing before two sides have said yes, nothing after leaving, nothing once it is closed.
    """
    if case.state not in CONTACTS_SHOWN:
        return []
    standing, parties = standing_of(user), parties_of(case)
    if len(parties) < 2:
        return []
    is_staff = reads_as_staff(user, case)
    if not is_staff and not any(party.actor_id in standing.edits for party in parties):
        return []
    others = [party.actor for party in parties if is_staff or party.actor_id not in standing.edits]
    return [Contact(actor, actor.representative, actor.email, actor.phone, actor.address) for actor in others]
