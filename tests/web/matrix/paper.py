"""The addresses of paper. Without a Japanese font whoever may have it is told so instead (503)."""

from typing import Any

from tests.factories import Town, make_listing
from tests.paper import HAS_FONT
from tests.together import make_agreement, make_case

from .people import WHO, Case, L, row

PRINTED = "ok" if HAS_FONT else "503"


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """What the addresses below are about."""
    words = {"cost": "なし", "risk": "なし", "publicity": "なし"}
    areas = [town.wards[0]]
    agreements = {
        state: make_agreement(make_case(town), state=state, **words)
        for state in ("draft", "confirming", "agreed")
    }
    return {
        **agreements,
        "need": make_listing(town.actor, areas=areas),
        "offer": make_listing(town.actor, "offer", areas=areas),
        "registered": make_listing(town.actor, areas=areas, visibility="registered"),
        "reserved": make_listing(town.actor, areas=areas, state="reserved"),
        "unpublished": make_listing(town.actor, areas=areas, state="draft"),
    }


def printed(cells: dict[str, str]) -> dict[str, str]:
    return {who: PRINTED if cells[who] == "ok" else cells[who] for who in WHO}


#                     visitor citizen member owner coordinator officer other_owner other_officer
READERS = printed(row(L, "404", "ok", "ok", "ok", "ok", "404", "404"))

CASES: list[Case] = [
    *[("GET", "workspace:agreement_pdf", what, READERS) for what in ("draft", "confirming", "agreed")],
    *[("GET", "public:listing_poster", side, row(*[PRINTED] * 8)) for side in ("need", "offer")],
    # only what everybody may read hangs where everybody passes
    ("GET", "public:listing_poster", "registered", row("404", *["403"] * 5, "404", "404")),
    ("GET", "public:listing_poster", "reserved", row(*["403"] * 8)),
    ("GET", "public:listing_poster", "unpublished", row("404", "404", "403", "403", *["404"] * 4)),
]
