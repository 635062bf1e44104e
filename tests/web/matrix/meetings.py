"""The addresses of meetings."""

import datetime as dt
from typing import Any

from django.utils import timezone

from musubi.flow.cases.services import answer_dates
from tests.factories import Town
from tests.together import make_case, make_meeting, make_need

from .people import EVERYBODY, Case, L, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """A meeting whose date is looked for, one that is fixed, one that was held; and one about the city hall's need."""
    now = timezone.now()
    case = make_case(town)
    finding = make_meeting(case)
    option = finding.options.create(starts_at=now + dt.timedelta(days=3))
    held = make_meeting(case, state="held")
    hall = make_case(town, need=make_need(town, state="reserved", visibility="city_hall"))
    of_the_city_hall = make_meeting(hall)
    of_the_city_hall.options.create(starts_at=now + dt.timedelta(days=4))
    answer = answer_dates(meeting=finding, name="山田", marks={option.pk: "yes"}, now=now)
    return {
        "case": case,
        "open_case": make_case(town, state="open"),
        "finding": finding,
        "fixed": make_meeting(case, state="fixed", starts_at=timezone.now()),
        "of_the_city_hall": of_the_city_hall,
        "action": held.actions.create(what="電話する", actor=town.actor, due_on=timezone.localdate()),
        "token": finding.token,
        "answer": answer,
        "key": answer.key,
    }


#         visitor citizen member owner coordinator officer other_owner other_officer
READERS = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
TAKE_PART = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
STAFF_OF_CASE = row(L, "404", "403", "403", "ok", "ok", "404", "404")

CASES: list[Case] = [
    ("GET", "public:dates", "token", EVERYBODY),
    ("POST", "public:dates", "token", EVERYBODY),
    ("GET", "public:dates", "=nothing", row(*["404"] * 8)),
    ("GET", "public:dates_own", "token key", EVERYBODY),
    ("GET", "public:dates_own", "token =nothing", row(*["404"] * 8)),
    ("GET", "workspace:meeting_new", "case", TAKE_PART),
    ("POST", "workspace:meeting_new", "case", TAKE_PART),
    ("GET", "workspace:meeting_new", "open_case", row(L, "404", "403", "403", "403", "403", "404", "404")),
    ("GET", "workspace:meeting", "finding", READERS),
    ("GET", "workspace:meeting", "of_the_city_hall", row(L, "404", "ok", "ok", "404", "ok", "404", "404")),
    *[
        (method, f"workspace:meeting_{verb}", what, STAFF_OF_CASE)
        for verb, what in (
            ("more", "finding"),
            ("cancel", "finding"),
            ("told", "finding"),
            ("again", "fixed"),
        )
        for method in ("GET", "POST")
    ],
    ("POST", "workspace:meeting_fix", "finding", STAFF_OF_CASE),
    ("GET", "workspace:meeting_told_again", "finding answer", STAFF_OF_CASE),
    ("GET", "workspace:meeting_record", "fixed", TAKE_PART),
    ("POST", "workspace:meeting_record", "fixed", TAKE_PART),
    ("POST", "workspace:meeting_action_done", "action", TAKE_PART),
]
