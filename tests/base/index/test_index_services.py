"""What is saved is found, what is removed is not, and a merge changes no answer."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

import numpy as np
import pytest
from django.apps import apps
from django.db import connection, transaction

from musubi.base.common.processes import AHEAD, in_order
from musubi.base.index import enums, queries, services
from musubi.base.index.adapter import document_facets, sql
from musubi.base.index.models import DeltaPosting, Document, Posting, Segment, Tombstone
from musubi.base.index.queries import Ref
from musubi.base.index.services import IndexRow, merging
from musubi.base.index.services.locks import share_index
from musubi.base.index.services.merging import SMALL, Held, worth_merging
from musubi_engine.index import EVERY, IndexDocument, MemoryStore, Part, Query, analyse
from musubi_engine.index import search as search_store

pytestmark = pytest.mark.django_db

Contents = dict[int, tuple[int, dict[str, str], frozenset[str]]]


EPOCH = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def save(
    object_id: int,
    title: str,
    *,
    partition: int = 1,
    facets: Iterable[str] = (),
    since: dt.datetime | None = None,
) -> None:
    services.index_object(
        kind="listing",
        row=IndexRow(
            object_id=object_id, partition=partition, fields={"title": title}, facets=facets, since=since
        ),
    )


def found(text: str = "", *, partitions: tuple[int, ...] = (1,), **asked: object) -> list[int]:
    hits = queries.search(partitions=partitions, text=text, **asked)
    assert hits.total == len(hits.refs)
    return [ref.object_id for ref in hits.refs]


def test_the_number_in_the_partial_index_is_the_engines() -> None:
    assert enums.EVERY == EVERY


def test_a_saved_object_is_found_in_every_spelling() -> None:
    save(1, "子ども食堂の手伝い")
    for word in ("こども食堂", "子供食堂", "コドモ食堂", "食堂", "子ども 手伝い"):
        assert found(word) == [1]
    assert found("企業") == []


def test_saving_again_replaces_what_it_is_found_by() -> None:
    save(1, "企業の畑")
    save(1, "町会の畑")
    assert found("企業") == []
    assert found("自治会") == [1]
    services.merge_partition(1)
    save(1, "学校の畑")
    assert found("町会") == []
    assert found("学校") == [1]


def test_saving_the_same_again_writes_nothing() -> None:
    save(1, "企業の畑", facets=["side:need"])
    before = list(Document.objects.values_list("key", flat=True))
    save(1, "企業の畑", facets=["side:need"])
    assert list(Document.objects.values_list("key", flat=True)) == before
    save(1, "企業の畑", facets=["side:offer"])
    assert list(Document.objects.values_list("key", flat=True)) != before


def test_a_removed_object_is_not_found_before_or_after_a_merge() -> None:
    save(1, "企業の畑")
    save(2, "企業の町")
    services.remove_object(kind="listing", object_id=1)
    services.remove_object(kind="listing", object_id=99)
    assert found("企業") == [2]
    services.merge_partition(1)
    services.remove_object(kind="listing", object_id=2)
    assert found("企業") == []
    services.merge_partition(1)
    assert found("企業") == []
    assert Segment.objects.count() == Tombstone.objects.count() == DeltaPosting.objects.count() == 0


def test_an_object_moves_with_its_municipality() -> None:
    save(1, "企業の畑", partition=1)
    save(1, "企業の畑", partition=2)
    assert found("企業", partitions=(1,)) == []
    assert found("企業", partitions=(2,)) == [1]
    assert found("企業", partitions=(1, 2)) == [1]


def test_objects_of_several_kinds_share_numbers_and_are_told_apart() -> None:
    save(1, "企業の畑")
    services.index_object(kind="actor", row=IndexRow(object_id=1, partition=1, fields={"actor": "企業の会"}))
    hits = queries.search(partitions=[1], text="企業")
    assert set(hits.refs) == {Ref("listing", 1), Ref("actor", 1)}
    assert queries.search(partitions=[1], text="企業", kinds=["actor"]).refs == (Ref("actor", 1),)
    services.remove_object(kind="actor", object_id=1)
    assert queries.search(partitions=[1], text="企業").refs == (Ref("listing", 1),)


def test_facets_narrow_with_exact_totals_and_the_last_saved_comes_first() -> None:
    for number in range(7):
        side = "offer" if number % 2 else "need"
        save(number, "畑", facets=[f"side:{side}", f"area:{number % 3}"])
    assert found() == [6, 5, 4, 3, 2, 1, 0]
    assert found(facets=[["side:need"]]) == [6, 4, 2, 0]
    assert found(facets=[["side:need"], ["area:0", "area:1"]]) == [6, 4, 0]
    assert found("畑", facets=[["side:offer"]], newest_first=True) == [5, 3, 1]
    page = queries.search(partitions=[1], facets=[["side:need"]], limit=2, offset=1)
    assert page.total == 4
    assert [ref.object_id for ref in page.refs] == [4, 2]
    assert found(facets=[[]]) == []


def test_a_facet_is_no_word_and_a_word_no_facet() -> None:
    save(1, "need", facets=["offer"])
    assert found("offer") == []
    assert found(facets=[["need"]]) == []


def test_more_like_finds_what_shares_words_and_says_how_much() -> None:
    save(1, "車椅子を三台貸します")
    save(2, "畑を貸します")
    save(3, "楽器の先生")
    hits = queries.more_like("車椅子を貸してください", [1], limit=2)
    assert [ref.object_id for ref in hits.refs] == [1, 2]
    assert hits.total == 2
    shares = queries.wording_scores("車椅子", 1, [Ref("listing", n) for n in (3, 1, 9)])
    assert shares[Ref("listing", 3)] == shares[Ref("listing", 9)] == 0
    assert 0 < shares[Ref("listing", 1)] <= 1


def test_what_is_rolled_back_is_not_found_even_if_it_was_read() -> None:
    save(1, "企業の畑")
    with transaction.atomic():
        save(2, "企業の町")
        services.merge_partition(1)
        assert sorted(found("企業")) == [1, 2]
        assert found("町") == [2]
        transaction.set_rollback(True)
    assert found("企業") == [1]
    save(3, "企業の家")
    services.merge_partition(1)
    assert sorted(found("企業")) == [1, 3]
    assert found("町") == []
    assert found("家") == [3]


@pytest.mark.parametrize("name", ["segments", "postings", "dead"])
def test_a_merge_between_two_statements_of_a_search_is_noticed(name: str) -> None:
    for number in range(3):
        save(number, "企業の畑")
        services.merge_partition(1, everything=True)
    if name == "postings":
        assert len(found("畑")) == 3  # the segment is known, its postings for the next word are not
    if name == "dead":
        leave_out(9, of=10)
    save(3, "企業の畑")
    merges = iter([1])
    statement = getattr(sql.statements(), name)

    def merge_first(execute: Callable[..., object], text: str, *rest: object) -> object:
        if text == statement and next(merges, 0):
            services.merge_partition(1, everything=True)
        return execute(text, *rest)

    with connection.execute_wrapper(merge_first):
        assert found("企業") == [3, 2, 1, 0]
    assert next(merges, 0) == 0


def test_an_object_saved_again_while_it_is_being_found_is_not_lost() -> None:
    save(1, "企業の畑")
    save(2, "企業の町")
    saves = iter([1])

    def save_first(execute: Callable[..., object], text: str, *rest: object) -> object:
        if text.startswith('SELECT "index_document"."key"') and next(saves, 0):
            save(1, "学校の畑")
        return execute(text, *rest)

    with connection.execute_wrapper(save_first):
        assert found("企業") == [2, 1]
    assert next(saves, 0) == 0
    assert found("企業") == [2]


def test_many_at_once_are_found_like_one_by_one() -> None:
    rows = [
        IndexRow(object_id=n, partition=n % 2, fields={"title": f"企業{n}"}, facets=["side:need"])
        for n in range(1200)
    ]
    assert services.bulk_index(kind="listing", rows=iter(rows)) == 1200
    assert queries.search(partitions=[0], text="企業").total == 600
    assert found("企業 777", partitions=(0, 1)) == [777]
    assert services.bulk_index(kind="listing", rows=rows) == 0
    changed = [
        IndexRow(object_id=777, partition=1, fields={"title": "先のもの"}),
        IndexRow(object_id=777, partition=1, fields={"title": "後のもの"}),
    ]
    assert services.bulk_index(kind="listing", rows=changed) == 1
    assert found("企業777", partitions=(0, 1)) == found("先") == []
    assert found("後") == [777]
    assert DeltaPosting.objects.count() == 0


def test_several_processes_find_what_one_does() -> None:
    rows = [
        IndexRow(object_id=n, partition=1, fields={"title": f"企業{n % 7}の畑{n}"}, facets=[f"f:{n % 3}"])
        for n in range(1300)
    ]
    asked = ["企業3", "畑 企業", "畑4", ""]

    def answers() -> list[queries.Hits]:
        return [queries.search(partitions=[1], limit=1300, text=text, facets=[["f:1"]]) for text in asked]

    assert services.rebuild([("listing", iter(rows))]) == 1300
    alone = answers()
    assert alone[1].total == 433
    assert services.rebuild([("listing", iter(rows))], jobs=2) == 1300
    assert answers() == alone


def test_a_row_that_cannot_be_read_by_another_process_leaves_the_index_as_it_was() -> None:
    save(1, "企業")
    wrong = [IndexRow(object_id=n, partition=1, fields={"title": "畑"}) for n in range(2, 1200)]
    wrong.append(IndexRow(object_id=1200, partition=1, fields={"subtitle": "町"}))
    with pytest.raises(ValueError, match="subtitle"):
        services.rebuild([("listing", wrong)], jobs=2)
    assert found("企業") == [1]
    assert found("畑") == []


def test_what_is_given_to_several_processes_is_read_as_it_is_asked_for() -> None:
    taken = 0

    def pieces() -> Iterator[int]:
        nonlocal taken
        for taken in range(1, 41):
            yield -taken

    results = in_order(abs, pieces(), jobs=2)
    assert [next(results) for _ in range(3)] == [1, 2, 3]
    assert taken <= 3 + AHEAD * 2 + 1
    assert list(results) == list(range(4, 41))


def test_an_error_half_way_leaves_the_index_as_it_was() -> None:
    save(1, "企業")
    rows = [
        IndexRow(object_id=1, partition=1, fields={"title": "畑"}),
        IndexRow(object_id=2, partition=1, fields={"subtitle": "町"}),
    ]
    with pytest.raises(ValueError, match="subtitle"):
        services.bulk_index(kind="listing", rows=rows)
    assert found("企業") == [1]
    assert found("畑") == []


def test_a_rebuilt_index_gives_the_same_answers_in_the_same_order() -> None:
    """Whatever was saved when, edited and taken from sight meanwhile, and in whatever order it is read."""
    chance = random.Random(7)
    rows = {
        (kind, n): IndexRow(
            object_id=n,
            partition=1,
            fields={"title": f"企業{n % 7}の畑{n % 5}"},
            since=EPOCH + dt.timedelta(seconds=chance.randrange(40)),
        )
        for kind in ("listing", "issue")
        for n in range(60)
    }

    def save_some(some: list[tuple[str, int]], title: str = "") -> None:
        for kind, n in some:
            row = rows[kind, n]
            fields = {"title": title or row.fields["title"]}
            services.index_object(
                kind=kind, row=IndexRow(object_id=n, partition=1, fields=fields, since=row.since)
            )

    names = list(rows)
    chance.shuffle(names)
    save_some(names)
    services.merge_partition(1)
    for kind, n in names[:10]:
        services.remove_object(kind=kind, object_id=n)
    save_some(names[:20], "町")
    save_some(names[:20])
    asked = ["企業3", "畑 企業", "畑4", ""]
    before = [queries.search(partitions=[1], limit=200, text=text) for text in asked]
    moments = [rows[ref.kind, ref.object_id].since or EPOCH for ref in before[-1].refs]
    assert len(moments) == 120
    assert moments == sorted(moments, reverse=True)
    read = [(kind, [row for (of, _), row in rows.items() if of == kind]) for kind in ("issue", "listing")]
    for _ in range(2):
        assert services.rebuild([(kind, chance.sample(some, 60)) for kind, some in read]) == 120
        assert [queries.search(partitions=[1], limit=200, text=text) for text in asked] == before
        services.clear()
    assert found() == []
    assert Document.objects.count() == Posting.objects.count() == 0


def test_merging_is_due_after_many_saves_and_keeps_segments_few() -> None:
    assert services.merge_due() == 0
    for batch in range(9):
        rows = [IndexRow(object_id=batch, partition=1, fields={"title": f"企業{batch}"})]
        services.bulk_index(kind="listing", rows=rows)
    assert services.merge_due() == 1
    assert Segment.objects.count() <= 6
    assert sorted(found("企業")) == list(range(9))
    assert found("企業3") == [3]
    assert services.merge_due() == 0


def leave_out(*gone: int, of: int) -> None:
    """Make one segment of so many listings, of which some are then taken back; a merge marks them in it."""
    for number in range(4, of):
        save(number, "学校の畑")
    services.merge_partition(1, everything=True)
    for number in gone:
        services.remove_object(kind="listing", object_id=number)
    services.merge_partition(1)


def test_who_is_dead_in_a_segment_that_stays_is_marked_there_and_asked_row_by_row_no_more() -> None:
    leave_out(5, 7, of=24)
    kept = Segment.objects.get()
    for number in (8, 9):
        assert Tombstone.objects.count() == 0
        wanted = sorted({*range(4, 24)} - {5, 7, *range(8, number)})
        assert sorted(found("学校")) == wanted
        assert queries.search(partitions=[1], text="学校").total == len(wanted)
        services.remove_object(kind="listing", object_id=number)
        assert sorted(found("学校")) == sorted({*wanted} - {number})
        services.merge_partition(1)
    assert Segment.objects.get().token == kept.token
    migration = import_module("musubi.base.index.migrations.0007_dead")
    migration.bury_again(apps, None)
    buried = Document.objects.filter(key__in=Tombstone.objects.values("key"))
    assert (Tombstone.objects.count(), buried.count()) == (4, 0)
    services.merge_partition(1, everything=True)
    merged = Segment.objects.get()
    assert (merged.size, merged.dead_token) == (16, 0)
    assert sorted(found("学校")) == sorted({*range(4, 24)} - {5, 7, 8, 9})


def test_what_a_merge_cannot_take_out_is_due_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST_UNMERGED", 1)
    leave_out(of=24)
    for number in (5, 7):
        services.remove_object(kind="listing", object_id=number)
    assert services.merge_due() == 1
    assert services.merge_due() == 0


def test_merging_is_due_when_many_are_dead() -> None:
    for word in ("企業", "畑"):
        rows = [IndexRow(object_id=n, partition=1, fields={"title": word}) for n in range(501)]
        services.bulk_index(kind="listing", rows=rows)
    assert Tombstone.objects.count() == 501
    assert services.merge_due() == 1
    assert Tombstone.objects.count() == 0
    assert queries.search(partitions=[1], text="企業").total == 0
    assert queries.search(partitions=[1], text="畑").total == 501


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reuses pages as they are freed.")
def test_after_merges_no_dead_rows_lie_in_the_way() -> None:
    for number in range(7):
        rows = [IndexRow(object_id=number, partition=1, fields={"title": "企業"})]
        services.bulk_index(kind="listing", rows=rows)
    save(7, "企業の畑")
    save(7, "企業と畑")
    assert Tombstone.objects.count() == 1
    assert services.merge_due() == 1
    for model in (DeltaPosting, Tombstone):
        with connection.cursor() as cursor:
            # Seen by all: a page that holds what somebody has deleted is not.
            cursor.execute(
                "SELECT relallvisible > 0 AND relallvisible = relpages FROM pg_class WHERE relname = %s",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (True,), model
    assert sorted(found("企業")) == list(range(8))


def test_a_town_that_grows_is_held_in_few_segments_and_a_merge_is_bounded() -> None:
    for limit, most in ((SMALL["sqlite"], 40), (SMALL["postgresql"], 7)):
        held: list[Held] = []
        written = 0
        for step in range(2000):  # a million saved, merged every 500
            chosen = worth_merging(held, 500, limit)
            size = 500 + sum(one.living for one in chosen)
            nothing_dead = Part(np.empty(0, np.int64), np.empty(0, np.int32), None)
            held = [one for one in held if one not in chosen]
            held.append(Held(Segment(pk=step + 1, size=size), nothing_dead))
            written += size
            assert size < 2 * limit
            assert len(held) <= most
        assert sum(one.living for one in held) == 1_000_000
        assert written < 8 * 1_000_000


@pytest.mark.django_db(transaction=True)
def test_a_lock_without_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="open one"):
        share_index()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_answers_are_those_of_the_engine_in_memory(seed: int) -> None:
    chance = random.Random(seed)
    words = ["こども", "子ども", "食堂", "企業", "企画", "営業", "町会", "自治会", "会場", "PC", "畑"]
    held: Contents = {}

    def make() -> tuple[int, dict[str, str], frozenset[str]]:
        fields = {
            "title": "".join(chance.choices(words, k=2)),
            "body": "、".join(chance.choices(words, k=3)),
        }
        facets = frozenset(chance.sample(["side:need", "side:offer", "state:published"], 2))
        return chance.choice([1, 2]), fields, facets

    def bulk() -> None:
        many = {chance.randrange(25): make() for _ in range(6)}
        rows = [
            IndexRow(object_id=n, partition=p, fields=f, facets=facets) for n, (p, f, facets) in many.items()
        ]
        services.bulk_index(kind="listing", rows=rows)
        held.update(many)

    for step in range(60):
        act = chance.choice(["save", "save", "save", "remove", "bulk", "merge", "merge all"])
        object_id = chance.randrange(25)
        if act == "save":
            held[object_id] = make()
            partition, fields, facets = held[object_id]
            services.index_object(
                kind="listing",
                row=IndexRow(object_id=object_id, partition=partition, fields=fields, facets=facets),
            )
        elif act == "remove":
            held.pop(object_id, None)
            services.remove_object(kind="listing", object_id=object_id)
        elif act == "bulk":
            bulk()
        else:
            services.merge_partition(chance.choice([1, 2]), everything=act == "merge all")
        if step % 5 == 0:
            compare(held, words, chance)


def compare(held: Contents, words: list[str], chance: random.Random) -> None:
    """The same question to the tables and to a store in memory that holds just what should live."""
    objects = dict(Document.objects.values_list("key", "object_id"))
    assert sorted(objects.values()) == sorted(held)
    store = MemoryStore()
    for key, object_id in objects.items():
        partition, fields, facets = held[object_id]
        facets = document_facets("listing", facets)
        store.add(partition, analyse(IndexDocument(key=key, fields=fields, facets=facets)))
    groups = ((), (frozenset({"side:need"}),), (frozenset({"side:need", "side:offer"}),))
    for partitions in ([1], [2], [1, 2]):
        for facets in groups:
            text = " ".join(chance.sample(words, 2))
            expected = search_store(store, partitions, Query(text=text, facets=facets), 100)
            hits = queries.search(partitions=partitions, text=text, facets=facets, limit=100)
            assert [r.object_id for r in hits.refs] == [objects[key] for key in expected.keys]
            assert hits.scores == expected.scores
            like = search_store(store, partitions, Query(any_text=text, facets=facets), 100)
            alike = queries.more_like(text, partitions, facets, limit=100)
            assert [r.object_id for r in alike.refs] == [objects[key] for key in like.keys]
            assert alike.scores == like.scores
