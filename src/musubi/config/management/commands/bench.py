"""How fast pages, search and matching are, measured."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from musubi.base.places.queries import municipalities
from musubi.config.benchmarks.page import Run, page_with, section_of
from musubi.config.benchmarks.pages import coordinator_of, first_searches, measure_pages, plain_query
from musubi.config.benchmarks.people import measure_people
from musubi.config.benchmarks.saving import proposals, save_to_found
from musubi.config.imports.errors import CannotImport
from musubi.demo.measuring_cases import build_cases
from musubi.flow.listings.models import Listing

from ._sentences import SentenceCommand

CASES = 1_000


class Command(SentenceCommand):
    """Always in a database of its own, so that the figures compare."""

    help = "デモの町に作りものの掲載を入れて、ページ・検索・候補の速さを測ります。"
    example = (
        "  MUSUBI_DATA_DIR=var/bench musubi bench\n"
        "  MUSUBI_DATA_DIR=var/bench musubi bench --listings 100000 --write docs/performance.md"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--listings",
            type=int,
            default=100_000,
            metavar="件数",
            help="作りものの掲載の数（ふつうは %(default)s）",
        )
        parser.add_argument(
            "--rounds",
            type=int,
            default=20,
            metavar="回数",
            help="それぞれのページを測る回数（ふつうは %(default)s）",
        )
        parser.add_argument(
            "--write", type=Path, metavar="ファイル", help="結果の表を書き入れる Markdown のページ"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CannotImport("測定はデモの町で行います。MUSUBI_MODE を確かめてください。")
        load = os.getloadavg()[0]
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if municipalities().filter(is_demonstration=False).exists():
            raise CannotImport(
                "本物の町のデータベースでは測りません。MUSUBI_DATA_DIR か DATABASE_URL で空の場所を指定してください。"
            )
        call_command("demo", listings=options["listings"], stdout=self.stderr, stderr=self.stderr)
        municipality = municipalities().get()
        if coordinator := coordinator_of(municipality):
            build_cases(municipality=municipality, number=CASES, coordinator=coordinator, now=timezone.now())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # as its autovacuum does within minutes of so many rows
        rounds = options["rounds"]
        self.stderr.write("  測っています（数分かかります）")
        first = first_searches(municipality)
        baseline = plain_query(municipality, rounds=max(1, rounds // 4))
        found = proposals(municipality, rounds=max(1, rounds // 4))  # first: the needs' pages show them
        results = [
            first,
            *measure_pages(municipality, rounds=rounds),
            *measure_people(municipality, rounds=rounds),
            found,
            save_to_found(municipality, rounds=rounds * 2),
        ]
        section = section_of(
            Run(
                vendor=connection.vendor,
                on=f"{timezone.localdate():%Y-%m-%d}",
                listings=Listing.objects.filter(municipality=municipality).count(),
                load=load,
                baseline=baseline,
                results=results,
            )
        )
        self.stdout.write(section)
        if path := options["write"]:
            path.write_text(page_with(section, path.read_text("utf-8") if path.exists() else ""), "utf-8")
