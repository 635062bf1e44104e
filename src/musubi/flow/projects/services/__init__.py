"""Verbs of a project: start, run, end, and enter what was born elsewhere."""

from .allotments import return_allotment, use_up_allotment
from .content import PartnerValue, ProjectContent, content_of_project
from .entering import enter_project, project_seen, save_entered
from .reminding import remind_reviews
from .running import (
    achieve_project,
    begin_due_projects,
    begin_project,
    extend_project,
    renew_project,
    review_project,
    stop_project,
)
from .starting import start_project
from .tasks import drop_task, finish_task, give_task, reopen_task
from .team import add_partner, change_role, leave_project
from .updates import PICTURES, NewPicture, PictureRefused, post_update, remove_update

__all__ = [
    "PICTURES",
    "NewPicture",
    "PartnerValue",
    "PictureRefused",
    "ProjectContent",
    "achieve_project",
    "add_partner",
    "begin_due_projects",
    "begin_project",
    "change_role",
    "content_of_project",
    "drop_task",
    "enter_project",
    "extend_project",
    "finish_task",
    "give_task",
    "leave_project",
    "post_update",
    "project_seen",
    "remind_reviews",
    "remove_update",
    "renew_project",
    "reopen_task",
    "return_allotment",
    "review_project",
    "save_entered",
    "start_project",
    "stop_project",
    "use_up_allotment",
]
