"""The command `musubi-engine`: measures the engine without Django."""

import argparse
import sys
from collections.abc import Sequence

from musubi_engine.commands import COMMANDS
from musubi_engine.commands.evaluating import EXAMPLE
from musubi_engine.jsonl import InputError
from musubi_engine.version import ENGINE_VERSION

_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when it worked, 2 with one sentence on stderr when the input is at fault."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="musubi-engine",
        description="ニーズと提供の照合エンジンの品質と速さを測ります。",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"musubi-engine {ENGINE_VERSION}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="eval|bench|simulate")
    for add in COMMANDS:
        add(subparsers)
    return parser
