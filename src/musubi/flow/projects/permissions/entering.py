"""Who enters a collaboration that was born elsewhere."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.queries import editable_actors_for, standing_of

from ..models import Project
from ..queries import partner_acts_for
from .running import can_arrange_project

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def can_enter_project(user: "Person", municipality: Municipality) -> Verdict:
    """Staff, and the people of a department for what their department does."""
    if municipality.pk in standing_of(user).staff_in:
        return ALLOWED
    departments = editable_actors_for(user).filter(municipality=municipality, kind=ActorKind.DEPARTMENT)
    if departments.exists():
        return ALLOWED
    return refuse(
        _("ほかで始まった協働を入力できるのは、市の担当、コーディネーターと、行政担当課の担当だけです。")
    )


def can_edit_entered(user: "Person", project: Project) -> Verdict:
    """Whoever could have entered it; what came out of a case stands as it was agreed."""
    if not project.was_born_elsewhere:
        return refuse(
            _(
                "合意書から始まったプロジェクトの内容は、ここでは直せません。期間は「期間を変える」で変えられます。"
            )
        )
    if can_arrange_project(user, project):
        return ALLOWED
    if any(
        row.actor is not None and row.actor.kind == ActorKind.DEPARTMENT
        for row in partner_acts_for(user, project)
    ):
        return ALLOWED
    return refuse(_("内容を直せるのは、市の担当、コーディネーターと、チームの行政担当課だけです。"))
