"""The search index, made anew from what is stored."""

import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from musubi.base.common.processes import usual_jobs
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import IndexRow, learn_vectors, rebuild, refresh_statistics, refresh_words
from musubi.config.imports.errors import CannotImport
from musubi.flow.actors.services import index_rows as actor_rows
from musubi.flow.issues.services import rows_to_index as issue_rows
from musubi.flow.listings.services import read_all_concepts
from musubi.flow.listings.services.indexing import rows_to_index as listing_rows
from musubi.flow.matching.services import follow_meaning
from musubi.flow.stories.services import rows_to_index as story_rows

from ._sentences import SentenceCommand

STEP = 10_000


class Command(SentenceCommand):
    """One transaction in bounded memory: searches answer from the old index until it is done."""

    help = (
        "検索の索引を、保存されている内容から作り直します。作り直している間も検索できます。"
        "その前に、ニーズ・提供のことがらを読み直します（人が直したところは残ります）。"
    )
    example = "  musubi index rebuild\n  musubi index rebuild --jobs 4"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild"], help="rebuild: 作り直す")
        parser.add_argument(
            "--jobs",
            type=int,
            default=usual_jobs(),
            metavar="個数",
            help="文章を読むプロセスの数（ふつうはプロセッサーの数、%(default)s）。結果は同じです。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, jobs = time.monotonic(), options["jobs"]
        if jobs < 1:
            raise CannotImport("--jobs は1以上にしてください。")
        read = read_all_concepts()
        kinds = [
            (DocumentKind.LISTING, listing_rows()),
            actor_rows(),
            (DocumentKind.ISSUE, issue_rows()),
            (DocumentKind.STORY, story_rows()),
        ]
        number = rebuild(((kind, self._counted(rows)) for kind, rows in kinds), jobs=jobs)
        refresh_statistics()  # words and vectors are asked for by the same tables …
        refresh_words()
        learn_vectors(now=timezone.now(), jobs=jobs, when_changed=follow_meaning)
        refresh_statistics()  # … and fill two more
        seconds = time.monotonic() - started
        self.stdout.write(
            f"索引を作り直しました（{number:,}件、ことがらが変わったもの{read:,}件、{seconds:.1f}秒）。"
        )

    def _counted(self, rows: Iterator[IndexRow]) -> Iterator[IndexRow]:
        for number, row in enumerate(rows, start=1):
            if number % STEP == 0:
                self.say(f"… {number:,}件")
            yield row
