"""An agreed case becomes a project with its team, its dates and what it uses of offers."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.cases.enums import CaseState
from musubi.flow.cases.models import AgreementVersion, Case
from musubi.flow.cases.queries import agreed_version, parties_of, uses_in_force
from musubi.flow.cases.services import start_case
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import LineValue, settle_listing, take_from_offer
from musubi.flow.matching.services import refresh_later

from ..enums import PartnerRole, ProjectState
from ..models import Allotment, Partner, Project
from ..notifications import tell_started
from ..permissions import can_start_project


@transaction.atomic
def start_project(*, case: Case, by: User, now: dt.datetime, title: str = "") -> Project:
    """Begin what was agreed: the need is met, the offers are in use as far as the agreement says.

    InvalidTransition if somebody else was quicker; ValidationError names what an offer no longer has.
    """
    _require_ready(case, by)
    case = start_case(case=case, by=by, now=now)
    version = agreed_version(case)
    assert version is not None  # `can_start_project` has seen to it
    today, need = timezone.localdate(now), case.need
    begins = version.starts_on or today
    project = Project.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        title=title.strip() or case.title,
        aim=version.aim,
        form=version.form,
        fields=need.fields,
        town=need.town,
        visibility=need.visibility,
        coordinator=case.coordinator,
        state=ProjectState.ACTIVE if begins <= today else ProjectState.PREPARING,
        starts_on=begins,
        ends_on=version.ends_on,
        review_on=version.review_on,
        created_at=now,
        moved_at=now,
    )
    project.areas.set(need.areas.all())
    _make_team(project, case, version, begins)
    settle_listing(listing=need, by=by, now=now)
    _take(project, version, by, now)
    audit.record(by=by, verb="project.start", subject=project, at=now, after=project.state)
    tell_started(project, by=by, at=now)
    return project


def _require_ready(case: Case, by: User) -> None:
    """Hold the case and ask of it as it stands now; one in any other state is refused by the table."""
    case = Case.objects.select_for_update(of=("self",)).select_related("need").get(pk=case.pk)
    if case.state == CaseState.AGREED:
        require(can_start_project(by, case))


def _make_team(project: Project, case: Case, version: AgreementVersion, begins: dt.date) -> None:
    """The parties as they are now, each with what the agreement says it does; the need's actor leads."""
    does = {part.actor_id: part.does for part in version.parts.all()}
    parties = parties_of(case)
    lead = next((row for row in parties if row.listing_id == case.need_id), parties[0])
    Partner.objects.bulk_create(
        Partner(
            project=project,
            actor=party.actor,
            role=PartnerRole.LEAD if party == lead else PartnerRole.PARTNER,
            does=does.get(party.actor_id, ""),
            joined_on=begins,
        )
        for party in parties
    )


def _take(project: Project, version: AgreementVersion, by: User, now: dt.datetime) -> None:
    """Offers in the order of their numbers, so that two projects never wait for each other."""
    uses: dict[Listing, list[LineValue]] = defaultdict(list)
    for use in sorted(uses_in_force(version), key=lambda use: (use.listing_id, use.pk)):
        line = LineValue(resource=use.resource, what=use.what, amount=use.amount, unit=use.unit)
        uses[use.listing].append(line)
    for listing, lines in uses.items():
        taken = take_from_offer(listing=listing, lines=lines, by=by, now=now)
        Allotment.objects.bulk_create(
            Allotment(
                project=project,
                listing=listing,
                resource=line.resource,
                what=line.what,
                amount=line.amount,
                unit=line.unit,
                taken_at=now,
            )
            for line in taken
        )
        listing.refresh_from_db(fields=["state"])
        refresh_later(listing=listing)
