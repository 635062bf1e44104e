"""The whole demonstration, the same each time."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from musubi.base.accounts.models import User
from musubi.base.notify.services import in_app_only, mark_all_read
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.enums import MandateRole
from musubi.flow.actors.services import give_mandate, register_person
from musubi.flow.actors.services.towns import found_town
from musubi.flow.listings.models import Listing
from musubi.flow.matching.services import propose_for_town

from .actors import begin_actor, build_actors, invite_somebody
from .cases import build_cases, build_projects
from .issues import build_issues, build_reports
from .listings import build_listings
from .people import CITIZENS, COORDINATORS, OFFICER, People, make_personas
from .places import build_places
from .scene import Scene
from .stories import build_stories

STAGES = ("listings", "cases", "projects", "stories")
"""How far the town has come; each includes those before it."""

CONTACT = "結浜市民協働センター 電話 0000-21-0555（平日 9時〜17時）"


@transaction.atomic
def build_demonstration(
    *, now: dt.datetime, say: Callable[[str], None], stage: str = STAGES[-1]
) -> Municipality:
    """結浜市 with its wards, actors, listings, issues and proposals, and what became of them up to `stage`.

    `say` hears what is being done. Everything that happens to an object happens through its stage's services, at a time before `now`.
    """
    with in_app_only():
        say("地域と人")
        places, people = build_places(), People()
        officer = people.get(*OFFICER)
        founded = now - dt.timedelta(days=320)
        municipality = found_town(
            area=places.areas["city"], officer=officer, contact=CONTACT, now=founded, is_demonstration=True
        )
        clerk = _appoint(municipality, people, officer, places.areas, founded)
        citizens = [people.get(email, name) for email, name in CITIZENS]
        for citizen in citizens:
            register_person(municipality=municipality, by=citizen, now=founded)
        say("主体（団体・企業・個人・市の課）")
        cast = build_actors(municipality=municipality, places=places, people=people, officer=officer, now=now)
        invite_somebody(cast, now=now)
        begin_actor(municipality=municipality, by=citizens[2], now=now)
        say("地域の困りごと")
        issues = build_issues(
            municipality=municipality, places=places, citizens=citizens, clerk=clerk, now=now
        )
        say("ニーズと提供")
        listings = build_listings(cast=cast, places=places, issues=issues, clerk=clerk, now=now)
        say("候補")
        propose_for_town(municipality=municipality, now=now)
        scene = Scene(municipality, cast, places, clerk, officer, now)
        _live(scene, listings, people, stage, say)
        build_reports(listings=listings, citizens=citizens, officer=officer, now=now)
        make_personas(people, cast.members)
        # Whom the building wanted asked anew has just been asked with all others.
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).delete()
    return municipality


def _live(
    scene: Scene, listings: dict[str, Listing], people: People, stage: str, say: Callable[[str], None]
) -> None:
    """What happened after the proposals, the oldest first."""
    reached = STAGES[: STAGES.index(stage) + 1]
    if "stories" in reached:
        say("事例（少し時間がかかります）")
        build_stories(scene)
        for person in people.by_email.values():
            mark_all_read(by=person, now=scene.now - dt.timedelta(days=10))
    if "projects" in reached:
        say("協働プロジェクト")
        build_projects(scene, listings)
    if "cases" in reached:
        say("案件")
        build_cases(scene, listings)
        propose_for_town(municipality=scene.municipality, now=scene.now)


def _appoint(
    municipality: Municipality, people: People, officer: User, areas: dict[str, Area], at: dt.datetime
) -> User:
    """The coordinators; the first of them types in what comes on paper."""
    coordinators = []
    for email, name, wards in COORDINATORS:
        person = people.get(email, name)
        give_mandate(
            municipality=municipality,
            user=person,
            role=MandateRole.COORDINATOR,
            areas=[areas[key] for key in wards],
            by=officer,
            now=at,
            valid_from=at.date(),
        )
        coordinators.append(person)
    return coordinators[0]
