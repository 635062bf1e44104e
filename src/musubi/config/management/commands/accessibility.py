"""The table of accessibility as a document."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from musubi.config.accessibility_document import accessibility_document

from ._sentences import SentenceCommand


class Command(SentenceCommand):
    """Written from the rows that the page 「ウェブアクセシビリティ」 shows, so it cannot differ from them."""

    help = "ウェブアクセシビリティの方針と試験結果を、Markdown で書き出します。"
    example = "  musubi accessibility\n  musubi accessibility --write docs/accessibility.md"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", type=Path, metavar="ファイル", help="書き込むファイル。なければ画面に出します。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            options["write"].write_text(accessibility_document())
        else:
            self.stdout.write(accessibility_document(), ending="")
