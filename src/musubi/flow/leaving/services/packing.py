"""A takeout becomes a ZIP: one JSON with everything, a table per kind, the files, and a letter that explains them."""

import datetime as dt
import json
import shutil
import zipfile
from pathlib import PurePosixPath
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.days import clock
from musubi.base.common.joining import labelled, listed
from musubi.base.common.verdict import require
from musubi.base.files.models import StoredFile
from musubi.base.files.tables import write_table
from musubi.flow.actors.models import Actor

from ..permissions import can_take_out_actor
from ..queries import Takeout, as_columns, everything_of, everything_of_actor, file_of


def take_out(*, by: User, into: IO[bytes], now: dt.datetime) -> None:
    """Everything a person entered, written into a file."""
    pack(everything_of(by), into, now)
    audit.record(by=by, verb="account.take_out", subject=by, at=now)


def take_out_actor(*, actor: Actor, by: User, into: IO[bytes], now: dt.datetime) -> None:
    """Everything an actor entered: its owner holds it in the hand from then on, so it stands in the log."""
    require(can_take_out_actor(by, actor))
    pack(everything_of_actor(actor), into, now)
    audit.record(by=by, verb="actor.take_out", subject=actor, at=now)


def pack(takeout: Takeout, into: IO[bytes], now: dt.datetime) -> None:
    """Kind after kind, so that never more than one is in the hand."""
    files: dict[int, StoredFile] = {}
    numbers: list[tuple[str, str, int]] = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        data: dict[str, Any] = {}
        for part in takeout.parts:
            kind, rows = part.kind, list(part.rows())
            data[kind.name] = [as_columns(row, kind) for row in rows]
            numbers.append((kind.name, str(kind.title), len(rows)))
            files |= {file.pk: file for row in rows if (file := file_of(part, row))}
            if rows:
                header = [str(column.label) for column in kind.columns]
                lines = ([_cell(column.shown(row)) for column in kind.columns] for row in rows)
                with archive.open(f"{kind.name}.csv", "w") as table:
                    write_table(table, header, lines, kind="csv")
        missing = [file for file in files.values() if not _copied(file, archive)]
        text = json.dumps(data, ensure_ascii=False, indent=1, default=_in_json)
        archive.writestr("data.json", text)
        letter = _letter(
            takeout.of, numbers, [file for file in files.values() if file not in missing], missing, now
        )
        archive.writestr("README.txt", letter.replace("\n", "\r\n").encode("utf-8-sig"))


def _copied(file: StoredFile, archive: zipfile.ZipFile) -> bool:
    """Whether its bytes were still there."""
    try:
        with file.file.open("rb") as content, archive.open(_place(file), "w") as target:
            shutil.copyfileobj(content, target)
    except FileNotFoundError:
        return False
    return True


def _place(file: StoredFile) -> str:
    """Its place in the archive: the number makes it unique, folders in its name lead nowhere."""
    return f"files/{file.pk}-{PurePosixPath(file.name.replace(chr(92), '/')).name}"


def _in_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _cell(value: Any) -> Any:
    """A value as somebody would have typed it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: _("はい"), False: _("いいえ")}[value]
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return listed(value)
    if isinstance(value, dict):
        return listed(labelled(name, part) for name, part in value.items())
    return value if isinstance(value, (int, float)) else str(value)


def _letter(
    of: str,
    numbers: list[tuple[str, str, int]],
    files: list[StoredFile],
    missing: list[StoredFile],
    now: dt.datetime,
) -> str:
    local = timezone.localtime(now)
    day = f"{date_format(local)} {clock(local.time())}"
    lines = [
        _("%(name)s さんの記録（%(day)s に Musubi から取り出したもの）") % {"name": of, "day": day},
        "",
        _("「.csv」は Excel などで開ける表です。「data.json」には同じ内容がすべて入っていて、"
          "ほかのしくみに移すときに使えます。「files」には、預けたファイルが入っています。"),
        _("ほかの方が書いたものと、ほかの方のメールアドレスは入っていません。"),
        "",
        *(_("%(title)s … %(number)d件（%(name)s.csv）") % {"title": title, "number": number, "name": name}
          if number
          else _("%(title)s … ありません") % {"title": title}
          for name, title, number in numbers),
        "",
        *(f"{_place(file)} … {file.name}" for file in files),
        *(_("%(name)s … ファイルの中身が見つかりませんでした。") % {"name": file.name} for file in missing),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
