"""`musubi-engine bench KIND`: one measurement by one command, as a table or as JSON."""

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from musubi_engine.bench import assign, quality, speed, teams
from musubi_engine.bench.table import Table

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Bench(Protocol):
    """A module that measures one thing."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Its own options; `--json` is there already."""

    def measure(self, options: argparse.Namespace, /) -> Sequence[Table]:
        """Run it. Raises InputError when the input is at fault."""


KINDS: Final[Mapping[str, Bench]] = {"quality": quality, "speed": speed, "teams": teams, "assign": assign}


def add(subparsers: Subparsers) -> None:
    """The command and its kinds."""
    parser = subparsers.add_parser("bench", help="エンジンの質や速さを測ります。")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="|".join(KINDS))
    for name, kind in KINDS.items():
        own = kinds.add_parser(name, help=kind.HELP, description=kind.HELP)
        own.add_argument("--json", action="store_true", help="結果をJSONで書きます。")
        kind.add_arguments(own)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    tables = KINDS[options.kind].measure(options)
    if options.json:
        print(json.dumps([table.as_dict() for table in tables], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(table.as_markdown() for table in tables))
    return 0
