"""What others would do on the same rows of the same PostgreSQL: similarity(), ILIKE, tsvector; on SQLite, LIKE."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connection

from musubi.base.common.processes import in_order, usual_jobs
from musubi.base.index.adapter import SqlStore
from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi_engine.bench.speed import DEPTH, TERMS, WORDS
from musubi_engine.bench.timing import spent_on
from musubi_engine.text import term_counts, term_hash

from .index import Row, some_listings, terms_of

FEW = 5  # the slow ones
CHUNK = 5_000
TABLE = "bench_words"  # of this measurement alone, dropped after it

# decidim-proposals, SimilarProposals: the greater of two similarities from a threshold on, the ten best.
SIMILAR = """
    SELECT id FROM listings_listing
     WHERE municipality_id = %s AND state = 'published' AND hidden_at IS NULL
       AND GREATEST(similarity(title, %s), similarity(body, %s)) >= 0.25
     ORDER BY GREATEST(similarity(title, %s), similarity(body, %s)) DESC LIMIT 10
"""
# adhocracy4, FreeTextFilter: `icontains` over the fields, one after the other.
CONTAINS = """
    SELECT COUNT(*) FROM listings_listing
     WHERE municipality_id = %s AND state = 'published' AND hidden_at IS NULL AND (title {like} %s OR body {like} %s)
"""
RANKED = f"""
    SELECT id, ts_rank(words, asked) AS rank FROM {TABLE}, to_tsquery('simple', %s) AS asked
     WHERE words @@ asked ORDER BY rank DESC, id LIMIT {DEPTH}
"""  # noqa: S608 (our own constants)


def measure_peers(
    municipality: Municipality, number: int, *, rounds: int, say: Callable[[str], None]
) -> list[Row]:
    """The peers of this database, the slow ones in a few runs."""
    vendor = connection.vendor
    like = "ILIKE" if vendor == "postgresql" else "LIKE"
    statement = CONTAINS.format(like=like)
    words = [word for asked in WORDS for word in asked.split()]
    calls = [
        partial(_run, statement, [municipality.pk, *[f"%{words[i % len(words)]}%"] * 2])
        for i in range(max(FEW, rounds // 10))
    ]
    rows = [_row(f"{like} '%…%', one keyword, counted", number, calls)]
    if vendor != "postgresql":
        return rows
    needs = some_listings(municipality.pk, Side.NEED, max(rounds // 5, FEW + 1))
    say("  tsvector の表を作っています")
    build_words(municipality)
    store = SqlStore()
    asked = [" | ".join(map(_word, terms_of(store, municipality.pk, need))) for need in needs]
    try:
        rows.append(
            _row(
                f"tsvector + ts_rank, top {DEPTH} of {TERMS} terms",
                number,
                [partial(_run, RANKED, [a]) for a in asked],
            )
        )
    finally:
        _run(f"DROP TABLE {TABLE}", [])
    _run("CREATE EXTENSION IF NOT EXISTS pg_trgm", [])
    say("  similarity() を測っています")
    similar = [
        partial(_run, SIMILAR, [municipality.pk, *[need.title, need.body] * 2]) for need in needs[: FEW + 1]
    ]
    rows.append(_row("pg_trgm similarity(), as Decidim, top 10", number, similar))
    return rows


def build_words(municipality: Municipality) -> None:
    """Every listing's terms as words of a tsvector with a GIN index: cut beforehand, as PostgreSQL cannot cut Japanese."""
    _run(f"DROP TABLE IF EXISTS {TABLE}", [])
    _run(f"CREATE UNLOGGED TABLE {TABLE} (id bigint, words tsvector)", [])
    # First read, then written: one connection does one at a time.
    for vectors in in_order(_vectors, _texts(municipality), jobs=usual_jobs()):
        with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            for row in vectors:
                copy.write_row(row)
    _run(f"CREATE INDEX ON {TABLE} USING gin (words)", [])
    _run(f"ANALYZE {TABLE}", [])


def ratios(rows: Sequence[Row]) -> list[str]:
    """How many times faster than each peer our exact top 50 is, in the same run."""
    ours = next(row for row in rows if row.what.startswith("exact top"))
    peers = [row for row in rows if "LIKE" in row.what or "ts_rank" in row.what or "similarity" in row.what]
    return [f"{peer.median / ours.median:,.0f} × faster than {peer.what}" for peer in peers if ours.median]


def _texts(municipality: Municipality) -> Iterator[list[tuple[int, str]]]:
    rows = Listing.objects.filter(municipality=municipality).order_by("pk").values_list("pk", "title", "body")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield [(pk, f"{title}\n{body}") for pk, title, body in chunk]
        last = chunk[-1][0]


def _vectors(texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Ids with their texts as tsvectors; asks no database."""
    return [(pk, _vector(term_counts(text)[0])) for pk, text in texts]


def _vector(counts: dict[str, int]) -> str:
    """A tsvector as text, its positions telling how often each term occurs."""
    place, parts = 0, []
    for term, count in counts.items():
        places = [str(min(16_383, place + n + 1)) for n in range(count)]
        place += count
        parts.append(f"{_word(term_hash(term))}:{','.join(places)}")
    return " ".join(parts)


def _word(term: int) -> str:
    return f"x{term & 0xFFFFFFFFFFFFFFFF:016x}"


def _row(what: str, number: int, calls: Sequence[Callable[[], Any]]) -> Row:
    spent = spent_on(calls, unmeasured=1)
    return Row(what, connection.vendor, number, spent.median, spent.p95, spent.calls)


def _run(statement: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
