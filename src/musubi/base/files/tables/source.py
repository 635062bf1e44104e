"""What a file is, by its bytes: a workbook, or text in one of the encodings that offices use."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

CHUNK = 1 << 20
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
SAMPLE = 1 << 16


class TableError(Exception):
    """The file cannot be read as a table; the message says where and what to do."""


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """The bytes from their beginning; a path is closed again, a file of the caller's is not."""
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                yield file
        except FileNotFoundError as error:
            raise TableError(_("ファイル %(path)s が見つかりません。") % {"path": source}) from error
        except (IsADirectoryError, PermissionError) as error:
            raise TableError(_("ファイル %(path)s を開けません。") % {"path": source}) from error
    else:
        source.seek(0)
        yield source


def is_workbook(source: Path | IO[bytes]) -> bool:
    """True for a zip container (.xlsx); other things that are not text are refused with a sentence."""
    with opened(source) as file:
        start = file.read(8)
    if not start:
        raise TableError(_("ファイルが空です。"))
    if start.startswith(OLE):
        raise TableError(
            _(
                "古い形式（.xls）か、パスワードの付いたファイルです。パスワードを外し、.xlsx か CSV で保存し直してください。"
            )
        )
    if start.startswith(PDF):
        raise TableError(_("PDF は表として読めません。元の表を .xlsx か CSV で保存してください。"))
    return start.startswith(ZIP)


def encoding_of(source: Path | IO[bytes]) -> str:
    """`utf-8-sig`, `utf-8`, `cp932` or `utf-16`, decided by the whole content, never guessed in part."""
    with opened(source) as file:
        start = file.read(SAMPLE)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\x1b$" in start:
            raise TableError(_wrong_encoding("JIS (ISO-2022-JP)"))
        if b"\x00" in start:
            raise TableError(_("文字の表ではないようです。CSV か .xlsx のファイルを選んでください。"))
        stop_utf8 = _first_bad_line(file, "utf-8")
        if stop_utf8 is None:
            return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
        stop_cp932 = _first_bad_line(file, "cp932")
    if stop_cp932 is None:
        if _looks_like_euc(start):
            raise TableError(_wrong_encoding("EUC-JP"))
        return "cp932"
    if _looks_like_euc(start):
        raise TableError(_wrong_encoding("EUC-JP"))
    raise TableError(
        _(
            "%(line)d 行目に読めない文字があります。UTF-8 か Shift_JIS（CP932）のどちらか一つで保存し直してください。"
        )
        % {"line": max(stop_utf8, stop_cp932)}
    )


def _wrong_encoding(name: str) -> str:
    return _("文字コードが %(name)s のようです。UTF-8 か Shift_JIS（CP932）で保存し直してください。") % {
        "name": name
    }


def _first_bad_line(file: BinaryIO | IO[bytes], encoding: str) -> int | None:
    """The line of the first byte that the encoding does not know; None when it knows them all."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    while True:
        chunk = file.read(CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            # The decoder's own rest of the last chunk stands before this one; it holds no whole line.
            return line + error.object[: error.start].count(b"\n")
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _looks_like_euc(start: bytes) -> bool:
    """EUC-JP read as CP932 is mostly half-width kana, which nobody writes tables in."""
    usable = start[: start.rfind(b"\n") + 1] or start
    try:
        usable.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    text = usable.decode("cp932", errors="replace")
    return len(HALF_WIDTH.findall(text)) * 3 > len(NOT_ASCII.findall(text))
