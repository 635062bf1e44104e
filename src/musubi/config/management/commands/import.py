"""Takes in files: areas, towns, actors, listings, projects."""

# ruff: noqa: N999 -- the command is called `musubi import`; Django loads it by name

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.index.services import merge_partition, refresh_statistics
from musubi.base.places.models import Municipality
from musubi.base.places.queries import areas_with_codes
from musubi.config.imports import actors, areas, listings, listings_table, npo_portal, projects, towns
from musubi.config.imports.errors import CannotImport, NothingTaken
from musubi.config.imports.listings_jsonl import JsonListings
from musubi.config.imports.report import STEP, Report, reporting
from musubi.config.imports.source import Sheet, json_list_of, lines_of, sheet_of
from musubi.flow.actors.enums import ActorState
from musubi.flow.listings.enums import Side
from musubi.flow.listings.queries import matchable
from musubi.flow.matching.services import propose_for_town

from ._sentences import SentenceCommand, municipality_of

WHAT = ("areas", "towns", "actors", "listings", "projects")
MOST_NEEDS = 2000
STATES = (ActorState.PENDING, ActorState.VERIFIED, ActorState.DRAFT)


class Command(SentenceCommand):
    """Row by row: taken, repaired (how) or refused (why). The same file twice changes nothing."""

    help = (
        "ファイルを取り込みます。areas 市区町村の一覧、towns 町丁目の一覧、actors 団体、listings ニーズと提供、"
        "projects すでに行われている協働。"
        "\nCSV（UTF-8 か CP932）、xlsx、JSON を読みます。同じファイルを二度取り込んでも、何も変わりません。"
    )
    example = (
        "  musubi import areas localgovjp-utf8.csv\n"
        "  musubi import towns towns_kawasaki_中原区.json --area 141330\n"
        "  musubi import actors 団体名簿.xlsx --municipality 141305 --report report.csv\n"
        "  musubi import listings listings.jsonl --dry-run\n"
        "  musubi import projects 協働事業一覧.xlsx --report report.csv"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=WHAT, help=f"何を取り込むか: {', '.join(WHAT)}")
        parser.add_argument("file", type=Path, help="取り込むファイル")
        parser.add_argument("--dry-run", action="store_true", help="試しに読むだけで、何も残しません。")
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="行ごとの結果を書く表（UTF-8、BOM付き）"
        )
        parser.add_argument(
            "--municipality",
            default="",
            metavar="コード",
            help="自治体のコードか名前（一つだけなら要りません）",
        )
        parser.add_argument("--area", default="", metavar="コード", help="towns: どの市区町村の町か")
        parser.add_argument(
            "--all", action="store_true", dest="everywhere", help="actors: 市外の団体も取り込みます。"
        )
        parser.add_argument(
            "--state",
            choices=[str(state) for state in STATES],
            default=str(ActorState.PENDING),
            help="actors: 新しい団体の状態。pending 市の確認待ち（ふつう）、verified 市が確認済み、draft 下書き",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CannotImport(f"ファイル {path} が見つかりません。場所と名前を確かめてください。")
        dry_run = options["dry_run"]
        whole = transaction.atomic() if dry_run else nullcontext()
        with reporting(options["report"], progress=sys.stderr, dry_run=dry_run) as report, whole:
            closing = getattr(self, f"_{options['what']}")(path, report, options)
            if dry_run:
                transaction.set_rollback(True)
        for line in [*report.lines(), *([] if dry_run or not report.is_fruitful else closing)]:
            self.stdout.write(line)
        if report.counts["refused"] and not report.is_fruitful:
            raise NothingTaken(
                f"{path.name} からは、一件も取り込めませんでした。上の理由を見て直してから、もう一度取り込んでください。"
            )

    def _areas(self, path: Path, report: Report, options: dict[str, Any]) -> list[str]:
        sheet = _sheet(path, areas.COLUMNS)
        changed = areas.import_areas(headers=sheet.headers, rows=sheet.rows(), file=path.name, report=report)
        _note(sheet, report)
        for area in areas_with_codes(changed[:1]).values():
            audit.record(
                by=None, verb="areas.import", subject=area, at=timezone.now(), after=dict(report.counts)
            )
        return []

    def _towns(self, path: Path, report: Report, options: dict[str, Any]) -> list[str]:
        area = towns.area_of(options["area"], path)
        if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}:
            sheet = sheet_of(path, known=[name for names in towns.ALSO.values() for name in names])
            items = towns.items_of_table(sheet.headers, sheet.rows())
            _note(sheet, report)
        else:
            items = json_list_of(path)
        towns.import_towns(area=area, items=items, file=path.name, report=report)
        if report.counts["taken"] or report.counts["updated"]:
            audit.record(
                by=None, verb="towns.import", subject=area, at=timezone.now(), after=dict(report.counts)
            )
        return [f"{area.name}（{area.code}）の町として取り込みました。"]

    def _actors(self, path: Path, report: Report, options: dict[str, Any]) -> list[str]:
        municipality = municipality_of(options["municipality"])
        sheet = _sheet(path, (*actors.COLUMNS, *npo_portal.COLUMNS))
        reader = npo_portal.NpoPortal if npo_portal.is_portal(sheet.headers) else actors.ActorTable
        rows = reader(municipality, everywhere=options["everywhere"]).read(
            sheet.headers, sheet.rows(), file=path.name
        )
        actors.import_actors(
            municipality=municipality, rows=rows, report=report, now=timezone.now(), state=options["state"]
        )
        _note(sheet, report)
        _tidy_index(municipality, report)
        return [f"{municipality.name}の団体として取り込みました。"]

    def _listings(self, path: Path, report: Report, options: dict[str, Any]) -> list[str]:
        municipality = municipality_of(options["municipality"])
        if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
            sheet = None
            rows = JsonListings(municipality).read(lines_of(path), file=path.name)
        else:
            sheet = _sheet(path, listings_table.COLUMNS)
            rows = listings_table.ListingTable(municipality).read(sheet.headers, sheet.rows(), file=path.name)
        made = listings.import_listings(
            municipality=municipality, rows=rows, report=report, now=timezone.now()
        )
        if sheet is not None:
            _note(sheet, report)
        _tidy_index(municipality, report)
        closing = [f"{municipality.name}のニーズ・提供として取り込みました。"]
        if report.counts["taken"] + report.counts["updated"] and not options["dry_run"]:
            closing.append(self._proposals(municipality))
        if made:
            closing.append(f"登録のなかった団体を{made:,}件、下書きとして作りました。")
        return closing

    def _projects(self, path: Path, report: Report, options: dict[str, Any]) -> list[str]:
        municipality = municipality_of(options["municipality"])
        sheet, now = _sheet(path, projects.COLUMNS), timezone.now()
        rows = projects.ProjectTable(municipality, timezone.localdate(now)).read(
            sheet.headers, sheet.rows(), file=path.name
        )
        projects.import_projects(municipality=municipality, rows=rows, report=report, now=now)
        _note(sheet, report)
        return [f"{municipality.name}の協働プロジェクトとして取り込みました。"]

    def _proposals(self, municipality: Municipality) -> str:
        """What came in is proposed like anything published on screen, unless the town is too big to do it here."""
        number = matchable(municipality.pk, Side.NEED).count()
        if number > MOST_NEEDS:
            return "ニーズが多いので、候補はそれぞれのページで「候補を探し直す」を押したときに探します。"
        self.say(f"公開中のニーズ{number:,}件の候補を探しています…")
        answered = propose_for_town(municipality=municipality, now=timezone.now())
        return f"公開中のニーズ{number:,}件のうち、{answered:,}件に候補があります。"


def _tidy_index(municipality: Municipality, report: Report) -> None:
    """Many batches leave many small segments behind, and each costs every later search a little."""
    if report.counts["taken"] + report.counts["updated"] > STEP:
        merge_partition(municipality.pk)
        refresh_statistics()


def _sheet(path: Path, columns: Any) -> Sheet:
    return sheet_of(path, known=[name for column in columns for name in (column.name, *column.also)])


def _note(sheet: Sheet, report: Report) -> None:
    for note in sheet.notes:
        report.note(note)
