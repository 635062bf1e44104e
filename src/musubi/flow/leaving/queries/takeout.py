"""Everything that somebody entered, kind by kind: what a download holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from musubi.base.files.models import StoredFile

Read = str | Callable[[Any], Any]
Label = str | Promise


@dataclass(frozen=True)
class Column:
    """One fact of a row: its key in JSON, its heading in the table, and where it is read."""

    key: str
    label: Label
    read: Read

    def of(self, row: Model) -> Any:
        if callable(self.read):
            return self.read(row)
        value: Any = row
        for name in self.read.split("__"):
            value = getattr(value, name) if value is not None else None
        return str(value) if isinstance(value, Model) else value

    def shown(self, row: Model) -> Any:
        """The same as a person reads it: a choice by its label."""
        if isinstance(self.read, str):
            owner: Any = row
            *way, last = self.read.split("__")
            for name in way:
                owner = getattr(owner, name) if owner is not None else None
            if (display := getattr(owner, f"get_{last}_display", None)) is not None:
                return str(display())
        return self.of(row)


@dataclass(frozen=True)
class Kind:
    """One kind of thing; `links` are the foreign keys by which its rows are found."""

    name: str
    title: Label
    links: tuple[str, ...]
    rows: Callable[[int], "QuerySet[Any]"]
    columns: tuple[Column, ...]
    file: str = ""
    """The field that holds a file of the row."""


@dataclass(frozen=True)
class Part:
    """The rows of one kind."""

    kind: Kind
    owner: int

    def rows(self) -> Iterator[Model]:
        yield from self.kind.rows(self.owner)


@dataclass(frozen=True)
class Takeout:
    """What is packed: for whom, and its parts."""

    of: str
    parts: tuple[Part, ...]


def columns(**read: tuple[Label, Read] | Label) -> tuple[Column, ...]:
    """`title=_("題名")` reads the field `title`; with a pair the second says where else or how."""
    return tuple(
        Column(key, *said) if isinstance(said, tuple) else Column(key, said, key)
        for key, said in read.items()
    )


def file_of(part: Part, row: Model) -> StoredFile | None:
    """The file that belongs to a row, if it has one."""
    if not part.kind.file:
        return None
    found: Any = row if part.kind.file == "self" else getattr(row, part.kind.file)
    return found if isinstance(found, StoredFile) else None


def as_columns(row: Model, kind: Kind) -> Mapping[str, Any]:
    return {column.key: column.of(row) for column in kind.columns}
