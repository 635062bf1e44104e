"""Starts everything a town needs: the web server and the worker, as children of one process."""

import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from musubi.base.index.queries import is_outdated
from musubi.base.places.queries import municipalities

from ._children import Children
from ._sentences import SentenceCommand

LONGEST_START = 60  # seconds until the server must have answered


class Command(SentenceCommand):
    """Ends on Ctrl+C or SIGTERM and takes its children along."""

    help = "サーバーと worker を始めます（止めるには Ctrl+C）。実演では、データベースも用意します。"
    example = "  musubi serve\n  musubi serve --port 8010 --workers 2"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="番号（ふつうは %(default)s）。")
        parser.add_argument(
            "--host", default="127.0.0.1", help="受け付けるアドレス（ふつうは %(default)s）。"
        )
        parser.add_argument("--workers", type=int, default=1, help="サーバーの数（ふつうは %(default)s）。")
        parser.add_argument("--no-worker", action="store_true", help="worker を別に動かすときに付けます。")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        seen_at = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
        refuse_taken_port(host, port)
        self._prepare()
        connections.close_all()
        if settings.DEMONSTRATION:
            os.environ.setdefault("MUSUBI_BASE_URL", seen_at)
        helpers = [] if options["no_worker"] else [[program("musubi"), "worker", "--with-parent"]]
        children = Children(server_command(host, port, options["workers"]), helpers)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: children.ask_to_stop())
        with children:
            if self._answers(children, host, port):
                self.stdout.write(f"{seen_at} で動いています（止めるには Ctrl+C）")
                self.stdout.flush()
            children.watch()
        if children.failed:
            raise CommandError("サーバーが思いがけず止まりました。上の記録を見て、もう一度始めてください。")
        self.stdout.write("止めました。")

    def _prepare(self) -> None:
        """In the demonstration everything is made ready; in production only said what is missing."""
        pending = unapplied_migrations()
        if settings.DEMONSTRATION:
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
            if pending:
                self.stdout.write("データベースを用意しています…")
                call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)  # also where somebody ran `musubi migrate` alone
            if not municipalities().exists():
                self.stdout.write("実演の町を作っています（初回だけ、少しかかります）…")
                self.stdout.flush()
                call_command("demo")
            if is_outdated():
                self.stdout.write(
                    "索引のきまり（ことばのそろえ方、並べ方、候補の見分け方）が新しくなったため、検索の索引を作り直しています…"
                )
                self.stdout.flush()
                call_command("index", "rebuild")
            return
        if pending:
            raise CommandError(
                f"データベースが最新ではありません（{pending} 件）。"
                "次を順に実行してください: musubi migrate、musubi createcachetable"
            )
        if not cache_has_its_table():
            raise CommandError("キャッシュの表がまだありません。musubi createcachetable を実行してください。")
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            raise CommandError(
                "画面の部品がまだ集められていません。musubi collectstatic --noinput を実行してください。"
            )
        if not municipalities().exists():
            raise CommandError("自治体がまだ登録されていません。musubi init を実行してください。")
        if is_outdated():
            self.stdout.write(
                "検索の索引が、前の版のきまり（ことばのそろえ方、並べ方、候補の見分け方）のままです。musubi index rebuild を実行してください"
                "（動かしたまま実行できます）。それまでは、見つからないものや、もれる候補があります。"
            )

    def _answers(self, children: Children, host: str, port: int) -> bool:
        """Wait until the server gives an answer; False when it ended or was asked to stop."""
        until = time.monotonic() + LONGEST_START
        while children.alive() and time.monotonic() < until:
            if answers(host, port):
                return True
            time.sleep(0.05)
        return False


def cache_has_its_table() -> bool:
    """Whether what the cache keeps can be kept; one that is not in the database needs no table."""
    cache = caches[DEFAULT_CACHE_ALIAS]
    if not isinstance(cache, BaseDatabaseCache):
        return True
    return cache.cache_model_class._meta.db_table in connection.introspection.table_names()


def unapplied_migrations() -> int:
    """How many migrations the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is started when another program holds the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host} の {port} 番は使えません（{error.strerror}）。ほかのプログラムが使っているときは、"
                f"別の番号で始めてください（例: make run PORT={port + 10}）。"
            ) from error
        except OverflowError as error:
            raise CommandError("番号は 1 から 65535 までで指定してください。") from error


def program(name: str) -> str:
    """A program of this environment, whatever the PATH says."""
    return str(Path(sys.executable).with_name(name))


def server_command(host: str, port: int, workers: int) -> list[str]:
    """Granian with WSGI; a request in hand gets three seconds when the server stops."""
    return [
        program("granian"),
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", "4",
        "--workers-kill-timeout", "3",
        "--respawn-failed-workers",
        "--http", "1",
        "--no-ws",
        "--log-level", "warning",
        "musubi.config.wsgi:application",
    ]  # fmt: skip


def answers(host: str, port: int) -> bool:
    """Whether an HTTP answer of any status comes back."""
    client = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=10)  # noqa: S104
    try:
        client.request("GET", "/", headers={"Host": "127.0.0.1"})
        client.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
    return True
