"""What is done in a project: tasks, updates with their pictures, what is used of offers."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.actors.models import Membership
from musubi.flow.actors.queries import readable
from musubi.flow.actors.queries.standing import MAY_EDIT

from ..models import Allotment, Project, Task, Update, UpdatePicture
from .projects import projects_for, staff_reads, takes_part, team_projects_for

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person


def tasks_for(user: "Person") -> QuerySet[Task]:
    """Tasks of the projects whose inner page this person may open."""
    rows = Task.objects.filter(project__in=team_projects_for(user).order_by().values("pk"))
    return rows.select_related("project", "partner", "partner__actor", "settled_by")


def tasks_of(user: "Person", project: Project) -> QuerySet[Task]:
    """One project's tasks, the next due first."""
    return tasks_for(user).filter(project=project).order_by("due_on", "pk")


def hears_of_task(task: Task, *, but: "User") -> bool:
    """Whether anybody else acts for the partner that is asked: one known by name only hears nothing."""
    people = Membership.objects.filter(actor=task.partner.actor_id, role__in=MAY_EDIT, user__is_active=True)
    return task.partner.actor_id is not None and people.exclude(user=but.pk).exists()


def updates_for(user: "Person") -> QuerySet[Update]:
    """News within one's circle of projects one may read; the team reads all of its own, staff their town's."""
    open_to = readable(user, municipality="project__municipality_id")
    rows = open_to & Q(project__in=projects_for(user).order_by().values("pk"))
    rows |= Q(takes_part(user, "project_id"))
    office_only = Q(visibility=Visibility.CITY_HALL)
    rows |= staff_reads(user, "project__") & (~office_only | open_to)
    return Update.objects.filter(rows).select_related("project", "partner", "partner__actor", "author")


def updates_of(user: "Person", project: Project) -> QuerySet[Update]:
    """One project's news for this reader, the newest first, each with its pictures."""
    rows = updates_for(user).filter(project=project).order_by("-posted_at", "-pk")
    return rows.prefetch_related("pictures__file")


def own_updates_for(user: "Person") -> QuerySet[Update]:
    """News of the projects whose inner page this person may open: whoever may take it away looks here."""
    return updates_for(user).filter(project__in=team_projects_for(user).order_by().values("pk"))


def pictures_for(user: "Person") -> QuerySet[UpdatePicture]:
    """Pictures of the news this person may read."""
    readable_ones = updates_for(user).order_by().values("pk")
    return UpdatePicture.objects.filter(update__in=readable_ones).select_related("file", "update__project")


def allotments_for(user: "Person") -> QuerySet[Allotment]:
    """What the projects whose inner page this person may open use of offers."""
    rows = Allotment.objects.filter(project__in=team_projects_for(user).order_by().values("pk"))
    return rows.select_related("project", "listing", "listing__actor")


def allotments_of(project: Project) -> list[Allotment]:
    """Everything one project has used, in the order it was taken; whoever shows it has read the project."""
    return list(project.allotments.select_related("listing", "listing__actor", "project").order_by("pk"))
