"""The addresses of projects."""

from typing import Any

from django.utils import timezone

from musubi.flow.projects.models import Allotment, Task
from musubi.flow.projects.services import (
    NewPicture,
    PartnerValue,
    ProjectContent,
    enter_project,
    post_update,
)
from tests.factories import Town
from tests.flow.projects.rows import agreed_case, partner_of, picture
from tests.together import make_offer, make_project

from .people import EVERYBODY, SIGNED_IN, STAFF, Case, L, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """One project in each circle, with a task, news and something in use."""
    now = timezone.now()
    project = make_project(town)
    offer = make_offer(town)
    entered = enter_project(
        municipality=town.municipality,
        content=ProjectContent(
            title="花だん",
            aim="植える。",
            form="cooperation",
            partners=(PartnerValue(actor_id=town.actor.pk),),
        ),
        source="web",
        by=town.officer,
        now=now,
    )
    news = {
        name: post_update(
            project=project,
            text="近況",
            visibility=level,
            pictures=[NewPicture(picture(), "いす")],
            by=town.owner,
            now=now,
        )
        for name, level in (("news", "public"), ("inner_news", "city_hall"))
    }
    return {
        "project": project,
        "preparing": make_project(town, state="preparing"),
        "achieved": make_project(town, state="achieved"),
        "city_hall": make_project(town, visibility="city_hall"),
        "case": agreed_case(town),
        "lead": partner_of(project, "lead"),
        "other": partner_of(project),
        "task": Task.objects.create(
            project=project, what="運ぶ", partner=partner_of(project), due_on=now.date(), given_at=now
        ),
        "used": Allotment.objects.create(project=project, listing=offer, resource="goods", taken_at=now),
        "entered": entered,
        "picture": news["news"].pictures.get(),
        "inner_picture": news["inner_news"].pictures.get(),
        **news,
    }


#            visitor citizen member owner coordinator officer other_owner other_officer
TEAM = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
RUNS = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
INNER = row("404", "404", "ok", "ok", "404", "ok", "404", "404")

CASES: list[Case] = [
    ("GET", "public:projects", "", EVERYBODY),
    ("GET", "public:project", "project", EVERYBODY),
    ("GET", "public:project", "city_hall", INNER),
    ("GET", "public:project_picture", "picture", EVERYBODY),
    ("GET", "public:project_picture", "inner_picture", INNER),
    ("GET", "workspace:projects", "", SIGNED_IN),
    ("GET", "workspace:project", "project", TEAM),
    ("GET", "workspace:project", "city_hall", row(L, "404", "ok", "ok", "404", "ok", "404", "404")),
    ("GET", "workspace:project_start", "case", RUNS),
    ("POST", "workspace:project_begin", "preparing", RUNS),
    ("POST", "workspace:project_begin", "project", row(L, "404", *["409"] * 4, "404", "404")),
    *[
        ("GET", f"workspace:{name}", "project", RUNS)
        for name in (
            "project_achieve",
            "project_stop",
            "project_dates",
            "project_review",
            "project_partner_new",
            "project_task_new",
            "project_update_new",
        )
    ],
    ("GET", "workspace:project_dates", "achieved", RUNS),
    ("GET", "workspace:project_achieve", "achieved", row(L, "404", *["403"] * 4, "404", "404")),
    ("GET", "workspace:project_partner_role", "other", RUNS),
    # nobody is left in the lead; the other partner's own people are none of these
    ("GET", "workspace:project_partner_leave", "lead", row(L, "404", *["403"] * 4, "404", "404")),
    (
        "GET",
        "workspace:project_partner_leave",
        "other",
        row(L, "404", "403", "403", "ok", "ok", "404", "404"),
    ),
    ("POST", "workspace:project_task_move", "task =finish", RUNS),
    ("POST", "workspace:project_task_move", "task =reopen", row(L, "404", *["409"] * 4, "404", "404")),
    ("POST", "workspace:project_task_move", "task =nothing", row(L, *["404"] * 7)),
    ("GET", "workspace:project_update_remove", "news", RUNS),
    ("GET", "workspace:project_update_remove", "inner_news", RUNS | {"coordinator": "404"}),
    ("GET", "workspace:project_used", "used =return", RUNS),
    ("GET", "workspace:project_used", "used =use_up", RUNS),
    ("POST", "workspace:project_used", "used =return", RUNS),
    ("POST", "workspace:project_used", "used =nothing", row(L, *["404"] * 7)),
    ("GET", "desk:projects", "", STAFF),
    ("GET", "desk:project_new", "", STAFF),
    ("GET", "desk:project_edit", "entered", RUNS | {"owner": "403"}),
    ("GET", "desk:project_edit", "project", row(L, *["404"] * 7)),
]
