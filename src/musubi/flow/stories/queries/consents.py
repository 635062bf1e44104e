"""Who agreed to what: the consents of a story's own version."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.models import Partner

from ..enums import StoryState
from ..models import Consent, Story

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def current_partners(story: Story) -> list[Partner]:
    """Who is in the team now, and so has a say in its story; of an actor that has left nobody can be asked."""
    team = Partner.objects.filter(project_id=story.project_id, left_on=None)
    gone = Q(actor__state=ActorState.CLOSED, actor__memberships=None)
    return list(team.exclude(pk__in=team.filter(gone).order_by().values("pk")).select_related("actor"))


def consents_of(story: Story) -> list[Consent]:
    """What was answered about the story as it stands now; answers about earlier words do not count."""
    rows = Consent.objects.filter(story=story, version=story.version)
    return list(rows.select_related("partner__actor", "said_by"))


def missing_consents(story: Story) -> list[Partner]:
    """The partners of today without whose yes to the text the story cannot be published."""
    agreed = {row.partner_id for row in consents_of(story) if row.text}
    return [partner for partner in current_partners(story) if partner.pk not in agreed]


def somebody_refuses(story: Story) -> bool:
    """Whether anybody who was asked about these words has said no, also one who has left since."""
    return Consent.objects.filter(story=story, version=story.version, text=False).exists()


def pictures_agreed(story: str) -> Q:
    """Rows of something with a foreign key `story`: everybody who was asked agrees to the pictures."""
    asked = Consent.objects.filter(story=OuterRef(story), version=F("story__version"))
    not_yes = asked.filter(Q(pictures=None) | Q(pictures=False))
    return Q(Exists(asked)) & ~Q(Exists(not_yes))


def consents_for(user: "Person") -> QuerySet[Consent]:
    """Consents of one's own actors, also of such as have left the team, and for staff their town's."""
    standing = standing_of(user)
    rows = Q(partner__actor__in=standing.actor_ids)
    if standing.staff_in:
        rows |= Q(story__municipality__in=standing.office_in)
        rows |= Q(story__municipality__in=standing.coordinates_in) & ~Q(
            story__project__visibility="city_hall"
        )
    return Consent.objects.filter(rows).select_related(
        "story__project", "story__municipality", "partner__actor", "partner__project", "said_by"
    )


def awaited_consents_for(user: "Person") -> QuerySet[Consent]:
    """What waits for this person's answer, the longest waiting first.

    For those known by name only their coordinator asks, on the telephone.
    """
    mine = Q(partner__actor__in=standing_of(user).edits)
    if user.is_authenticated:
        asks = Q(partner__actor=None, story__project__coordinator=user)
        mine |= asks & Q(pk__in=consents_for(user).order_by().values("pk"))
    rows = Consent.objects.filter(
        mine, story__state=StoryState.CONSENTING, version=F("story__version"), text=None
    )
    return rows.select_related("story", "partner__actor").order_by("asked_at", "pk")


def office_withdrawals_for(user: "Person", municipality: Municipality) -> QuerySet[Consent]:
    """Withdrawn consents with their reasons: kept with the office, nobody else's."""
    if municipality.pk not in standing_of(user).office_in:
        return Consent.objects.none()
    rows = Consent.objects.filter(story__municipality=municipality, withdrawn_at__isnull=False)
    return rows.select_related("story", "partner__actor", "said_by").order_by("-withdrawn_at", "-pk")


def office_unpublished_for(user: "Person", municipality: Municipality) -> QuerySet[Story]:
    """Stories of the town that were taken down and have not come back."""
    if municipality.pk not in standing_of(user).office_in:
        return Story.objects.none()
    rows = Story.objects.filter(municipality=municipality, state=StoryState.UNPUBLISHED)
    return rows.select_related("project").order_by("-unpublished_at", "-pk")
