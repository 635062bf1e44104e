"""Which rows are one's own, and on which something of others hangs."""

from typing import Any

from django.db.models import PROTECT, Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from musubi.flow.actors.models import Actor, Mandate, Membership
from musubi.flow.cases.models import Letter
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.models import Issue, Support
from musubi.flow.listings.models import Listing
from musubi.flow.projects.models import UpdatePicture
from musubi.flow.stories.enums import StoryState
from musubi.flow.stories.models import Story, StoryPicture

ALONE = frozenset({IssueState.OPEN, IssueState.WITHDRAWN})
"""States of a local issue of which nobody has made anything."""


def shell_name() -> str:
    """What stands where an actor was."""
    return _("退会した団体")


def somebody() -> str:
    """What stands where a person was."""
    return _("退会した方")


def listing_title_instead() -> str:
    """What stands where a listing's title was."""
    return _("（退会した団体の掲載）")


def case_title_instead() -> str:
    """What stands where the title was of a case about somebody's own need."""
    return _("（退会した方のニーズ）")


def words_instead(*, person: bool) -> str:
    """What stands where a letter was."""
    return _("（退会した方の書き込み）") if person else _("（退会した団体の書き込み）")


def letters_of_person(pk: int) -> QuerySet[Letter]:
    """What a person wrote as one of a party; what staff wrote, or typed in for a party, is the town's or the party's."""
    member = Membership.objects.filter(actor=OuterRef("actor"), user=pk)
    staff = Mandate.objects.filter(municipality=OuterRef("case__municipality"), user=pk)
    rows = Letter.objects.filter(Exists(member) | ~Exists(staff), author=pk, actor__isnull=False)
    return rows.order_by("pk")


def lonely_issues_of(pk: int) -> QuerySet[Issue]:
    """What troubles nobody else so far, and of which nobody has made anything."""
    support = Support.objects.filter(issue=OuterRef("pk")).exclude(user=pk)
    listing = Listing.objects.filter(issue=OuterRef("pk"))
    return Issue.objects.filter(~Exists(support), ~Exists(listing), reported_by=pk, state__in=ALONE).order_by(
        "pk"
    )


def tied_listings(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those on which something of others hangs: an introduction, a case, an agreement, a project."""
    rows = Q(pk__in=[])
    for relation in protecting(Listing):
        rows |= Q(
            Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")}))
        )
    return listings.filter(rows)


def protecting(model: type[Model]) -> list[Any]:
    """The relations of other rows that do not let a row of this model go; those without a name for it too."""
    related = model._meta.get_fields(include_hidden=True)
    return [field for field in related if getattr(field, "on_delete", None) is PROTECT and field.auto_created]


def is_tied(row: Model) -> bool:
    """Whether anything of others hangs on this row."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists()
        for relation in protecting(type(row))
    )


def pictures_of_actor(actor: Actor) -> list[UpdatePicture | StoryPicture]:
    """The pictures of its own news, and those of stories that its members put there."""
    told = UpdatePicture.objects.filter(update__partner__actor=actor)
    members = actor.memberships.values("user")
    shown = StoryPicture.objects.filter(
        story__project__partners__actor=actor, file__uploaded_by__in=members
    ).distinct()
    return [*told.select_related("file").order_by("pk"), *shown.select_related("file").order_by("pk")]


def published_stories_of(actor: Actor) -> QuerySet[Story]:
    return Story.objects.filter(project__partners__actor=actor, state=StoryState.PUBLISHED).distinct()
