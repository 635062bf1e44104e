"""The addresses of leaving, and of the link that asks whether a listing is still true."""

from typing import Any

from musubi.base.common.links import token_for
from tests.factories import Town, make_listing

from .people import EDITORS, EVERYBODY, SIGNED_IN, Case


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """What the addresses below are about."""
    listing = make_listing(town.actor)
    return {
        "actor_": town.actor,
        "still_link": token_for("still", thing=listing.pk, person=town.owner.pk),
        "strangers_link": token_for("still", thing=listing.pk, person=town.citizen.pk),
    }


CASES: list[Case] = [
    ("GET", "workspace:take_out", "", SIGNED_IN),
    ("POST", "workspace:take_out", "", SIGNED_IN),
    # a reading member is told that only an owner may
    ("POST", "workspace:actor_take_out", "actor_", EDITORS),
    ("GET", "workspace:account_delete", "", SIGNED_IN),
    # without the tick nobody leaves
    ("POST", "workspace:account_delete", "", SIGNED_IN),
    ("GET", "workspace:actor_delete", "actor_", EDITORS),
    ("POST", "workspace:actor_delete", "actor_", EDITORS),
    ("GET", "workspace:goodbye", "", EVERYBODY),
    ("GET", "public:still", "still_link", EVERYBODY),
    ("POST", "public:still", "still_link", EVERYBODY),
    ("GET", "public:still", "strangers_link", dict.fromkeys(EVERYBODY, "404")),
]
