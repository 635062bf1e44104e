"""`musubi-engine bench KIND`: one measurement by one command, as a table or as JSON."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was measured: a sentence on how, columns by name, rows of words and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The table for machines."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": list(self.notes)}

    def as_markdown(self) -> str:
        """The table as it is committed in docs/matching.md."""
        lines = [self.title, "", _row(self.columns), _row(["---"] * len(self.columns)), *map(_row, self.rows)]
        return "\n".join([*lines, *(("", *self.notes) if self.notes else ())])


class Bench(Protocol):
    """A module that measures one thing."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Its own options; `--json` is there already."""

    def measure(self, options: argparse.Namespace, /) -> Sequence[Table]:
        """Run it. Raises InputError when the input is at fault."""


KINDS: Final[Mapping[str, Bench]] = {}


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


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: object) -> str:
    return f"{cell:.4g}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
