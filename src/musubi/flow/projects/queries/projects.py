"""The only door to projects: what one's level reads, what one takes part in, and for staff the town's."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit.queries import events_about
from musubi.base.common.enums import Visibility
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import readable, standing_of
from musubi.flow.cases.models import Case

from ..enums import PROJECT_OPEN, PartnerRole, ProjectState
from ..models import Partner, Project

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

STILL_DAYS = 60
ROLES = list(PartnerRole)


def staff_reads(user: "Person", prefix: str = "") -> Q:
    """Rows of projects that this person reads as staff: what is for the city hall stays with the office."""
    standing = standing_of(user)
    if not standing.staff_in:
        return Q(pk__in=[])
    town = f"{prefix}municipality__in"
    return Q(**{town: standing.office_in}) | (
        Q(**{town: standing.coordinates_in}) & ~Q(**{f"{prefix}visibility": Visibility.CITY_HALL})
    )


def takes_part(user: "Person", project: str = "pk") -> Exists:
    """Whether one of the actors this person belongs to is in the team now."""
    actors = standing_of(user).actor_ids
    return Exists(Partner.objects.filter(project=OuterRef(project), actor__in=actors, left_on=None))


def projects_for(user: "Person") -> QuerySet[Project]:
    """Projects this person may read: within the circle they are for, one's own also after leaving, staff's."""
    was_there = Partner.objects.filter(project=OuterRef("pk"), actor__in=standing_of(user).actor_ids)
    rows = readable(user) | Q(Exists(was_there)) | staff_reads(user)
    return Project.objects.filter(rows).select_related("municipality", "coordinator")


def own_projects_for(user: "Person") -> QuerySet[Project]:
    """Those in whose team this person is now."""
    return Project.objects.filter(takes_part(user)).select_related("municipality", "coordinator")


def team_projects_for(user: "Person") -> QuerySet[Project]:
    """Those whose inner page this person may open: the team's, and the staff of its town."""
    rows = Q(takes_part(user)) | staff_reads(user)
    return Project.objects.filter(rows).select_related("municipality", "coordinator", "case")


def town_projects_for(user: "Person", municipality: Municipality) -> QuerySet[Project]:
    """The town's, for its staff."""
    rows = Project.objects.filter(staff_reads(user), municipality=municipality)
    return rows.select_related("municipality", "coordinator")


def entered_projects_for(user: "Person") -> QuerySet[Project]:
    """Those born elsewhere that this person may put right: staff, and the departments in their teams."""
    return team_projects_for(user).filter(case=None)


def with_team(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Each with its present partners in `team`, in one query more."""
    rows = Partner.objects.filter(left_on=None).select_related("actor")
    return projects.prefetch_related(Prefetch("partners", rows, to_attr="team"))


def of_field(projects: QuerySet[Project], number: int) -> QuerySet[Project]:
    """Those that name this field; written out because SQLite cannot look into JSON lists."""
    texts = projects.annotate(fields_text=Cast("fields", TextField()))
    return texts.filter(fields_text__regex=rf"[^0-9]{number}[^0-9]")


def touching_area(projects: QuerySet[Project], area: Area) -> QuerySet[Project]:
    """Those that name this area or one within it."""
    named = Project.areas.through.objects.filter(project=OuterRef("pk"), area__path__startswith=area.path)
    return projects.filter(Exists(named))


def standing_still(projects: QuerySet[Project], *, today: dt.date | None = None) -> QuerySet[Project]:
    """Open ones of which somebody should ask: past their review or their end, or without a move for long."""
    day = today or timezone.localdate()
    rows = (
        Q(review_on__lt=day) | Q(ends_on__lt=day) | Q(moved_at__date__lt=day - dt.timedelta(days=STILL_DAYS))
    )
    rows |= Q(state=ProjectState.PREPARING, starts_on__lt=day)
    return projects.filter(rows, state__in=PROJECT_OPEN)


def project_of(case: Case) -> Project | None:
    """What a case has become; whoever shows it has read the case."""
    return Project.objects.filter(case=case).first()


def partners_for(user: "Person") -> QuerySet[Partner]:
    """Everybody who is or was in the teams whose inner page this person may open."""
    rows = Partner.objects.filter(project__in=team_projects_for(user).order_by().values("pk"))
    return rows.select_related("actor", "project", "project__municipality")


def partners_of(project: Project) -> list[Partner]:
    """Who is in the team now, those in the lead first; no query where `with_team` has fetched them."""
    rows = getattr(project, "team", None)
    if rows is None:
        rows = project.partners.filter(left_on=None).select_related("actor")
    return sorted(rows, key=lambda row: (ROLES.index(PartnerRole(row.role)), row.joined_on, row.pk))


def former_partners_of(project: Project) -> list[Partner]:
    """Who took part and has left, as long as nobody of the same is still there; the first to join first."""
    present = {row.actor_id for row in partners_of(project) if row.actor_id is not None}
    rows = project.partners.exclude(left_on=None).select_related("actor").order_by("joined_on", "pk")
    return [row for row in rows if row.actor_id not in present]


def leads_of(team: list[Partner]) -> list[Partner]:
    """Who leads: where nobody is left in the lead, whoever of the team is still there."""
    there = [row for row in team if row.actor is None or row.actor.state != ActorState.CLOSED]
    return [row for row in there if row.role == PartnerRole.LEAD] or there


def coordinator_of(project: Project) -> User | None:
    """Its coordinator, as long as they may read it as staff: only then are they told or waited for."""
    person = project.coordinator
    if person is None or not person.is_active:
        return None
    return person if Project.objects.filter(staff_reads(person), pk=project.pk).exists() else None


def partner_acts_for(user: "Person", project: Project) -> list[Partner]:
    """The partners for which this person may act now: as an owner or editor."""
    edits = standing_of(user).edits
    return [row for row in partners_of(project) if row.actor_id in edits] if edits else []


def find_entered(municipality: Municipality, external_ref: str) -> Project | None:
    """The project that a file brought in under this key. For files, not for pages."""
    return (
        Project.objects.filter(municipality=municipality, external_ref=external_ref)
        .exclude(external_ref="")
        .first()
    )


def is_in_hand(project: Project) -> bool:
    """Whether anybody has worked on it on screen since a file brought it in: a file then changes nothing."""
    return events_about(project).filter(by__startswith="user:").exists()
