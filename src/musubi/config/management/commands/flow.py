from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from musubi.config.flow_document import flow_document


class Command(BaseCommand):
    help = "Writes the state diagrams of all workflows as Markdown. Example: musubi flow --write docs/flow.md"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", type=Path, help="the file to write; without it, to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            options["write"].write_text(flow_document())
        else:
            self.stdout.write(flow_document(), ending="")
