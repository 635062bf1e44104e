"""Queries of Django whose statement is put together once and asked again and again with other values.

For what is read at every step of a longer question: to put a statement together takes Django longer than the database
needs to answer it. A prepared query is written as any other one; for what is known only when it is asked it holds a
`Given` or an `Among`.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import CharField, Expression, F, Field, JSONField, Lookup, Model, QuerySet

from .cursors import cursor_of

Row = tuple[Any, ...]
Column = tuple[Any, ...]
M = TypeVar("M", bound=Model)


class Given(Expression):
    """A value of a field's kind, given by its name when the query is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, *_compiler_and_connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (_Slot(self.name, self.output_field.get_db_prep_value),)


class Among(Lookup[Any]):
    """Whether a column's number or word is among those given by a name: one parameter, however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, column: Any, name: str) -> None:
        super().__init__(F(column) if isinstance(column, str) else column, name)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        if connection.vendor == "sqlite":
            condition = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (Django's own words)
            return condition, (*parameters, _Slot(self.rhs, _as_json))
        # Of the column's own type: PostgreSQL else compares row by row with each, where no index helps.
        kind = "text" if isinstance(self.lhs.output_field, CharField) else "bigint"
        return f"{column} = ANY(%s::{kind}[])", (*parameters, _Slot(self.rhs, _as_list))


def _as_json(values: Iterable[Any], _connection: Any) -> str:
    return json.dumps(list(values))


def _as_list(values: Iterable[Any], _connection: Any) -> list[Any]:
    return list(values)


@dataclass(frozen=True)
class _Slot:
    """The place of a value that is still to be given, and how the database takes it: (value, connection)."""

    name: str
    written: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class _Statement:
    text: str
    parameters: Sequence[Any]
    slots: Collection[_Slot]
    """Those among the parameters, each once."""
    converters: Sequence[tuple[int, Callable[[Column], Iterable[Any]]]]
    """The places in a row whose values Python has otherwise than the database, and how a column of them is read."""


class Prepared:
    """A query of values (`values_list`) that is put together when it is first asked.

    What it takes from around it, as the time zone, it takes then.
    """

    def __init__(self, query: Callable[[], QuerySet[Any, Row]]) -> None:
        """Nothing is asked yet."""
        self._query = query
        self._statements: dict[str, _Statement] = {}

    def __call__(self, **given: Any) -> list[Row]:
        """All rows, in one query. KeyError: a value is missing."""
        statement = self._statements.get(connection.vendor) or self._put_together()
        values = {slot: slot.written(given[slot.name], connection) for slot in statement.slots}
        with cursor_of(connection) as cursor:
            cursor.execute(
                statement.text,
                [values[each] if isinstance(each, _Slot) else each for each in statement.parameters],
            )
            rows: list[Row] = cursor.fetchall()
        return _converted(rows, statement.converters) if rows and statement.converters else rows

    def _put_together(self) -> _Statement:
        compiler = self._query().query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql()
        found = compiler.get_converters(expression for expression, *_ in compiler.select)
        converters = [(place, _reader(*each)) for place, each in found.items()]
        slots = dict.fromkeys(each for each in parameters if isinstance(each, _Slot))
        statement = self._statements[connection.vendor] = _Statement(text, parameters, slots, converters)
        return statement


class PreparedModels(Generic[M]):
    """The same of whole models, without the models they refer to."""

    def __init__(self, query: Callable[[], QuerySet[M]]) -> None:
        self._query = query
        self._rows: Prepared | None = None
        self._model: type[M]
        self._names: list[str]

    def __call__(self, **given: Any) -> list[M]:
        """All of them, in one query. KeyError: a value is missing."""
        rows = self._rows or self._put_together()
        return [self._model.from_db(DEFAULT_DB_ALIAS, self._names, row) for row in rows(**given)]

    def _put_together(self) -> Prepared:
        self._model = self._query().model
        self._names = [field.attname for field in self._model._meta.concrete_fields]
        self._rows = Prepared(lambda: self._query().values_list(*self._names))
        return self._rows


def _reader(
    converters: Sequence[Callable[[Any, Any, Any], Any]], column: Any
) -> Callable[[Column], Iterable[Any]]:
    if isinstance(column.output_field, JSONField) and column.output_field.decoder is None:
        return _read_json

    def read(value: Any) -> Any:
        for converter in converters:
            value = converter(value, column, connection)
        return value

    return partial(map, read)


def _converted(
    rows: list[Row], converters: Sequence[tuple[int, Callable[[Column], Iterable[Any]]]]
) -> list[Row]:
    columns = list(zip(*rows, strict=True))
    for place, read in converters:
        columns[place] = tuple(read(columns[place]))
    return list(zip(*columns, strict=True))


def _read_json(texts: Column) -> Iterable[Any]:
    """A column of JSON as one text: to begin anew for each row takes longer than to read most of them."""
    found = iter(json.loads(f"[{','.join([text for text in texts if text is not None])}]"))
    return (None if text is None else next(found) for text in texts)
