"""How fast the engine is without a database: one index in memory, and Tantivy beside it on the same documents."""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Final

from musubi_engine.bench.postings import NEEDS, postings
from musubi_engine.bench.speed_teams import teams_for
from musubi_engine.bench.table import Table
from musubi_engine.bench.tantivy_peer import TantivyPeer
from musubi_engine.bench.timing import Spent, Watch, resident_megabytes, spent_on, started
from musubi_engine.bench.town import PARTITION, as_saved, build, document_of, documents, outline_of
from musubi_engine.index import (
    EVERY,
    Candidates,
    MemoryStore,
    Query,
    best_for,
    candidates,
    search,
)
from musubi_engine.index.facets import candidate_query
from musubi_engine.index.search import telling_terms
from musubi_engine.jsonl import InputError
from musubi_engine.rank import rank
from musubi_engine.reading import words_of
from musubi_engine.text import term_counts, term_hash
from musubi_engine.types import Listing

HELP = "索引・候補・提案の速さを、作りものの掲載で測ります（データベースは使いません）。"
SEED: Final = 20261129
TERMS: Final = 25
DEPTH: Final = 50
TOP: Final = 30
CITY: Final = 5000  # needs of one city
BEST, ALIKE, NEWEST = 80, 10, 5  # as the application asks (flow.matching.queries.pool)
WORDS = (
    "子ども食堂",
    "防災訓練",
    "長机 テント",
    "看護師の相談",
    "会議室 夏祭り",
    "スマホ",
    "見守り 巡回",
    "発電機",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many documents and rounds."""
    parser.add_argument(
        "--documents", type=int, default=100_000, metavar="件数", help="掲載の数（ふつうは %(default)s）"
    )
    parser.add_argument(
        "--rounds", type=int, default=200, metavar="回数", help="それぞれの回数（ふつうは %(default)s）"
    )
    parser.add_argument(
        "--city", action="store_true", help="町の全ニーズ（最大5,000件）の候補も測ります（100万件で数分）。"
    )
    parser.add_argument("--no-peers", action="store_true", help="Tantivy とは比べません。")


def measure(options: argparse.Namespace) -> Sequence[Table]:
    """One table. Raises InputError for too few documents, or where Tantivy is not installed."""
    number, rounds = options.documents, options.rounds
    if number < 100 or rounds < 1:
        message = "--documents は100以上、--rounds は1以上にしてください。"
        raise InputError(message)
    before = resident_megabytes()
    begun = time.perf_counter()
    store = build(documents(number, SEED))
    built = time.perf_counter() - begun
    held = resident_megabytes() - before
    rows: list[tuple[object, ...]] = []

    def told(what: str, spent: Spent, note: str = "") -> Spent:
        rows.append((what, number, *spent, note))
        return spent

    texts = [words_of(listing) for listing in islice(_needs(number), rounds)]
    asked = [_terms_of(store, text) for text in texts]
    told("search: a page of 20 by typed words", _searches(store, rounds))
    ours = told(
        f"exact top {DEPTH} of {TERMS} terms",
        spent_on([partial(best_for, store, (PARTITION,), terms, DEPTH) for terms in asked], unmeasured=3),
    )
    if not options.no_peers:
        rows.append(_beside_tantivy(store, number, asked, ours))
    needs = list(islice(_needs(number), rounds))
    told(
        "candidates for a need", spent_on([partial(_candidates, store, need) for need in needs], unmeasured=3)
    )
    ranked, whole = _proposals(store, needs)
    told(
        "proposals for a need, with reasons",
        whole,
        f"the best {TOP} of at most {BEST + ALIKE + NEWEST} candidates",
    )
    told("of these, ranking with all signals", ranked, "offers that were not read before")
    step, whole, looked_at = teams_for(store, needs, made)
    told("teams for a need: the candidates of its lines", step)
    told("teams for a need, candidates and ranking included", whole, f"2 to 8 lines; {looked_at:.0f} offers")
    if options.city:
        rows.append(_whole_city(store, number))
    told("saved to visible", _saved(store, number, rounds), "analysed, added, found by a search")
    begun = time.perf_counter()
    store.merge(PARTITION)
    merged = time.perf_counter() - begun
    rows += [
        _once("build the index", number, built, f"{number / built:,.0f} a second"),
        _once("merge what was saved", number, merged, f"{rounds} into {number:,}"),
    ]
    return [
        Table(
            title=f"速さ（データベースなし、{number:,}件、種 {SEED}）",
            columns=(
                "what",
                "documents",
                "median ms",
                "p95 ms",
                "calls",
                "CPU median ms",
                "CPU p95 ms",
                "note",
            ),
            rows=tuple(rows),
            notes=(f"The index takes {held:.0f} MB in memory.",),
        )
    ]


def _once(what: str, number: int, seconds: float, note: str) -> tuple[object, ...]:
    """A row for what is done once, by the clock: other processes may have had a part in it."""
    return (what, number, seconds * 1000, seconds * 1000, 1, "", "", note)


def _proposals(store: MemoryStore, needs: Sequence[Listing]) -> tuple[Spent, Spent]:
    """Ranking with all signals and reasons, and the same with finding the candidates.

    To bring the offers is a database's part and not timed; they come with the concepts that were found
    in them when they were saved.
    """
    searching, ranking = Watch(), Watch()
    with started():
        for need in needs:
            with searching:
                found = _candidates(store, need)
            offers = [made(key) for key in found.keys]
            wording = {str(key): share for key, share in zip(found.keys, found.likeness, strict=True)}
            with ranking:
                rank(need, offers, wording=wording, top=TOP)
    return ranking.spent, ranking.with_also(searching).spent


def made(key: int) -> Listing:
    """The made-up listing of a key as an installation keeps it, made anew each time: nothing is held, as there."""
    return as_saved(next(postings(key, seed=SEED, start=key - 1)))


def _needs(number: int) -> Iterator[Listing]:
    """Needs from all over the town, no two the same."""
    step = max(1, number // (CITY * 5))
    for start in range(0, number, step):
        listing = made(start + 1)
        if listing.side == "need":
            yield listing


def _terms_of(store: MemoryStore, text: str) -> tuple[int, ...]:
    times = {term_hash(term): count for term, count in term_counts(text)[0].items()}
    frequency = store.frequencies((PARTITION,), [*times, EVERY])
    return telling_terms(times, frequency)[:TERMS]


def _searches(store: MemoryStore, rounds: int) -> Spent:
    calls: list[Callable[[], Any]] = [
        partial(search, store, (PARTITION,), Query(text=WORDS[i % len(WORDS)]), 20) for i in range(rounds)
    ]
    return spent_on(calls, unmeasured=min(3, rounds - 1))


def _candidates(store: MemoryStore, need: Listing) -> Candidates:
    query = candidate_query(outline_of(need), need, best=BEST, alike=ALIKE, newest=NEWEST)
    return candidates(store, (PARTITION,), query) if query else Candidates(0, (), (), ())


def _beside_tantivy(
    store: MemoryStore, number: int, asked: Sequence[tuple[int, ...]], ours: Spent
) -> tuple[object, ...]:
    try:
        peer = TantivyPeer(documents(number, SEED))
    except ImportError as error:
        message = "Tantivy がありません。入れるか、--no-peers を付けてください。"
        raise InputError(message) from error
    theirs = spent_on([partial(peer.best_for, terms, DEPTH) for terms in asked], unmeasured=3)
    shared = []
    for terms in asked[:50]:
        mine = set(best_for(store, (PARTITION,), terms, DEPTH).keys)
        other = set(peer.keys(peer.best_for(terms, DEPTH)))
        shared.append(len(mine & other) / max(1, len(mine)))
    ratio = ours.median / theirs.median if theirs.median else 0.0
    note = f"ours takes {ratio:.2f} × its time; {sum(shared) / len(shared):.0%} of the {DEPTH} in common"
    return (f"Tantivy: exact top {DEPTH} of {TERMS} terms", number, *theirs, note)


def _whole_city(store: MemoryStore, number: int) -> tuple[object, ...]:
    needs = list(islice(_needs(number), CITY))
    begun = time.perf_counter()
    for need in needs:
        _candidates(store, need)
    spent = time.perf_counter() - begun
    note = f"candidates of {len(needs):,} needs among {number - round(number * NEEDS):,} offers"
    return _once("all needs of one city", number, spent, note)


def _saved(store: MemoryStore, number: int, rounds: int) -> Spent:
    """From a text to being found by a word that no other has."""
    watch = Watch()
    for i, listing in enumerate(postings(number + rounds, seed=SEED, start=number)):
        word = f"測定{number + i}番"
        fresh = replace(listing, title=f"{word} {listing.title}")
        with watch:
            store.add(PARTITION, document_of(number + i + 1, fresh))
            found = search(store, (PARTITION,), Query(text=word), 1).total
        if not found:
            message = "保存した掲載が検索で見つかりません。"
            raise InputError(message)
    return watch.spent
