"""The addresses of evaluations."""

from typing import Any

from tests.factories import Town
from tests.together import make_evaluation, make_project

from .people import EVERYBODY, Case, L, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """An evaluation that is open, one that is closed, one for the city hall, and a project without any."""
    project = make_project(town)
    evaluation = make_evaluation(project)
    hall = make_evaluation(make_project(town, visibility="city_hall"))
    return {
        "project": make_project(town),
        "evaluation": evaluation,
        "closed": make_evaluation(make_project(town), state="closed"),
        "hall": hall,
        "own": project.partners.get(actor=town.actor),
        "partner": project.partners.exclude(actor=town.actor).get(),
        "token": evaluation.token,
    }


#          visitor citizen member owner coordinator officer other_owner other_officer
READERS = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
TEAM = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
STAFF_ROW = row(L, "404", "403", "403", "ok", "ok", "404", "404")
IN_THE_HALL = row(L, "404", "ok", "ok", "404", "ok", "404", "404")

CASES: list[Case] = [
    ("POST", "workspace:evaluation_open", "project", TEAM),
    ("GET", "workspace:evaluation", "evaluation", READERS),
    ("GET", "workspace:evaluation", "closed", READERS),
    ("GET", "workspace:evaluation", "hall", IN_THE_HALL),
    ("GET", "workspace:evaluation_figures", "evaluation", TEAM),
    ("GET", "workspace:evaluation_figures", "closed", row(L, "404", *["403"] * 4, "404", "404")),
    ("GET", "workspace:review", "evaluation own", TEAM),
    ("POST", "workspace:review", "evaluation own", TEAM),
    ("GET", "workspace:review", "evaluation partner", STAFF_ROW),
    ("POST", "workspace:review", "evaluation partner", STAFF_ROW),
    ("GET", "workspace:evaluation_close", "evaluation", TEAM),
    ("POST", "workspace:evaluation_close", "evaluation", TEAM),
    ("GET", "workspace:evaluation_close", "closed", TEAM),
    ("POST", "workspace:evaluation_reopen", "closed", TEAM),
    ("POST", "workspace:evaluation_reopen", "evaluation", row(L, "404", "403", *["409"] * 3, "404", "404")),
    ("GET", "workspace:voices", "evaluation", READERS),
    ("GET", "workspace:voices", "hall", IN_THE_HALL),
    ("GET", "workspace:voice_enter", "evaluation", STAFF_ROW),
    ("POST", "workspace:voice_enter", "evaluation", STAFF_ROW),
    ("GET", "workspace:voices_print", "evaluation", READERS),
    ("GET", "public:voice", "token", EVERYBODY),
    ("POST", "public:voice", "token", EVERYBODY),
    ("GET", "public:voice_thanks", "token", EVERYBODY),
]
