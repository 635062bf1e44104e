"""The pages of a project for those who take part in it, and for staff."""

from .ending import project_achieve, project_begin, project_dates, project_review, project_stop, project_used
from .hub import project, project_start, projects
from .news import project_update_new, project_update_remove
from .team import (
    project_partner_leave,
    project_partner_new,
    project_partner_role,
    project_task_move,
    project_task_new,
)

__all__ = [
    "project",
    "project_achieve",
    "project_begin",
    "project_dates",
    "project_partner_leave",
    "project_partner_new",
    "project_partner_role",
    "project_review",
    "project_start",
    "project_stop",
    "project_task_move",
    "project_task_new",
    "project_update_new",
    "project_update_remove",
    "project_used",
    "projects",
]
