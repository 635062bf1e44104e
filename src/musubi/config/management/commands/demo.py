from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from musubi.base.places.models import Municipality
from musubi.base.places.queries import municipalities
from musubi.demo.building import build_demonstration
from musubi.demo.measuring import build_many


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 2_000_000:
        raise ArgumentTypeError("1 から 2,000,000 までの数を入れてください。")
    return number


class Command(BaseCommand):
    help = (
        "Builds the demonstration town 結浜市, the same each time. "
        "Example: musubi demo --fresh; for measuring: musubi demo --listings 100000"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="empty the demonstration database first")
        parser.add_argument("--listings", type=_number, help="add so many made-up listings, for measuring")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("本番ではデモの町を作れません。MUSUBI_MODE を確かめてください。", returncode=2)
        if options["fresh"]:
            self._empty()
        municipality = municipalities().filter(is_demonstration=True).first()
        if municipality is None:
            municipality = self._build()
        elif not options["listings"]:
            self.stdout.write(
                "デモの町はもうあります。作り直すときは musubi demo --fresh を実行してください。"
            )
        if options["listings"]:
            taken = build_many(
                municipality=municipality, number=options["listings"], now=timezone.now(), say=self._say
            )
            self.stdout.write(f"測定用の掲載を {taken:,} 件加えました。")

    def _build(self) -> Municipality:
        self._say("デモの町をつくっています（1分ほどかかります）")
        municipality = build_demonstration(now=timezone.now(), say=self._say)
        self.stdout.write(f"{municipality.name} をつくりました。")
        return municipality

    def _empty(self) -> None:
        if municipalities().filter(is_demonstration=False).exists():
            raise CommandError("本物の町が入っているデータベースは空にしません。", returncode=2)
        call_command("flush", interactive=False, verbosity=0)

    def _say(self, what: str) -> None:
        self.stderr.write(f"  {what}")
