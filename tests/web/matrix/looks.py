"""The addresses of the gallery, of what is kept on a device, and of the demonstration."""

from typing import Any

from musubi.demo.models import Persona
from tests.factories import Town

from .people import EVERYBODY, Case, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """Two towns of the demonstration, and one of its people."""
    for one in (town, other_town):
        one.municipality.is_demonstration = True
        one.municipality.save()
    return {
        "persona": Persona.objects.create(user=town.owner, position=0, role="町内会長", story="会長です。")
    }


CASES: list[Case] = [
    *[("GET", f"design:{name}", "", EVERYBODY) for name in ("gallery", "confirm", "look")],
    ("POST", "design:gallery", "", EVERYBODY),
    ("POST", "design:furigana", "", EVERYBODY),
    ("GET", "offline:worker", "", EVERYBODY),
    ("GET", "offline:page", "", EVERYBODY),
    *[(method, "offline:kept", "", EVERYBODY) for method in ("GET", "POST")],
    # its address names the colour
    ("GET", "design:accent", "", row(*["404"] * 8)),
    ("GET", "demo:people", "", EVERYBODY),
    ("GET", "demo:mail", "", EVERYBODY),
    ("POST", "demo:become", "persona", row(*["welcome"] * 8)),
]
