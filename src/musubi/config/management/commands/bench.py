"""How fast pages, search and matching are, measured."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from musubi.base.index.services import settle
from musubi.base.places.queries import municipalities
from musubi.config.benchmarks import index, peers, plot, report
from musubi.config.benchmarks.light import measure_lightness
from musubi.config.benchmarks.page import Run, light_section_of, page_with, section_of
from musubi.config.benchmarks.pages import (
    coordinator_of,
    first_searches,
    measure_pages,
    move_to_today,
    plain_query,
)
from musubi.config.benchmarks.people import measure_people
from musubi.config.benchmarks.saving import proposals, save_to_found
from musubi.config.imports.errors import CannotImport
from musubi.demo.measuring_cases import build_cases
from musubi.flow.listings.models import Listing

from ._sentences import SentenceCommand

CASES = 1_000
VISITS = 5


class Command(SentenceCommand):
    """Always in a database of its own, so that the figures compare."""

    help = (
        "作りものの掲載で、ページ（pages）・遅い電話（light）・索引と候補（index）の速さを測り、"
        "大きさとの関係を図（plot）にします。"
    )
    example = (
        "  MUSUBI_DATA_DIR=var/bench musubi bench\n"
        "  MUSUBI_DATA_DIR=var/bench musubi bench --listings 100000 --write docs/performance.md\n"
        "  MUSUBI_DATA_DIR=var/bench musubi bench light --write docs/performance.md\n"
        "  MUSUBI_DATA_DIR=var/bench-index musubi bench index --documents 100000 --peers --keep docs/benchmarks/speed.json\n"
        "  musubi bench plot --keep docs/benchmarks/speed.json --engine engine-100000.json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            choices=["pages", "light", "index", "plot"],
            default="pages",
            help="pages: 画面（ふつう）／light: 遅い電話での開き方／index: 索引・検索・候補／plot: 図を描く",
        )
        parser.add_argument(
            "--documents",
            type=int,
            default=100_000,
            metavar="件数",
            help="index: 掲載の数（ふつうは %(default)s）",
        )
        parser.add_argument(
            "--peers", action="store_true", help="index: ほかのやり方と、同じデータで比べます。"
        )
        parser.add_argument(
            "--city", action="store_true", help="index: 町の全ニーズ（最大5,000件）の候補も測ります。"
        )
        parser.add_argument(
            "--rebuild", action="store_true", help="index: 索引があっても作り直して測ります。"
        )
        parser.add_argument("--json", action="store_true", help="index: 結果をJSONで書きます。")
        parser.add_argument(
            "--keep",
            type=Path,
            metavar="ファイル",
            help="index: 結果を書き足すJSON／plot: 描くJSON（図は同じ名前の .svg）",
        )
        parser.add_argument(
            "--engine",
            type=Path,
            nargs="*",
            default=[],
            metavar="ファイル",
            help="plot: musubi-engine bench speed --json の結果",
        )
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
        if options["what"] == "plot":
            self._plot(options["keep"], options["engine"])
            return
        if not settings.DEMONSTRATION:
            raise CannotImport("測定はデモの町で行います。MUSUBI_MODE を確かめてください。")
        if options["what"] == "index":
            self._index(options)
            return
        if options["what"] == "light":
            self._light(options["write"])
            return
        self._pages(options)

    def _plot(self, path: Path | None, engine: list[Path]) -> None:
        if path is None:
            raise CannotImport("--keep で、結果のファイルを指定してください。")
        rows = plot.keep(path, [row for file in engine for row in plot.rows_of_engine(file)])
        plot.draw(rows, path.with_suffix(".svg"))
        self.stdout.write(f"{path.with_suffix('.svg')} を描きました（{len(rows):,}行）。")

    def _index(self, options: dict[str, Any]) -> None:
        number, rounds = options["documents"], options["rounds"]
        if number < 100:
            raise CannotImport("--documents は100以上にしてください。")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        index.refuse_other_towns()
        municipality, rows = index.prepare(number, anew=options["rebuild"], say=self.stderr.write)
        self.stderr.write("  測っています（数分かかります）")
        rows += index.measure(municipality, number, rounds=rounds, city=options["city"])
        notes = []
        if options["peers"]:
            rows += peers.measure_peers(municipality, number, rounds=rounds, say=self.stderr.write)
            notes = peers.ratios(rows)
        if path := options["keep"]:
            plot.keep(path, rows)
        table = report.table_of(rows, notes)
        self.stdout.write(
            json.dumps(table.as_dict(), ensure_ascii=False) if options["json"] else table.as_markdown()
        )

    def _pages(self, options: dict[str, Any]) -> None:
        load = os.getloadavg()[0]
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if municipalities().filter(is_demonstration=False).exists():
            raise CannotImport(
                "本物の町のデータベースでは測りません。MUSUBI_DATA_DIR か DATABASE_URL で空の場所を指定してください。"
            )
        call_command("demo", listings=options["listings"], stdout=self.stderr, stderr=self.stderr)
        municipality = municipalities().get()
        move_to_today(municipality, timezone.now())
        if coordinator := coordinator_of(municipality):
            build_cases(municipality=municipality, number=CASES, coordinator=coordinator, now=timezone.now())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # as its autovacuum does within minutes of so many rows
        rounds = options["rounds"]
        self.stderr.write("  測っています（数分かかります）")
        settle()  # as the server does
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
        run = Run(
            vendor=connection.vendor,
            on=f"{timezone.localdate():%Y-%m-%d}",
            listings=Listing.objects.filter(municipality=municipality).count(),
            load=load,
            baseline=baseline,
            results=results,
        )
        self._tell(section_of(run), options["write"])

    def _light(self, write: Path | None) -> None:
        load = os.getloadavg()[0]
        municipality = municipalities().filter(is_demonstration=True).first()
        if municipality is None:
            raise CannotImport("測る町がありません。先に musubi bench を実行してください。")
        number = Listing.objects.filter(municipality=municipality).count()
        self.stderr.write("  測っています（1分ほどかかります）")
        pages = measure_lightness(municipality, rounds=VISITS)
        self._tell(
            light_section_of(pages, on=f"{timezone.localdate():%Y-%m-%d}", listings=number, load=load), write
        )

    def _tell(self, section: str, write: Path | None) -> None:
        self.stdout.write(section)
        if write:
            write.write_text(page_with(section, write.read_text("utf-8") if write.exists() else ""), "utf-8")
