"""The demonstration town, in a database of its own."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from musubi.base.places.models import Municipality
from musubi.base.places.queries import municipalities
from musubi.config.imports.errors import CannotImport
from musubi.demo.building import STAGES, build_demonstration
from musubi.demo.measuring import build_many

from ._sentences import SentenceCommand


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 2_000_000:
        raise ArgumentTypeError("1 から 2,000,000 までの数を入れてください。")
    return number


class Command(SentenceCommand):
    """Never beside a real town: its people could not tell which of the two they look at."""

    help = (
        "デモの町「結浜市」を作ります。何度作っても同じ町です。"
        "\n本物の町が入っているデータベースには作りません。"
    )
    example = "  musubi demo\n  musubi demo --fresh --stage cases\n  MUSUBI_DATA_DIR=var/bench musubi demo --listings 100000"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="デモのデータベースを空にしてから、作り直します。"
        )
        parser.add_argument(
            "--stage",
            choices=STAGES,
            default=STAGES[-1],
            help="どこまで進んだ町を作るか: listings 掲載まで、cases 案件まで、projects プロジェクトまで、stories 事例まで（ふつう）",
        )
        parser.add_argument(
            "--listings", type=_number, metavar="件数", help="測定用に、作りものの掲載を加えます。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CannotImport("本番ではデモの町を作れません。MUSUBI_MODE を確かめてください。")
        if not connection.introspection.table_names():  # a new place
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        if real := municipalities().filter(is_demonstration=False).first():
            raise CannotImport(
                f"ここには本物の町「{real.name}」が入っているので、デモの町は作りません。何も変えていません。"
                "デモは別の場所に作ってください。例: MUSUBI_DATA_DIR=var/demo musubi demo"
            )
        if options["fresh"]:
            call_command("flush", interactive=False, verbosity=0)
        municipality = municipalities().filter(is_demonstration=True).first()
        if municipality is None:
            municipality = self._build(options["stage"])
        elif not options["listings"]:
            self.stdout.write(
                "デモの町はもうあります。作り直すときは musubi demo --fresh を実行してください。"
            )
        if options["listings"]:
            taken = build_many(
                municipality=municipality, number=options["listings"], now=timezone.now(), say=self._say
            )
            self.stdout.write(f"測定用の掲載を {taken:,} 件加えました。")

    def _build(self, stage: str) -> Municipality:
        self._say("デモの町をつくっています（1分ほどかかります）")
        municipality = build_demonstration(now=timezone.now(), say=self._say, stage=stage)
        self.stdout.write(f"{municipality.name} をつくりました。")
        return municipality

    def _say(self, what: str) -> None:
        self.stderr.write(f"  {what}")
