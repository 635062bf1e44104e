"""The state diagrams of all workflows."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from musubi.config.flow_document import flow_document

from ._sentences import SentenceCommand


class Command(SentenceCommand):
    """Generated from the tables the services obey, so it cannot differ from them."""

    help = "状態の移り変わりの図を、Markdown で書き出します。"
    example = "  musubi flow\n  musubi flow --write docs/flow.md"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", type=Path, metavar="ファイル", help="書き込むファイル。なければ画面に出します。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            options["write"].write_text(flow_document())
        else:
            self.stdout.write(flow_document(), ending="")
