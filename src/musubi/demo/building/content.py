"""What was written for the demonstration: JSON Lines beside this package."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, Any]


@cache
def rows_of(name: str) -> tuple[Row, ...]:
    """Every row of towns, actors, listings or issues, part after part, in the order written."""
    return tuple(
        json.loads(line)
        for path in sorted(DATA.glob(f"{name}-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )
