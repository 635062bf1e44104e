"""The addresses of agreements."""

from typing import Any

from tests.factories import Town
from tests.together import make_agreement, make_case, make_need

from .people import Case, L, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """What the addresses below are about."""
    words = {"cost": "なし", "risk": "なし", "publicity": "なし"}
    made: dict[str, Any] = {"fresh": make_case(town), "actor": town.actor}
    for state in ("draft", "confirming", "agreed"):
        made[state] = make_agreement(make_case(town), state=state, **words)
        made[f"case_{state}"] = made[state].agreement.case
    hall = make_case(town, need=make_need(town, state="reserved", visibility="city_hall"))
    return {**made, "hall": hall, "hall_version": make_agreement(hall, state="draft", **words)}


#             visitor citizen member owner coordinator officer other_owner other_officer
READERS = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
WRITERS = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
AT_THE_HALL = row(L, "404", "ok", "ok", "404", "ok", "404", "404")
HALL_WRITERS = row(L, "404", "403", "ok", "404", "ok", "404", "404")
TYPISTS = row(L, "404", "403", "403", "ok", "ok", "404", "404")
TOO_LATE = row(L, "404", "403", "409", "409", "409", "404", "404")

CASES: list[Case] = [
    *[
        ("GET", "workspace:agreement", what, READERS)
        for what in ("fresh", "case_draft", "case_confirming", "case_agreed")
    ],
    ("GET", "workspace:agreement", "hall", AT_THE_HALL),
    *[
        ("GET", f"workspace:{name}", what, READERS)
        for name in ("agreement_version", "agreement_print")
        for what in ("draft", "confirming", "agreed")
    ],
    ("GET", "workspace:agreement_version", "hall_version", AT_THE_HALL),
    ("POST", "workspace:agreement_begin", "fresh", WRITERS),
    ("POST", "workspace:agreement_begin", "case_draft", TOO_LATE),
    ("GET", "workspace:agreement_edit", "draft", WRITERS),
    ("POST", "workspace:agreement_edit", "draft", WRITERS),
    ("GET", "workspace:agreement_edit", "hall_version", HALL_WRITERS),
    # the draft may be read as the others will see it; its button says who may press
    ("GET", "workspace:agreement_propose", "draft", READERS),
    ("POST", "workspace:agreement_propose", "draft", WRITERS),
    ("POST", "workspace:agreement_propose", "confirming", TOO_LATE),
    # without the name of a party nothing is confirmed: back to the page
    ("POST", "workspace:agreement_confirm", "confirming", READERS),
    ("GET", "workspace:agreement_confirm_for", "confirming actor", TYPISTS),
    ("GET", "workspace:agreement_revise", "case_agreed", WRITERS),
    ("POST", "workspace:agreement_revise", "case_agreed", WRITERS),
    ("POST", "workspace:agreement_revise", "case_draft", TOO_LATE),
]
