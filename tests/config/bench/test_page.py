"""docs/performance.md: a run replaces its own table and no other."""

from musubi.config.benchmarks.light import Lightness, Visit
from musubi.config.benchmarks.page import Run, light_section_of, page_with, section_of
from musubi.config.benchmarks.timing import Timing, timing_of


def a_run(vendor: str, median: float) -> Run:
    return Run(
        vendor=vendor,
        on="2026-11-21",
        listings=100_000,
        load=0.5,
        baseline=Timing("one keyword", 120.0, 150.0, 1),
        results=[Timing("home", median, median * 2, 14)],
    )


def test_a_section_tells_median_p95_queries_and_the_ratio_to_the_baseline() -> None:
    section = section_of(a_run("sqlite", 30.0))
    assert section.startswith("## SQLite\n")
    assert "2026-11-21: 100,000 listings in one city" in section
    assert "| one keyword (baseline) | 120.0 | 150.0 | 1 | 1.0 |" in section
    assert "| home | 30.0 | 60.0 | 14 | 4.0 |" in section


def test_what_was_not_counted_stays_empty() -> None:
    run = Run(**{**vars(a_run("sqlite", 1.0)), "results": [Timing("saved to found", 12.0, 20.0)]})
    assert "| saved to found | 12.0 | 20.0 |  | 10.0 |" in section_of(run)


def test_each_database_keeps_its_table_until_its_own_next_run() -> None:
    page = page_with(section_of(a_run("postgresql", 40.0)), "")
    page = page_with(section_of(a_run("sqlite", 30.0)), page)
    assert page.index("## SQLite") < page.index("## PostgreSQL")
    again = page_with(section_of(a_run("sqlite", 20.0)), page)
    assert again.count("## ") == 2
    assert "| home | 20.0 | 40.0 | 14 | 6.0 |" in again
    assert "| home | 30.0 |" not in again
    assert "| home | 40.0 | 80.0 | 14 | 3.0 |" in again
    assert page_with(section_of(a_run("sqlite", 20.0)), again) == again


def test_the_95th_percentile_is_the_value_that_one_in_twenty_exceeds() -> None:
    timing = timing_of("calls", [float(n) for n in range(100, 0, -1)], 3)
    assert (timing.median, timing.p95, timing.queries) == (50.5, 96.0, 3)
    assert timing_of("one call", [7.0]).p95 == 7.0


def test_a_slow_telephone_has_its_own_table_with_the_worst_of_all_visits() -> None:
    visits = (
        Visit(20_000, 40_000, 1800.0, 0.0),
        Visit(21_000, 39_000, 2600.0, 0.0125),
        Visit(1, 1, 1900.0, 0.0),
    )
    section = light_section_of([Lightness("home", visits)], on="2026-11-30", listings=100_000, load=0.4)
    assert "| home | 21.0 | 40.0 | 1.90 | 2.60 | 0.013 |" in section
    assert "3 times each" in section
    page = page_with(section, page_with(section_of(a_run("sqlite", 30.0)), ""))
    assert page_with(section, page) == page
    assert page.index("## SQLite") < page.index("## On a slow telephone")
    assert page_with(section_of(a_run("sqlite", 20.0)), page).count("## ") == 2
