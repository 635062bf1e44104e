"""Commands that end with exit code 0, or with one sentence on stderr and exit code 2 (1: nothing came of it)."""

import sys
from argparse import RawDescriptionHelpFormatter
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import OperationalError, ProgrammingError

from musubi.base.places.models import Municipality
from musubi.base.places.queries import municipalities
from musubi.config.imports.errors import CannotImport, NothingTaken

NOTHING_DONE, BAD_USE = 1, 2


class Formatter(RawDescriptionHelpFormatter):
    """Keeps the lines of an example as they are."""


class SentenceParser(CommandParser):
    """Says in Japanese what is wrong with the words typed."""

    def error(self, message: str) -> NoReturn:
        if self.called_from_command_line:
            say(f"書き方が正しくありません（{message}）。{self.prog} --help の例を見てください。")
        raise CommandError(message, returncode=BAD_USE)


class SentenceCommand(BaseCommand):
    """A command whose mistakes of use are one sentence; `example` stands at the end of its help."""

    requires_system_checks: list[str] = []
    example = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = SentenceParser(
            prog=f"musubi {subcommand}",
            description=self.help or None,
            epilog=f"例:\n{self.example}",
            formatter_class=Formatter,
            missing_args_message=getattr(self, "missing_args_message", None),
            called_from_command_line=getattr(self, "_called_from_command_line", None),
            **kwargs,
        )
        self.add_base_argument(parser, "--settings", help="Django の設定")
        self.add_base_argument(parser, "--pythonpath", help="Python の場所")
        self.add_base_argument(
            parser, "--traceback", action="store_true", help="間違いの詳しい記録を出します。"
        )
        self.add_base_argument(parser, "--no-color", action="store_true", help="色を付けません。")
        self.add_base_argument(parser, "--force-color", action="store_true", help="色を付けます。")
        self.add_base_argument(parser, "--verbosity", type=int, default=1, help="くわしさ")
        self.add_arguments(parser)
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except CannotImport as error:
            self._end(str(error), options, error)
        except NothingTaken as error:
            self._end(str(error), options, error, code=NOTHING_DONE)
        except ValidationError as error:
            self._end(" ".join(error.messages), options, error)
        except (OperationalError, ProgrammingError) as error:
            self._end(sentence_of_database(error), options, error)
        except CommandError as error:
            self._end(str(error), options, error)

    def _end(
        self, sentence: str, options: dict[str, Any], error: Exception, *, code: int = BAD_USE
    ) -> NoReturn:
        if getattr(self, "_called_from_command_line", False) and not options.get("traceback"):
            say(sentence, code)
        raise CommandError(sentence, returncode=code) from error

    def say(self, sentence: str) -> None:
        """A line of progress on stderr."""
        self.stderr.write(sentence, style_func=str)


def say(sentence: str, code: int = BAD_USE) -> NoReturn:
    """The sentence on stderr, and the end."""
    print(sentence, file=sys.stderr)
    sys.exit(code)


def sentence_of_database(error: Exception) -> str:
    """What to do when the database does not answer as hoped."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else ""
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return "データベースの用意がまだです。musubi migrate と musubi createcachetable を実行してください。"
    if "locked" in text:
        return "ほかの処理がデータベースを使っています。少し待って、もう一度実行してください。"
    return f"データベースを使えません（{text}）。DATABASE_URL を確かめてください。"


def municipality_of(text: str) -> Municipality:
    """The town that a code or a name means, or the only one there is."""
    towns = list(municipalities()[:200])
    if not towns:
        raise CannotImport("自治体がまだ登録されていません。先に musubi init を実行してください。")
    if not text:
        if len(towns) > 1:
            names = "、".join(f"{town.area.code} {town.name}" for town in towns[:10])
            raise CannotImport(
                f"自治体が{len(towns)}つあります。--municipality でどれかを選んでください（{names}）。"
            )
        return towns[0]
    found = [town for town in towns if text in {town.area.code, town.name}]
    if len(found) != 1:
        names = "、".join(f"{town.area.code} {town.name}" for town in towns[:10])
        raise CannotImport(f"「{text}」という自治体はありません。コードか名前で選んでください（{names}）。")
    return found[0]
