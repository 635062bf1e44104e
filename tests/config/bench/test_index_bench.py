"""`musubi bench index` on a tiny town, and the plot of what it kept."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from musubi.config.benchmarks import loading, plot
from musubi.config.benchmarks.index import Row, refuse_other_towns
from musubi.config.benchmarks.loading import load_town
from musubi.config.benchmarks.pages import move_to_today
from musubi.config.benchmarks.peers import ratios
from musubi.config.imports.errors import CannotImport
from musubi.flow.listings.models import Availability, Listing
from musubi.flow.listings.services import read_all_concepts
from musubi.flow.matching.queries import match_one, pool, team_suggestions
from musubi_engine import Listing as Value
from musubi_engine import Window
from musubi_engine.bench import postings, speed, speed_teams
from tests.base.notify.harness import installation
from tests.factories import Town, make_listing

ROOT = Path(__file__).parents[3]


def test_a_town_is_the_same_in_one_go_or_in_two(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> list[tuple[str, str, str, int]]:
        rows = Listing.objects.order_by("pk").values_list("title", "body", "side", "actor_id")
        first = rows[0][3]
        return [(title, body, side, actor - first) for title, body, side, actor in rows]

    load_town(60, say=print)
    few = said()
    monkeypatch.setattr(loading, "CHUNK", 10)  # by several processes
    load_town(90, say=print)
    assert (len(few), said()[:60]) == (60, few)
    assert Listing.objects.count() == 90


def test_some_of_it_is_of_this_week_also_when_it_was_made_long_ago(db: None, now: dt.datetime) -> None:
    municipality = load_town(104, say=print)

    def this_week(today: dt.datetime) -> int:
        week = (today - dt.timedelta(days=7), today)
        return Listing.objects.filter(published_at__range=week).count()

    fresh = this_week(timezone.now())
    assert 1 <= fresh <= 4
    later = now + dt.timedelta(days=60)
    assert this_week(later) == 0
    move_to_today(municipality, later)
    assert 1 <= this_week(later) <= 4
    assert not Listing.objects.filter(published_at__gt=later).exists()


def test_a_length_is_stored_of_needs_only(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = postings.postings

    def timed(*args: int, **more: int) -> Iterator[Value]:
        for value in usual(*args, **more):
            yield replace(value, windows=(Window(weekdays=frozenset({5}), least=120),))

    monkeypatch.setattr(postings, "postings", timed)
    load_town(20, say=print)
    stored = Availability.objects.values_list("listing__side", "least_minutes").order_by().distinct()
    assert set(stored) == {("need", 120), ("offer", None)}


def test_its_listings_carry_the_concepts_that_saving_them_finds(db: None) -> None:
    load_town(60, say=print)
    assert not Listing.objects.filter(concepts=None).exists()
    assert read_all_concepts() == 0


def test_its_needs_find_offers(db: None) -> None:
    municipality = load_town(400, say=print)
    call_command("index", "rebuild", verbosity=0)
    needs = Listing.objects.filter(municipality=municipality, side="need").order_by("pk")[:30]
    assert sum(bool(match_one(need, today=dt.date(2026, 12, 1))) for need in needs) > 10


@pytest.mark.slow
def test_a_tiny_town_is_measured_and_drawn(tmp_path: Path) -> None:
    kept = tmp_path / "speed.json"
    with installation(tmp_path, PYTHONPATH=str(ROOT)) as musubi:
        options = ["--documents", "200", "--rounds", "4", "--peers", "--city", "--json", "--keep", str(kept)]
        said = json.loads(musubi.run("bench", "index", *options).stdout.splitlines()[-1])
        musubi.run("bench", "plot", "--keep", str(kept))
    rows = {row["what"]: row for row in said["rows"]}
    asked = (
        "make the index anew",
        "learn and make all vectors",
        "search",
        "exact top 50",
        "proposals for a need",
        "proposals for an offer",
        "teams for",
    )
    for what in (*asked, "all needs of one city", "memory", "saved to visible", "merge 500"):
        assert any(name.startswith(what) for name in rows), what
    assert any("LIKE" in name for name in rows)
    assert any("× faster than" in note for note in said["notes"])
    assert {row.what for row in plot.kept(kept)} == set(rows)
    assert ET.parse(kept.with_suffix(".svg")).getroot().tag.endswith("svg")


def test_a_town_of_people_is_not_measured(town: Town) -> None:
    refuse_other_towns()
    make_listing(town.actor)
    with pytest.raises(CannotImport, match="ほかの町"):
        refuse_other_towns()


def row(what: str, engine: str, documents: int, median: float) -> Row:
    return Row(what, engine, documents, median, median, 3)


def test_results_replace_what_was_measured_of_the_same_before(tmp_path: Path) -> None:
    path = tmp_path / "new" / "speed.json"
    plot.keep(path, [row("exact top 50 of 25 terms", "sqlite", 1000, 4.0)])
    together = plot.keep(
        path,
        [
            row("exact top 50 of 25 terms", "sqlite", 1000, 2.0),
            row("exact top 50 of 25 terms", "sqlite", 9000, 3.0),
        ],
    )
    assert [(r.documents, r.median) for r in together] == [(1000, 2.0), (9000, 3.0)]
    assert plot.kept(path) == together


def test_every_engine_has_a_line_with_its_points() -> None:
    rows = [row(begins, engine, n, n / 100) for begins, engine, _, _ in plot.LINES for n in (100, 1000)]
    points = plot.points_of(rows)
    assert len({point.line for point in points}) == len(plot.LINES)
    assert all(point.milliseconds == point.documents / 100 for point in points)
    likes = [point for point in points if "one keyword" in point.line]
    assert len(likes) == 4


def test_the_engines_own_measurement_joins_in(tmp_path: Path) -> None:
    path = tmp_path / "engine.json"
    cells = {"what": "Tantivy: exact top 50 of 25 terms", "documents": 300, "median ms": 0.1, "p95 ms": 0.2}
    path.write_text(json.dumps([{"title": "", "rows": [{**cells, "calls": 9, "note": ""}], "notes": []}]))
    (found,) = plot.rows_of_engine(path)
    assert (found.engine, found.documents, found.median) == ("memory", 300, 0.1)
    path.write_text("[]x")
    with pytest.raises(CannotImport, match="読めません"):
        plot.rows_of_engine(path)


def test_nothing_measured_is_not_drawn(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="描ける結果"):
        plot.draw([], tmp_path / "x.svg")


def test_ratios_are_to_our_exact_search() -> None:
    rows = [
        row("exact top 50 of 25 terms", "postgresql", 1000, 2.0),
        row("ILIKE '%…%'", "postgresql", 1000, 500.0),
    ]
    assert ratios(rows) == ["250 × faster than ILIKE '%…%'"]
    assert connection.vendor in ("sqlite", "postgresql")


def test_the_engine_is_measured_with_as_many_candidates_as_the_platform_takes() -> None:
    assert (speed.BEST, speed.ALIKE, speed.NEWEST) == (pool.BEST, pool.ALIKE, pool.NEWEST)
    assert (speed_teams.BEST, speed_teams.ALIKE) == (team_suggestions.BEST, team_suggestions.ALIKE)
