"""The judged collection of ../shared/data as rows to import; skips with a sentence where it is absent."""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from musubi.base.places.models import Area, AreaLevel, Municipality
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.listings.services import Content, LineValue, ListingRow, WindowValue
from tests import factories

ROOT = Path(__file__).resolve().parents[1]
CITIES = {"142077": "茅ヶ崎市", "141305": "川崎市"}
UNIT_OF = {"people": "people", "capacity": "place", "yen": "money", "items": "goods"}


def gold_file() -> Path:
    """The listings file, or the test is skipped."""
    path = (
        Path(os.environ.get("MUSUBI_REAL_DATA", ROOT.parent / "shared" / "data"))
        / "gold"
        / "dev"
        / "listings.jsonl"
    )
    if not path.exists():
        pytest.skip("実データ（MUSUBI_REAL_DATA）がないため、この試験は行いませんでした。")
    return path


def gold_rows(municipality: Municipality) -> list[ListingRow]:
    """All 440 rows, their actors made as drafts."""
    objects = [json.loads(line) for line in gold_file().read_text(encoding="utf-8").splitlines()]
    areas = _areas({code for row in objects for code in row["areas"]})
    actors: dict[str, Actor] = {}
    for row in objects:
        if row["actor"] not in actors:
            actors[row["actor"]] = factories.make_actor(
                municipality, name=row["actor"], kind=row["actor_kind"], state=ActorState.DRAFT
            )
    return [_row(row, actors[row["actor"]], areas) for row in objects]


def _row(row: dict[str, Any], actor: Actor, areas: dict[str, Area]) -> ListingRow:
    return ListingRow(
        external_ref=row["id"],
        actor=actor,
        side=row["side"],
        content=Content(
            title=row["title"],
            body=row["body"],
            lines=_lines(row["resources"], row.get("quantity") or {}),
            area_ids=tuple(areas[code].pk for code in row["areas"]),
            town=row.get("town") or "",
            windows=tuple(_window(window) for window in row.get("available") or ()),
            conditions=tuple(row.get("conditions") or ()),
            fields=tuple(row.get("fields") or ()),
            expires_on=timezone.localdate() + dt.timedelta(days=90),
        ),
    )


def _lines(resources: list[str], quantity: dict[str, int]) -> tuple[LineValue, ...]:
    lines = {resource: LineValue(resource=resource) for resource in resources}
    for unit, amount in quantity.items():
        resource = UNIT_OF.get(unit, resources[0])
        resource = resource if resource in lines else resources[0]
        lines[resource] = LineValue(resource=resource, amount=amount, unit=unit)
    return tuple(lines.values())


def _window(row: dict[str, Any]) -> WindowValue:
    closes = row.get("end")
    return WindowValue(
        starts_on=dt.date.fromisoformat(row["from"]) if row.get("from") else None,
        ends_on=dt.date.fromisoformat(row["to"]) if row.get("to") else None,
        weekdays=tuple(row.get("weekdays") or ()),
        opens=dt.time.fromisoformat(row["start"]) if row.get("start") else None,
        closes=None if closes in {None, "24:00", "23:59"} else dt.time.fromisoformat(closes),
    )


def _areas(codes: set[str]) -> dict[str, Area]:
    prefecture = factories.make_area(AreaLevel.PREFECTURE, "神奈川県", "140007")
    found = {
        code: factories.make_area(AreaLevel.CITY, name, code, prefecture) for code, name in CITIES.items()
    }
    for code in sorted(codes - set(found)):
        found[code] = factories.make_area(AreaLevel.WARD, f"区{code}", code, found["141305"])
    return found
