"""Who runs a project: its team's own people, those in the lead, and staff."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.enums import Visibility
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.enums import NOT_USED_UP

from ..enums import PROJECT_OPEN, PartnerRole, ProjectState
from ..models import Allotment, Partner, Project, Task, Update
from ..queries import leads_of, partner_acts_for, partners_of
from ..workflow import ALLOTMENT, PROJECT, TASK

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def can_arrange_project(user: "Person", project: Project) -> Verdict:
    """Staff of its town who may read it."""
    standing, town = standing_of(user), project.municipality_id
    if town in standing.office_in:
        return ALLOWED
    if town in standing.coordinates_in and project.visibility != Visibility.CITY_HALL:
        return ALLOWED
    return refuse(_("この操作は、この町のコーディネーターと市の担当だけができます。"))


def can_run_project(user: "Person", project: Project) -> Verdict:
    """Whoever may act for somebody in the team, and staff."""
    if can_arrange_project(user, project) or partner_acts_for(user, project):
        return ALLOWED
    return refuse(_("この操作は、チームの団体の管理者・編集の担当と、コーディネーターだけができます。"))


def can_lead_project(user: "Person", project: Project) -> Verdict:
    """Whoever may act for somebody in the lead, anybody of the team where nobody leads, and staff."""
    if can_arrange_project(user, project):
        return ALLOWED
    leads = {row.pk for row in leads_of(partners_of(project))}
    if any(row.pk in leads for row in partner_acts_for(user, project)):
        return ALLOWED
    return refuse(_("この操作は、中心になる団体の管理者・編集の担当と、コーディネーターだけができます。"))


def can_begin_project(user: "Person", project: Project) -> Verdict:
    return _by_verb("begin", user, project)


def can_achieve_project(user: "Person", project: Project) -> Verdict:
    return _by_verb("achieve", user, project)


def can_stop_project(user: "Person", project: Project) -> Verdict:
    return _by_verb("stop", user, project)


def can_renew_project(user: "Person", project: Project) -> Verdict:
    return _by_verb("renew", user, project)


def can_extend_project(user: "Person", project: Project) -> Verdict:
    """Later dates for what still goes on."""
    return _while_open(project) and can_lead_project(user, project)


def can_review_project(user: "Person", project: Project) -> Verdict:
    """Anybody of the team may keep what was found when looking back together."""
    if project.state != ProjectState.ACTIVE:
        return refuse(_("見直しを記録できるのは、進行中のプロジェクトだけです。"))
    return can_run_project(user, project)


def can_add_partner(user: "Person", project: Project) -> Verdict:
    return _while_open(project) and can_lead_project(user, project)


def can_change_role(user: "Person", partner: Partner) -> Verdict:
    """Those in the lead and staff share out the roles."""
    if partner.left_on is not None:
        return refuse(_("チームを抜けた団体の役割は変えられません。"))
    return _while_open(partner.project) and can_lead_project(user, partner.project)


def can_leave_project(user: "Person", partner: Partner) -> Verdict:
    """One's own people, and staff who were told; the last one in the lead hands the lead over first."""
    if partner.left_on is not None:
        return refuse(_("この団体は、もうチームを抜けています。"))
    verdict = _while_open(partner.project) and _speaks_for(user, partner)
    if verdict and is_last_lead(partner):
        return refuse(
            _("中心になる団体がいなくなってしまいます。先に、ほかの団体を「中心になる」に変えてください。")
        )
    return verdict


def can_give_task(user: "Person", project: Project) -> Verdict:
    return _while_open(project) and can_run_project(user, project)


def can_move_task(user: "Person", task: Task, verb: str) -> Verdict:
    """Who does it, those in the lead, and staff."""
    if not TASK.allows(verb, task.state):
        return refuse(
            _("いまの状態（%(state)s）では、この操作はできません。") % {"state": task.get_state_display()}
        )
    verdict = _while_open(task.project)
    if not verdict or can_lead_project(user, task.project):
        return verdict
    return _speaks_for(user, task.partner)


def can_post_update(user: "Person", project: Project) -> Verdict:
    """The team tells how it goes, and how it went."""
    return can_run_project(user, project)


def can_remove_update(user: "Person", update: Update) -> Verdict:
    """Whose it is, those in the lead, and staff."""
    if can_lead_project(user, update.project):
        return ALLOWED
    if update.partner is None:
        return can_arrange_project(user, update.project)
    return _speaks_for(user, update.partner)


def can_settle_allotment(user: "Person", allotment: Allotment) -> Verdict:
    """Those in the lead, whoever gave it, and staff."""
    if not ALLOTMENT.allows("return", allotment.state):
        return refuse(
            _("いまの状態（%(state)s）では、この操作はできません。")
            % {"state": allotment.get_state_display()}
        )
    if allotment.listing.actor_id in standing_of(user).edits or can_lead_project(user, allotment.project):
        return ALLOWED
    return refuse(
        _("この操作は、提供した団体、中心になる団体の管理者・編集の担当と、コーディネーターだけができます。")
    )


def can_use_up_allotment(user: "Person", allotment: Allotment) -> Verdict:
    """As giving it back; a room, a word of support is there for the next as before."""
    if allotment.resource in NOT_USED_UP:
        return refuse(_("場所や応援は、使ってもなくなりません。「使い終わりました」を押してください。"))
    return can_settle_allotment(user, allotment)


def is_last_lead(partner: Partner) -> bool:
    """Whether nobody else is in the lead."""
    if partner.role != PartnerRole.LEAD:
        return False
    others = [row for row in partners_of(partner.project) if row.pk != partner.pk]
    return not any(row.role == PartnerRole.LEAD for row in others)


def _speaks_for(user: "Person", partner: Partner) -> Verdict:
    if partner.actor_id in standing_of(user).edits or can_arrange_project(user, partner.project):
        return ALLOWED
    return refuse(_("この操作は、その団体の管理者・編集の担当と、コーディネーターだけができます。"))


def _by_verb(verb: str, user: "Person", project: Project) -> Verdict:
    if not PROJECT.allows(verb, project.state):
        return refuse(
            _("いまの状態（%(state)s）では、この操作はできません。") % {"state": project.get_state_display()}
        )
    return can_lead_project(user, project)


def _while_open(project: Project) -> Verdict:
    if project.state in PROJECT_OPEN:
        return ALLOWED
    return refuse(_("終わったプロジェクトでは、この操作はできません。"))
