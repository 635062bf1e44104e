"""The verbs of `musubi-engine`, one file each; each names itself, its options and what it does."""

from collections.abc import Callable
from typing import Final

from musubi_engine.commands import bench, evaluating, simulate

# Each adds its parser to the subparsers and sets `run`, which takes the options and returns the exit code.
COMMANDS: Final[tuple[Callable[[bench.Subparsers], None], ...]] = (
    evaluating.add,
    bench.add,
    simulate.add,
)
