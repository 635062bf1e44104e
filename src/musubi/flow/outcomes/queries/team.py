"""Who closes an evaluation, whom one waits for, and who arranges it."""

from typing import TYPE_CHECKING

from musubi.flow.actors.enums import ActorState
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.permissions import can_arrange_project
from musubi.flow.projects.queries import leads_of

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

__all__ = ["arranges", "is_there", "leads_of"]


def is_there(partner: Partner) -> bool:
    """Whether somebody can be waited for: not for an organisation that has closed or left Musubi."""
    return partner.actor is None or partner.actor.state != ActorState.CLOSED


def arranges(user: "Person", project: Project) -> bool:
    """Staff of the project's town who may read it."""
    return bool(can_arrange_project(user, project))
