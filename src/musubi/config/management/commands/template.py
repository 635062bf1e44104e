"""An empty form to fill in and import."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from musubi.config.imports.templates import TEMPLATES, write_template

from ._sentences import SentenceCommand


class Command(SentenceCommand):
    """The example row imports as it stands; it is there to be replaced."""

    help = (
        "取り込み用の空の表を書きます。listings ニーズと提供、actors 団体、projects すでに行われている協働。"
        "\n2行目は書き方の見本です。自分の行を書いたら、見本の行は消してください。"
    )
    example = (
        "  musubi template listings                 （listings.xlsx ができます）\n"
        "  musubi template actors 団体名簿.csv"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=list(TEMPLATES), help="listings、actors、projects のどれか")
        parser.add_argument(
            "file", type=Path, nargs="?", help="書くファイル（.xlsx か .csv）。ふつうは listings.xlsx など"
        )
        parser.add_argument("--force", action="store_true", help="同じ名前のファイルがあっても書きます。")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or Path(f"{options['what']}.xlsx")
        write_template(options["what"], path, overwrite=options["force"])
        self.stdout.write(
            f"{path} を書きました。2行目は書き方の見本で、取り込むときは飛ばします。その下に自分の行を書いて、musubi import {options['what']} {path} で取り込んでください。"
        )
