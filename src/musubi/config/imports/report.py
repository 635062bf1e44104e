"""What became of every row, for the officer who has to look after the file."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Literal

from musubi.base.files.tables import guarded

from .cells import CAUTION
from .errors import CannotImport

Result = Literal["taken", "updated", "unchanged", "skipped", "refused"]
WORDS: dict[str, str] = {
    "taken": "取り込みました",
    "updated": "新しくしました",
    "unchanged": "前と同じです",
    "skipped": "飛ばしました",
    "refused": "取り込めません",
}
WOULD: dict[str, str] = {
    "taken": "取り込めます",
    "updated": "新しくなります",
    "unchanged": "前と同じです",
    "skipped": "飛ばします",
    "refused": "取り込めません",
}
MADE_UP = ("name:", "row:", "listing:")
"""How keys begin that we made because the file has none; they say nothing to its reader."""
HEADER = ("行", "番号", "名前", "結果", "直したこと", "取り込めない理由")
SHOWN = 10
STEP = 1000


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """One row of a file: where it stands, what was repaired, and why it was refused if it was."""

    line: int
    key: str = ""
    name: str = ""
    result: Result
    repairs: Sequence[str] = ()
    reason: str = ""

    @property
    def is_repaired(self) -> bool:
        return any(not said.startswith(CAUTION) for said in self.repairs)

    @property
    def is_cautioned(self) -> bool:
        return any(said.startswith(CAUTION) for said in self.repairs)


@dataclass
class Report:
    """Counts what happened, keeps the first sentences for the screen and writes all of them to a CSV."""

    progress: IO[str] | None = None
    sheet: Any = None
    dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    first: list[RowOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, outcome: RowOutcome) -> None:
        """One row is done. Of a row that was refused nothing was repaired."""
        if outcome.result in {"refused", "skipped"}:
            outcome = replace(outcome, repairs=())
        self.counts[outcome.result] += 1
        self.counts["rows"] += 1
        self.counts["repaired"] += outcome.is_repaired
        self.counts["cautioned"] += outcome.is_cautioned
        self.counts["told"] += bool(outcome.repairs or outcome.reason)
        if (outcome.repairs or outcome.reason) and len(self.first) < SHOWN:
            self.first.append(outcome)
        if self.sheet is not None:
            self.sheet.writerow(self._cells(outcome))
        if self.progress is not None and self.counts["rows"] % STEP == 0:
            print(f"… {self.counts['rows']:,}行", file=self.progress, flush=True)

    def note(self, sentence: str) -> None:
        """Something about the file as a whole, such as a remark under the table that was passed over."""
        self.notes.append(sentence)
        if self.sheet is not None:
            self.sheet.writerow(["", "", "", "読み飛ばしました", "", sentence])

    @property
    def is_fruitful(self) -> bool:
        """Whether any row of the file stands in the database now."""
        return any(self.counts[result] for result in ("taken", "updated", "unchanged"))

    @property
    def words(self) -> dict[str, str]:
        """What the results are called, for something that happened or that would."""
        return WOULD if self.dry_run else WORDS

    def lines(self) -> Iterator[str]:
        """The summary for the screen."""
        if self.dry_run:
            yield "試しに読みました。まだ何も取り込んでいません。"
        yield f"{self.counts['rows']:,}行を読みました。"
        for result, word in self.words.items():
            if self.counts[result]:
                yield f"  {word}: {self.counts[result]:,}件"
        if self.counts["repaired"]:
            yield f"  そのうち、値を直したもの: {self.counts['repaired']:,}件"
        if self.counts["cautioned"]:
            yield f"  そのうち、確かめてほしいもの: {self.counts['cautioned']:,}件"
        for note in self.notes:
            yield f"  {note}"
        for outcome in self.first:
            yield f"  {self._sentence(outcome)}"
        if self.counts["told"] > len(self.first):
            yield "  （ほかにもあります。--report report.csv を付けると、すべての行の結果を表に書きます）"

    def _sentence(self, outcome: RowOutcome) -> str:
        """「12行目 川崎市: 取り込めません。…」."""
        name = f" {outcome.name}" if outcome.name else ""
        said = " ".join([*outcome.repairs, outcome.reason]).strip()
        return f"{outcome.line}行目{name}: {self.words[outcome.result]}。{said}"

    def _cells(self, outcome: RowOutcome) -> list[Any]:
        word = self.words[outcome.result]
        if outcome.is_repaired:
            word = f"{word}（直して）"
        key = "" if outcome.key.startswith(MADE_UP) else outcome.key
        cells = [outcome.line, key, outcome.name, word, " ".join(outcome.repairs), outcome.reason]
        return [guarded(cell) for cell in cells]


@contextmanager
def reporting(
    path: Path | None, *, progress: IO[str] | None = None, dry_run: bool = False
) -> Iterator[Report]:
    """A report; with a path also a CSV that Excel opens as it is (UTF-8 with BOM)."""
    if path is None:
        yield Report(progress=progress, dry_run=dry_run)
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise CannotImport(
            f"報告の表 {path} を書けません（{error.strerror}）。書き込める場所を指定してください。"
        ) from error
    with file:
        sheet = csv.writer(file)
        sheet.writerow(HEADER)
        yield Report(progress=progress, sheet=sheet, dry_run=dry_run)
