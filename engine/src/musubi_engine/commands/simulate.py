"""`musubi-engine simulate`: what orders do to who is contacted, in a made-up town."""

import argparse
import json

from musubi_engine.commands.bench import Subparsers
from musubi_engine.jsonl import InputError

_EXPLANATION = """作った町の一週間を、並べ方を変えてくり返します。予測ではなく、並べ方どうしの比較です。
模型（見る順の偏り、人気の差、返事の起こりやすさ、定員）は musubi_engine/simulation/model.py と
docs/matching.md の5にあります。調整に使った種（--tune）は、報告に使う種とは別です。"""


def add(subparsers: Subparsers) -> None:
    """The command and its options."""
    command = subparsers.add_parser(
        "simulate",
        help="並べ方ごとに、だれに連絡が届くかを模擬で比べます。",
        description=_EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--seeds", type=int, default=20, metavar="数", help="乱数の種の数（ふつうは20）")
    command.add_argument("--tune", action="store_true", help="β を選んだ表を、調整用の種で作り直します。")
    command.add_argument("--json", action="store_true", help="結果をJSONで書きます。")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.seeds < 2:
        raise InputError("--seeds は2以上にしてください。幅を出すには二つ以上の種が要ります。")
    if options.tune:
        from musubi_engine.simulation.tuning import tune  # scipy and the towns are not every command's need

        tables = tune()
    else:
        from musubi_engine.simulation.report import report

        tables = report(options.seeds)
    if options.json:
        print(json.dumps([table.as_dict() for table in tables], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(table.as_markdown() for table in tables))
    return 0
