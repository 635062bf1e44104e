"""The index and the matching on a database: how long a question takes, and how much a web process grows by it."""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from musubi.base.common.processes import usual_jobs
from musubi.base.index.adapter import SqlStore
from musubi.base.index.enums import DocumentKind
from musubi.base.index.models import Document, Segment
from musubi.base.index.queries import search
from musubi.base.index.services import learn_vectors, merge_partition, rebuild, refresh_words, settle
from musubi.base.places.models import Municipality
from musubi.config.imports.errors import CannotImport
from musubi.flow.actors.services import index_rows as actor_rows
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable
from musubi.flow.listings.services.indexing import index_listing, rows_to_index
from musubi.flow.matching.queries import match_offer, match_one
from musubi_engine.bench import postings
from musubi_engine.bench.speed import DEPTH, TERMS, TOP, WORDS
from musubi_engine.bench.timing import Spent, resident_megabytes, spent_on
from musubi_engine.index import EVERY, best_for
from musubi_engine.index.search import telling_terms
from musubi_engine.text import term_counts, term_hash

from .loading import load_town
from .saving import save_to_found
from .teams import team_calls

SAVES = 500
CITY = 5_000
CITY_CODE = postings.city().codes[-1]
# A web process: nothing loaded, nothing built, its own caches; it answers and tells what it took.
CHILD = """
import json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
import django
django.setup()
from musubi.config.benchmarks.index import measure_reading
print(json.dumps(measure_reading(**json.loads(sys.argv[1]))))
"""


@dataclass(frozen=True)
class Row:
    """One thing that was measured, in milliseconds."""

    what: str
    engine: str
    documents: int
    median: float
    p95: float
    calls: int
    note: str = ""


def refuse_other_towns() -> None:
    """Raises CannotImport where somebody else's listings are: figures would not compare, and rows would be added."""
    if Listing.objects.exclude(municipality__area__code=CITY_CODE).exists():
        raise CannotImport(
            "ほかの町の掲載があるデータベースでは測りません。MUSUBI_DATA_DIR か DATABASE_URL で空の場所を指定してください。"
        )


def prepare(number: int, *, anew: bool, say: Callable[[str], None]) -> tuple[Municipality, list[Row]]:
    """A town of `number` listings in the index; what of it was made now is told as rows."""
    municipality = load_town(number, say=say)
    engine = connection.vendor
    indexed = Document.objects.filter(partition=municipality.pk, kind="listing").count()
    rows: list[Row] = []
    if anew or indexed < number:
        say("  索引を作っています")
        rows += [
            _once("make the index anew", engine, number, make_index),
            _once("learn and make all vectors", engine, number, make_vectors),
        ]
    if Segment.objects.filter(partition=municipality.pk).count() > 1:
        rows.append(
            _once(
                "merge everything into one segment",
                engine,
                number,
                partial(merge_partition, municipality.pk, everything=True),
            )
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return municipality, rows


def make_index() -> None:
    """Replace the index, as `musubi index rebuild` does once it has read the concepts, which were found at loading."""
    rebuild([(DocumentKind.LISTING, rows_to_index()), actor_rows()], jobs=usual_jobs())
    refresh_words()


def make_vectors() -> None:
    learn_vectors(now=timezone.now(), jobs=usual_jobs())


def measure(municipality: Municipality, number: int, *, rounds: int, city: bool) -> list[Row]:
    """Reading by a process of its own, then what saving and merging take."""
    asked = {"partition": municipality.pk, "number": number, "rounds": rounds, "city": city}
    child = subprocess.run(  # noqa: S603 (our own interpreter and text)
        [sys.executable, "-c", CHILD, json.dumps(asked)], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    rows = [Row(**row) for row in json.loads(child.stdout.splitlines()[-1])]
    found = save_to_found(municipality, rounds=max(5, rounds // 5))
    rows.append(
        Row(
            "saved to visible in another process",
            connection.vendor,
            number,
            found.median,
            found.p95,
            max(5, rounds // 5),
        )
    )
    for listing in some_listings(municipality.pk, Side.OFFER, SAVES):
        listing.title = f"{listing.title[:70]}（改）"
        index_listing(listing)
    rows.append(
        _once(
            f"merge {SAVES} saved listings",
            connection.vendor,
            number,
            partial(merge_partition, municipality.pk),
        )
    )
    return rows


def measure_reading(*, partition: int, number: int, rounds: int, city: bool) -> list[dict[str, Any]]:
    """What a web process answers: rows as plain values, the last of them its memory."""
    today, engine = dt.date(2026, 12, 1), connection.vendor
    settle()  # as a server does before it answers
    search(text="はじめ", partitions=[partition])
    before = resident_megabytes()
    rows: list[Row] = []

    def told(what: str, calls: Sequence[Callable[[], Any]], note: str = "") -> None:
        spent: Spent = spent_on(calls, unmeasured=min(5, len(calls) - 1))
        rows.append(Row(what, engine, number, spent.median, spent.p95, spent.calls, note))

    needs, offers = (
        some_listings(partition, Side.NEED, rounds),
        some_listings(partition, Side.OFFER, max(2, rounds // 5)),
    )
    kinds, store = ["listing"], SqlStore()
    told(
        "search: a page of 20 by typed words",
        [
            partial(search, text=WORDS[i % len(WORDS)], partitions=[partition], kinds=kinds)
            for i in range(rounds)
        ],
    )
    terms = [terms_of(store, partition, need) for need in needs]
    told(
        f"exact top {DEPTH} of {TERMS} terms",
        [partial(best_for, store, [partition], asked, DEPTH) for asked in terms],
    )
    told(
        "proposals for a need, with reasons",
        [partial(match_one, need, today=today, top=TOP) for need in needs],
        f"each need once; the best {TOP} with their rows",
    )
    told(
        "proposals for an offer, with reasons",
        [partial(match_offer, offer, today=today, top=TOP) for offer in offers],
    )
    steps, wholes = team_calls(needs, today=today)
    told("teams for a need: the candidates of its lines", steps, "found and read, needs of 2 to 8 lines")
    told("teams for a need, candidates and ranking included", wholes, "the same needs; rows of the five best")
    if city:
        everyone = some_listings(partition, Side.NEED, CITY)
        calls = [partial(match_one, need, today=today, top=TOP) for need in everyone]
        among = matchable(partition, Side.OFFER, today=today).count()
        note = f"proposals of {len(calls):,} needs among {among:,} offers"
        rows.append(
            _once("all needs of one city", engine, number, partial(_one_after_the_other, calls), note)
        )
    grown = resident_megabytes() - before
    rows.append(Row("memory by which the process grew, MB", engine, number, grown, grown, 1))
    return [asdict(row) for row in rows]


def terms_of(store: SqlStore, partition: int, listing: Listing) -> tuple[int, ...]:
    """The 25 most telling terms of a listing's words: what the peers are asked for too."""
    counts = term_counts(f"{listing.title}\n{listing.body}")[0]
    times = {term_hash(term): count for term, count in counts.items()}
    return telling_terms(times, store.frequencies([partition], [*times, EVERY]))[:TERMS]


def some_listings(partition: int, side: str, number: int) -> list[Listing]:
    """Listings of a side from all over the town."""
    rows = matchable(partition, side).select_related("actor", "menu_item").order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    chosen = ids[:: max(1, len(ids) // number)][:number]
    return list(rows.filter(pk__in=chosen[:500])) if number <= 500 else [Listing(pk=pk) for pk in chosen]


def _one_after_the_other(calls: Sequence[Callable[[], Any]]) -> None:
    """As a server answers them: what one has found is not held while the next is asked."""
    for call in calls:
        call()


def _once(what: str, engine: str, number: int, call: Callable[[], Any], note: str = "") -> Row:
    begun = time.perf_counter()
    call()
    spent = (time.perf_counter() - begun) * 1000
    return Row(what, engine, number, spent, spent, 1, note)
