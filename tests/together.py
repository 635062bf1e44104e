"""Cases, agreements, projects, evaluations and stories in the state a test begins with.

Rows as the services leave them; how they get there is tested stage by stage and by the walk.
"""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.actors.models import Actor
from musubi.flow.cases.models import (
    Agreement,
    AgreementIndicator,
    AgreementPart,
    AgreementUse,
    AgreementVersion,
    Case,
    CaseIntroduction,
    Confirmation,
    Party,
    PreMeeting,
)
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction, Invitee, Outreach, Reply, TeamMember, TeamProposal
from musubi.flow.outcomes.models import Evaluation
from musubi.flow.projects.models import Partner, Project
from musubi.flow.stories.models import Story
from tests.factories import Town, make_actor, make_listing, make_person

_serial = itertools.count(1)


def make_offer(town: Town, owner: User | None = None, **fields: Any) -> Listing:
    """A published offer of 100 chairs by another actor of the town, which `owner` looks after."""
    actor = fields.pop("actor", None) or make_actor(
        town.municipality, owner or make_person(), kind="company", email=f"kaisha{next(_serial)}@example.jp"
    )
    fields.setdefault("areas", [town.wards[0]])
    fields.setdefault("lines", [("goods", "折りたたみいす", 100, "items")])
    return make_listing(actor, "offer", **fields)


def make_need(town: Town, **fields: Any) -> Listing:
    """A published need of `town.actor`, whose owner is `town.owner`."""
    fields.setdefault("areas", [town.wards[0]])
    fields.setdefault("lines", [("goods", "いす", 40, "items")])
    return make_listing(fields.pop("actor", town.actor), "need", **fields)


def make_introduction(need: Listing, offer: Listing, **fields: Any) -> Introduction:
    """An introduction that nobody has answered, or in `state` with the replies that lead there."""
    now = timezone.now()
    state = fields.setdefault("state", "proposed")
    fields.setdefault("initiative", "coordinator")
    fields.setdefault("introduced_at", now)
    if state != "proposed":
        fields.setdefault("settled_at", now)
    introduction = Introduction.objects.create(
        municipality=need.municipality, need=need, offer=offer, **fields
    )
    for side, listing in (("need", need), ("offer", offer)):
        answer = {"connected": "yes", "parted": "yes", "declined": "yes" if side == "need" else "no"}.get(
            state, ""
        )
        Reply.objects.create(
            introduction=introduction,
            side=side,
            actor=listing.actor,
            answer=answer,
            reason="busy" if answer == "no" else "",
            said_at=now if answer else None,
        )
    return introduction


def make_team(town: Town, **fields: Any) -> TeamProposal:
    """A team of two offers that together answer a need of `town.actor`, as the engine might tell it."""
    need = fields.pop("need", None) or make_need(
        town, lines=[("goods", "いす", 40, "items"), ("place", "会場", 30, "capacity")]
    )
    team = TeamProposal.objects.create(
        need=need,
        position=1,
        score=1.0,
        sentences=["2者で、求めている2つがそろいます。"],
        is_exact=True,
        engine_version="0",
        proposed_at=timezone.now(),
    )
    lines = ([("goods", "いす", 100, "items")], [("place", "会場", 60, "capacity")])
    for number, brought in enumerate(lines):
        _resource, what, amount, unit = brought[0]
        covers = [{"line": number, "what": what, "unit": unit, "amount": amount, "sure": True}]
        TeamMember.objects.create(
            team=team, offer=make_offer(town, lines=brought), position=number + 1, covers=covers
        )
    return team


def make_case(town: Town, *, state: str = "talking", offers: int = 1, **fields: Any) -> Case:
    """A case of `town.coordinator` about a need of `town.actor`; beyond `open` with connected offers."""
    now = timezone.now()
    listing_state = {"open": "published", "talking": "reserved", "agreed": "reserved", "started": "fulfilled"}
    need = fields.pop("need", None) or make_need(town, state=listing_state.get(state, "published"))
    if state == "closed":
        fields |= {"close_reason": "no_partner", "closed_at": now}
    fields.setdefault("title", need.title)
    fields.setdefault("coordinator", town.coordinator)
    case = Case.objects.create(
        municipality=town.municipality,
        need=need,
        state=state,
        opened_by=town.coordinator,
        opened_at=now,
        moved_at=fields.pop("moved_at", now),
        **fields,
    )
    Party.objects.create(case=case, actor=need.actor, listing=need, joined_at=now)
    if state != "open":
        for _ in range(offers):
            join_case(case, make_offer(town))
    return case


def join_case(case: Case, offer: Listing) -> Party:
    """The offer's actor has been introduced, both sides said yes, and it takes part."""
    introduction = make_introduction(case.need, offer, state="connected")
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    return Party.objects.create(
        case=case, actor=offer.actor, listing=offer, introduction=introduction, joined_at=timezone.now()
    )


def make_meeting(case: Case, **fields: Any) -> PreMeeting:
    """A meeting whose date is being found (no options yet), or in `state`."""
    now = timezone.now()
    if fields.get("state") in ("fixed", "held"):
        fields.setdefault("starts_at", now + dt.timedelta(days=3))
    fields.setdefault("token", f"meeting-{next(_serial)}")
    return PreMeeting.objects.create(
        case=case, called_by=case.coordinator, called_at=now, moved_at=now, **fields
    )


def make_agreement(case: Case, *, state: str = "agreed", **fields: Any) -> AgreementVersion:
    """The case's agreement in its first version: 40 of each offer's first line, two indicators."""
    now, today = timezone.now(), timezone.localdate()
    agreement = Agreement.objects.create(case=case, state=state, begun_at=now, moved_at=now)
    fields.setdefault("form", "co_hosting")
    fields.setdefault("aim", "だれもが安心して来られる夏祭りを、いっしょに開く。")
    fields.setdefault("starts_on", today)
    fields.setdefault("ends_on", today + dt.timedelta(days=120))
    fields.setdefault("review_on", today + dt.timedelta(days=60))
    version = AgreementVersion.objects.create(
        agreement=agreement,
        written_by=case.coordinator,
        written_at=now,
        proposed_at=None if state == "draft" else now,
        agreed_at=now if state == "agreed" else None,
        **fields,
    )
    for party in case.parties.filter(left_at=None).select_related("actor", "listing"):
        AgreementPart.objects.create(
            version=version, actor=party.actor, does="準備と当日の運営", cannot="夜間の対応"
        )
        if not party.listing.is_need:
            line = party.listing.provisions.first()
            AgreementUse.objects.create(
                version=version, listing=party.listing, resource=line.resource, what=line.what,
                amount=min(40, line.amount) if line.amount else None, unit=line.unit,
            )  # fmt: skip
        if state == "agreed":
            Confirmation.objects.create(version=version, actor=party.actor, said_at=now)
    for position, name in enumerate(("参加した人", "手伝った人")):
        AgreementIndicator.objects.create(
            version=version, position=position, name=name, unit="人", before=0, target=100
        )
    return version


def make_project(town: Town, *, state: str = "active", case: Case | None = None, **fields: Any) -> Project:
    """A project of `town.actor` and one company that came out of an agreed case; nothing is allotted yet."""
    now, today = timezone.now(), timezone.localdate()
    if case is None:
        case = make_case(town, state="started")
        make_agreement(case)
    if state == "stopped":
        fields.setdefault("stop_reason", "people")
    if state in ("achieved", "stopped"):
        fields.setdefault("ended_at", now)
    fields.setdefault("title", f"協働{next(_serial)}")
    fields.setdefault("aim", "だれもが安心して来られる夏祭りを、いっしょに開く。")
    project = Project.objects.create(
        municipality=town.municipality,
        case=case,
        form="co_hosting",
        state=state,
        coordinator=case.coordinator,
        starts_on=today,
        ends_on=fields.pop("ends_on", today + dt.timedelta(days=120)),
        review_on=fields.pop("review_on", today + dt.timedelta(days=60)),
        created_at=now,
        moved_at=now,
        **fields,
    )
    project.areas.set(case.need.areas.all())
    for party in case.parties.filter(left_at=None).select_related("actor", "listing"):
        Partner.objects.create(
            project=project,
            actor=party.actor,
            role="lead" if party.listing.is_need else "partner",
            does="準備と当日の運営",
            joined_on=today,
        )
    return project


def make_evaluation(project: Project, **fields: Any) -> Evaluation:
    """An evaluation that is open, with the indicators of the agreement."""
    now = timezone.now()
    if fields.get("state") == "closed":
        fields.setdefault("decision", "continue")
        fields.setdefault("closed_at", now)
    fields.setdefault("token", f"voices-{next(_serial)}")
    evaluation = Evaluation.objects.create(project=project, opened_at=now, **fields)
    for position, name in enumerate(("参加した人", "手伝った人")):
        evaluation.indicators.create(position=position, name=name, unit="人", before=0, target=100)
    return evaluation


def make_story(project: Project, **fields: Any) -> Story:
    """A story with its main parts written, in `state`; its consents are the test's own."""
    now = timezone.now()
    if fields.get("state") == "published":
        fields.setdefault("published_at", now)
    if fields.get("state") == "unpublished":
        fields.setdefault("unpublish_reason", "取り消しの希望がありました。")
    fields.setdefault("title", f"事例{next(_serial)}")
    fields.setdefault("summary", "町内会と会社が、いすを持ち寄って夏祭りを開きました。")
    return Story.objects.create(
        municipality=project.municipality,
        project=project,
        created_at=now,
        updated_at=now,
        moved_at=now,
        **fields,
    )


def owner_of(actor: Actor) -> User:
    """Who may press in an actor's name."""
    return actor.memberships.filter(role="owner").order_by("pk").first().user


def make_outreach(town: Town, offers: int = 1, **fields: Any) -> Outreach:
    """One that goes on for a need of `town.actor`, with nobody asked yet."""
    now = timezone.now()
    fields = {
        "need": None,
        "resource": "goods",
        "enough": 1,
        "begun_at": now,
        "next_on": timezone.localdate(now),
        **fields,
    }
    need = fields.pop("need") or make_need(town)
    outreach = Outreach.objects.create(municipality=town.municipality, need=need, **fields)
    for position in range(1, offers + 1):
        Invitee.objects.create(outreach=outreach, offer=make_offer(town), position=position)
    return outreach
