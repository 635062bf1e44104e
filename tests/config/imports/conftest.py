"""Files as an officer has them, and the commands as one types them."""

import csv
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories

ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("MUSUBI_REAL_DATA", ROOT.parent / "shared" / "data"))


@dataclass
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    error: str = ""


Run = Callable[..., Ran]
WriteCsv = Callable[..., Path]


@pytest.fixture
def run() -> Run:
    """`run("import", "areas", path)`: the command with what it wrote."""

    def _run(*words: object) -> Ran:
        out, error = io.StringIO(), io.StringIO()
        try:
            call_command(*[str(word) for word in words], stdout=out, stderr=error)
        except CommandError as stopped:
            return Ran(stopped.returncode, out.getvalue(), str(stopped))
        return Ran(0, out.getvalue(), error.getvalue())

    return _run


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """A CSV in the given encoding."""

    def _write(
        name: str, header: Sequence[str], rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig"
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return _write


@pytest.fixture
def real_data() -> Path:
    """The folder of real files, which are no part of the project."""
    if not (REAL / "areas").is_dir():
        pytest.skip(f"the real files are not there: set MUSUBI_REAL_DATA (looked at {REAL})")
    return REAL


@pytest.fixture
def kawasaki(db: None) -> factories.Municipality:
    """川崎市 with two wards and one town, and 茅ヶ崎市 beside it; nothing else."""
    prefecture = factories.make_area("prefecture", "神奈川県", "140007")
    city = factories.make_area("city", "川崎市", "141305", prefecture)
    nakahara = factories.make_area("ward", "中原区", "141330", city)
    factories.make_area("ward", "幸区", "141321", city)
    factories.make_area("town", "小杉町三丁目", "", nakahara)
    factories.make_area("city", "茅ヶ崎市", "142077", prefecture)
    return factories.Municipality.objects.create(area=city, name="川崎市")


def report_rows(path: Path) -> list[dict[str, str]]:
    """The report as a spreadsheet shows it."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
