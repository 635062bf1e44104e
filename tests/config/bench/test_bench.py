"""`musubi bench` measures a small town from beginning to end and writes the page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from musubi.config.benchmarks.page import NAMES
from tests.base.notify.harness import installation

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
TOWN = """
from tests.factories import make_town
town = make_town("結浜市", prefecture="990001", code="991007").municipality
town.is_demonstration = True
town.save()
"""


def test_a_small_town_is_measured_and_the_page_written(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Old\n\n## Elsewhere\n\nnot a database\n", "utf-8")
    with installation(tmp_path, PYTHONPATH=str(ROOT)) as musubi:
        musubi.run("shell", "--no-imports", "-c", TOWN)
        said = musubi.run("bench", "--listings", "200", "--rounds", "1", "--write", str(page)).stdout
        assert musubi.count("SELECT COUNT(*) FROM listings_listing") == 200
        assert musubi.count("SELECT COUNT(*) FROM listings_listing WHERE title LIKE '%測定語%'") == 0
    vendor = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1]
    name = NAMES["sqlite" if vendor == "sqlite3" else "postgresql"]
    written = page.read_text("utf-8")
    assert written.startswith("# Performance")
    assert said.strip() in written
    assert re.findall(r"^## (.+)$", written, re.MULTILINE) == [name]
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \|", written, re.MULTILINE)
    measured = {what: (float(median), float(p95)) for what, median, p95 in rows}
    assert {"home", "search by words", "a need's page", "an offer's page"} <= set(measured)
    assert {"home, in English", "home, in やさしい日本語 with furigana", "guides", "a guide's page"} <= set(
        measured
    )
    assert any(what.endswith("(baseline)") for what in measured)
    assert any("found by another process" in what for what in measured)
    assert any("proposals" in what for what in measured)
    assert all(0 < median <= p95 for median, p95 in measured.values())


def test_a_real_town_is_not_measured(tmp_path: Path) -> None:
    with installation(tmp_path, PYTHONPATH=str(ROOT)) as musubi:
        musubi.run("shell", "--no-imports", "-c", TOWN.replace("True", "False"))
        refused = musubi.start("bench", "--listings", "200")
        assert refused.wait(60) == 2
        assert musubi.count("SELECT COUNT(*) FROM listings_listing") == 0
    assert "本物の町" in (tmp_path / "stderr.log").read_text("utf-8")
