"""What other processes do in the tests: `python -m tests.base.index.processes VERB`, answer on stdout as JSON."""

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django


def save(title: str) -> None:
    from musubi.base.index import services

    services.index_object(kind="listing", object_id=1, partition=1, fields={"title": title})


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
                kind="listing", object_id=number, partition=1, fields={"title": f"企業{turn}"}
            )
        if turn == 0:
            print("ready", flush=True)
        services.merge_partition(1, everything=turn % 3 == 0)
        if select([sys.stdin], [], [], 0)[0]:
            break
    print(turn, flush=True)


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
            kind="listing", object_id=number, partition=1, fields={"title": f"町{number}番地の企業"}
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


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", "index", verbosity=0)


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
