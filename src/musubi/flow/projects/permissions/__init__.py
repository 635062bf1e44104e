"""Who may do what with a project; every refusal is a sentence the person may read."""

from .entering import can_edit_entered, can_enter_project
from .running import (
    can_achieve_project,
    can_add_partner,
    can_arrange_project,
    can_begin_project,
    can_change_role,
    can_extend_project,
    can_give_task,
    can_lead_project,
    can_leave_project,
    can_move_task,
    can_post_update,
    can_remove_update,
    can_renew_project,
    can_review_project,
    can_run_project,
    can_settle_allotment,
    can_stop_project,
    can_use_up_allotment,
)
from .starting import can_start_project

__all__ = [
    "can_achieve_project",
    "can_add_partner",
    "can_arrange_project",
    "can_begin_project",
    "can_change_role",
    "can_edit_entered",
    "can_enter_project",
    "can_extend_project",
    "can_give_task",
    "can_lead_project",
    "can_leave_project",
    "can_move_task",
    "can_post_update",
    "can_remove_update",
    "can_renew_project",
    "can_review_project",
    "can_run_project",
    "can_settle_allotment",
    "can_start_project",
    "can_stop_project",
    "can_use_up_allotment",
]
