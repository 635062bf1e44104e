"""What other processes do in the tests: `python -m tests.base.index.processes VERB`, answer on stdout as JSON."""

import json
import os
import re
import signal
import sys
import time
import zlib
from collections.abc import Callable
from itertools import count
from typing import Any

import django


def save(title: str) -> None:
    from musubi.base.index import services

    services.index_object(
        kind="listing", row=services.IndexRow(object_id=1, partition=1, fields={"title": title})
    )


def find_when_asked() -> None:
    """One search per line of stdin, in one process that lives on and so keeps what it has read."""
    for line in sys.stdin:
        print(json.dumps(_answer(line.strip())), flush=True)


def merge_when_asked() -> None:
    from musubi.base.index import services

    for _ in sys.stdin:
        services.merge_partition(1)
        print("merged", flush=True)


def save_and_merge() -> None:
    """Ten objects with one word, saved again and merged, again and again, until stdin ends."""
    from select import select

    from musubi.base.index import services

    for turn in count():
        for number in range(10):
            services.index_object(
                kind="listing",
                row=services.IndexRow(object_id=number, partition=1, fields={"title": f"企業{turn}"}),
            )
        if turn == 0:
            print("ready", flush=True)
        services.merge_partition(1, everything=turn % 3 == 0)
        if select([sys.stdin], [], [], 0)[0]:
            break
    print(turn, flush=True)


def churn() -> None:
    """Ten objects saved anew, merged, and all of it rebuilt in turns, until somebody kills the process."""
    from musubi.base.index import services

    for turn in count():
        for number in range(turn % 3, 10, 3) if turn else range(10):
            services.index_object(kind="listing", row=_churned(number, turn))
        if turn == 0:
            print("ready", flush=True)
        if turn % 4 == 3:
            services.rebuild([("listing", [_row_of(title) for title in _titles()])])
        else:
            services.merge_partition(1, everything=turn % 2 == 0)


def check_churned() -> None:
    """What is answered now, what after a merge of everything, and what after deleting the index and a rebuild."""
    from musubi.base.index import models, services

    told: dict[str, Any] = {"texts": models.DocumentText.objects.count(), "now": _churned_answers()}
    services.merge_partition(1, everything=True)
    told["merged"] = _churned_answers()
    rows = [_row_of(title) for title in reversed(_titles())]  # whatever the order
    for name in ("DocumentText", "DeltaPosting", "Tombstone", "Posting", "Segment", "Document"):
        getattr(models, name).objects.all().delete()
    assert _answer("企業")[0] == 0
    services.rebuild([("listing", rows)])
    told["rebuilt"] = _churned_answers()
    print(json.dumps(told))


def _churned(number: int, turn: int) -> Any:
    from musubi.base.index.services import IndexRow

    title = f"企業{turn} 畑{number}番地"
    return IndexRow(object_id=number, partition=1, fields={"title": title}, facets=[f"odd:{number % 2}"])


def _titles() -> list[str]:
    """The titles that the living documents were saved with, in the order of their saving."""
    from musubi.base.index.models import DocumentText

    rows = DocumentText.objects.order_by("key").values_list("data", flat=True)
    return [zlib.decompress(bytes(data)).decode().split("\x1e")[0] for data in rows]


def _row_of(title: str) -> Any:
    turn, number = (int(digits) for digits in re.findall("[0-9]+", title))
    return _churned(number, turn)


def _churned_answers() -> list[object]:
    from musubi.base.index.queries import FacetGroup, search_with_counts

    groups = {"odd": FacetGroup(values={n: frozenset({f"odd:{n}"}) for n in "01"})}
    counts = search_with_counts(partitions=[1], text="企業", groups=groups)[1]
    texts = ["企業", *(f"畑{number}番地" for number in range(10)), "「番地 企業」", "「畑7番地」"]
    return [[_answer(text) for text in texts], counts.counts]


def survive_kills() -> None:
    """Merges killed at their first statement, second, … until one comes through; and what was answered after each."""
    from musubi.base.index import services

    rows = [
        services.IndexRow(object_id=number, partition=1, fields={"title": f"畑{number}番地の企業"})
        for number in range(40)
    ]
    services.bulk_index(kind="listing", rows=rows)
    for number in range(30, 50):
        services.index_object(
            kind="listing",
            row=services.IndexRow(object_id=number, partition=1, fields={"title": f"町{number}番地の企業"}),
        )
    for number in range(5):
        services.remove_object(kind="listing", object_id=number)
    answers = [_everything()]
    kills = 0
    for statement in count(1):
        if not _killed_at(statement, lambda: services.merge_partition(1, everything=True)):
            break
        kills += 1
        answers.append(_everything())
    answers.append(_everything())
    print(json.dumps({"kills": kills, "answers": answers, "rows": _rows()}))


def _killed_at(statement: int, act: Callable[[], None]) -> bool:
    """Whether a child that kills itself before its n-th statement died before the act was done."""
    from django.db import connection

    connection.close()
    child = os.fork()
    if child == 0:
        numbers = count(1)

        def kill(execute: Callable[..., Any], *args: object) -> Any:
            if next(numbers) == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*args)

        with connection.execute_wrapper(kill):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _answer(text: str) -> list[object]:
    from musubi.base.index import queries

    hits = queries.search(partitions=[1], text=text, limit=100)
    return [hits.total, [ref.object_id for ref in hits.refs], list(hits.scores)]


def _everything() -> list[object]:
    return [_answer(text) for text in ("企業", "畑", "町", "")]


def _rows() -> dict[str, int]:
    from musubi.base.index import models

    names = ("Document", "Segment", "DeltaPosting", "Tombstone")
    return {name: getattr(models, name).objects.count() for name in names}


def work_for_ever() -> None:
    """Tells the processes that work for this one, and gives them work until somebody kills it."""
    from musubi.base.common.processes import in_order

    told: set[int] = set()
    for worker in in_order(_own_pid, count(), jobs=2):
        if worker not in told:
            told.add(worker)
            print(worker, flush=True)


def _own_pid(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", "index", verbosity=0)


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
