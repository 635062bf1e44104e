"""Every page of the site, for everybody, by axe (WCAG 2.2 AA) and by the rules of this house.

The pages come from the matrix, which holds every address of the URL configuration: none can be forgotten.
Here each page × role is seen once, in a way that turns by week (the failure says which); `make audit` sets
MUSUBI_AUDIT to the folder of its results and has every page seen in all ways.
"""

import json
import os
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser

from tests.factories import Town
from tests.web.matrix import PARTS
from tests.web.matrix.asking import path_of, people_of

from .looking import Eyes, Seen
from .pages import Page, pages_of
from .ways import LOCALES, ROLES, WAYS, Way, turn_of, way_of

RESULTS = os.environ.get("MUSUBI_AUDIT", "")
IN_TURN = "in turn"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def ways_of(page: Page, role: str, language: str, turn: int) -> list[Way]:
    if language == IN_TURN:
        return [way_of(f"{page} {role}", turn)]
    return [way for way in WAYS if way.locale == language]


def seen_before(path: Path) -> bool:
    """An audit that was stopped goes on where it was; what had faults is looked at again."""
    return path.exists() and not any(row["faults"] for row in json.loads(path.read_text()))


def keep(seen: list[Seen], path: Path, chromium: str) -> None:
    rows = [one.as_row() | {"day": timezone.localdate().isoformat(), "chromium": chromium} for one in seen]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


@pytest.mark.parametrize("language", LOCALES if RESULTS else [IN_TURN])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_every_page_is_open_to_all(
    browser: Browser,
    live_server: SimpleNamespace,
    town: Town,
    other_town: Town,
    part: ModuleType,
    role: str,
    language: str,
) -> None:
    result = Path(RESULTS, f"{part.__name__.rpartition('.')[2]}-{role}-{language}.json")
    if RESULTS and seen_before(result):
        pytest.skip("この組は、もう見ました")
    things = part.things(town, other_town)
    turn = turn_of(timezone.localdate())
    eyes = Eyes(browser, live_server.url, role, people_of(town, other_town))
    seen: list[Seen] = []
    for page in pages_of(part, role):
        cache.clear()
        path = path_of(page.name, page.what, things)
        seen += eyes.seen_in(page, path, ways_of(page, role, language, turn), things)
    eyes.close()
    if RESULTS:
        keep(seen, result, browser.version)
    found = [f"{one.page} as {role}, {one.way}: {fault}" for one in seen for fault in one.faults]
    assert not found, "\n".join([*found, f"MUSUBI_AUDIT_TURN={turn} repeats it"])
