"""Who closes an evaluation, and who arranges it."""

from typing import TYPE_CHECKING

from musubi.flow.actors.enums import ActorState
from musubi.flow.projects.enums import PartnerRole
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.permissions import can_arrange_project

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def leads_of(team: list[Partner]) -> list[Partner]:
    """Who closes an evaluation: those in the lead, or everybody where a project names none."""
    return [one for one in team if one.role == PartnerRole.LEAD] or team


def is_there(partner: Partner) -> bool:
    """Whether somebody can be waited for: not for an organisation that has closed or left Musubi."""
    return partner.actor is None or partner.actor.state != ActorState.CLOSED


def arranges(user: "Person", project: Project) -> bool:
    """Staff of the project's town who may read it."""
    return bool(can_arrange_project(user, project))
