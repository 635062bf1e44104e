"""`musubi-engine eval`: how good the order is, over a judged collection."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from musubi_engine.commands.bench import Subparsers
from musubi_engine.evaluate import Evaluation, evaluate, evaluate_steps
from musubi_engine.version import ENGINE_VERSION

EXAMPLE = """例:
  musubi-engine eval --listings listings.jsonl --qrels qrels.txt --json

listings.jsonl は一行に一件（ニーズも提供も同じファイル）:
  {"id": "n1", "side": "need", "title": "台所つきの会場", "body": "…", "actor": "みずいろ食堂の会",
   "actor_kind": "civic_group", "resources": ["place"], "areas": ["141330"],
   "available": [{"from": "2027-03-06", "to": "2028-03-31", "weekdays": [5], "start": "09:00", "end": "15:00"}],
   "quantity": {"capacity": 30}, "conditions": []}
qrels.txt は TREC の形「ニーズ 0 提供 等級」:
  n1 0 o7 3
"""
_COLUMNS = ("nDCG@10", "Recall@50", "MRR@10", "judged@10", "infeasible@50")


def add(subparsers: Subparsers) -> None:
    """The command and its options."""
    command = subparsers.add_parser(
        "eval",
        help="判定つきの集まりで、並べ方の良さを測ります。",
        description="すべてのニーズについて提供を並べ、人の判定と比べます。",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--listings", type=Path, required=True, help="ニーズと提供（JSON Lines）")
    command.add_argument("--qrels", type=Path, required=True, help="判定（TREC の形）")
    command.add_argument(
        "--flags", type=Path, help="判定者の知識: k 子どもが参加、f 飲食が不可欠、p 政治・宗教（JSON）"
    )
    command.add_argument("--steps", action="store_true", help="部品を一つずつ加えた値も示します。")
    command.add_argument("--json", action="store_true", help="結果をJSONで書きます。")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.steps:
        steps = evaluate_steps(options.listings, options.qrels, options.flags)
    else:
        steps = [("", evaluate(options.listings, options.qrels, options.flags))]
    print(_as_json(steps) if options.json else _as_table(steps))
    return 0


def _as_json(steps: list[tuple[str, Evaluation]]) -> str:
    if len(steps) == 1:
        return json.dumps(steps[0][1].as_dict(), ensure_ascii=False, indent=2)
    named = [{"step": name, **evaluation.as_dict()} for name, evaluation in steps]
    return json.dumps(named, ensure_ascii=False, indent=2)


def _as_table(steps: list[tuple[str, Evaluation]]) -> str:
    last = steps[-1][1]
    lines = [
        f"ニーズ {last.all_needs.needs}件、提供 {last.offers}件（musubi-engine {ENGINE_VERSION}）",
        "",
        _row("", _COLUMNS),
    ]
    for name, evaluation in steps:
        figures = evaluation.as_dict()
        lines.append(_row(name or "すべてのニーズ", [figures[column] for column in _COLUMNS]))
        figures |= evaluation.answerable.as_dict()
        label = f"うち合う提供のある{evaluation.answerable.needs}件"
        lines.append(_row(label, [figures[column] for column in _COLUMNS]))
    return "\n".join(lines)


def _row(name: str, cells: Sequence[object]) -> str:
    """A line of the table; Japanese letters take two places on a terminal."""
    width = 32 - sum(2 if ord(letter) > 0xFF else 1 for letter in name)
    texts = (f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in cells)
    return name + " " * max(1, width) + "".join(f"{text:>14}" for text in texts)
