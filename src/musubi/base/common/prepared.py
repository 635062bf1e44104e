"""Queries of Django whose statement is put together once and asked again and again with other values.

For what is read at every step of a longer question: to put a statement together takes Django longer than the database
needs to answer it. A prepared query is written as any other one; for what is known only when it is asked it holds a
`Given` or an `Among`. Of what does not need one another's answers `together` makes one trip.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import CharField, Expression, F, Field, JSONField, Lookup, Model, QuerySet

from .cursors import Row, Statement, numbers_for, rows_of_each

Column = tuple[Any, ...]
Found = TypeVar("Found")
Answer = TypeVar("Answer")
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
        is_text = isinstance(self.lhs.output_field, CharField)
        slot = _Slot(self.rhs, _as_words if is_text else _as_numbers)
        if connection.vendor == "sqlite":
            condition = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (Django's own words)
            return condition, (*parameters, slot)
        # Of the column's own type: PostgreSQL else compares row by row with each, where no index helps.
        return f"{column} = ANY(%s::{'text' if is_text else 'bigint'}[])", (*parameters, slot)


def _as_words(values: Iterable[str], connection: Any) -> Any:
    words = list(values)
    return json.dumps(words) if connection.vendor == "sqlite" else words


def _as_numbers(values: Iterable[int], connection: Any) -> str:
    return numbers_for(connection, values)


@dataclass(frozen=True)
class _Slot:
    """The place of a value that is still to be given, and how the database takes it: (value, connection)."""

    name: str
    written: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class _Form:
    """A statement without its values, and how what the database answers becomes what Django would."""

    text: str
    parameters: Sequence[Any]
    slots: Collection[_Slot]
    """Those among the parameters, each once."""
    converters: Sequence[tuple[int, Callable[[Column], Iterable[Any]]]]
    """The places in a row whose values Python has otherwise than the database, and how a column of them is read."""


class Prepared(Generic[Found]):
    """A query of values (`values_list`) that is put together when it is first asked.

    What it takes from around it, as the time zone, it takes then.
    """

    def __init__(self, query: Callable[[], QuerySet[Any, Found]]) -> None:
        """Nothing is asked yet."""
        self._query = query
        self._forms: dict[str, _Form] = {}

    def __call__(self, **given: Any) -> list[Found]:
        """All rows, in one query. KeyError: a value is missing."""
        return self.asking(list, **given).answer()

    def asking(self, read: Callable[[list[Found]], Answer], /, **given: Any) -> "Question[Answer]":
        """The question for these values, of whose rows `read` makes the answer."""
        return Question(self, given, read)

    def statement(self, given: Mapping[str, Any]) -> Statement:
        """What the database is asked."""
        form = self._form()
        values = {slot: slot.written(given[slot.name], connection) for slot in form.slots}
        return form.text, [values[each] if isinstance(each, _Slot) else each for each in form.parameters]

    def found(self, answered: list[Row]) -> list[Found]:
        """What the database has answered, as Django would give it."""
        return self._read(answered)  # type: ignore[return-value]

    def _read(self, answered: list[Row]) -> list[Row]:
        converters = self._form().converters
        return _converted(answered, converters) if answered and converters else answered

    def _form(self) -> _Form:
        return self._forms.get(connection.vendor) or self._put_together()

    def _put_together(self) -> _Form:
        compiler = self._values().query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql()
        found = compiler.get_converters(expression for expression, *_ in compiler.select)
        form = self._forms[connection.vendor] = _Form(
            text,
            parameters,
            slots=dict.fromkeys(each for each in parameters if isinstance(each, _Slot)),
            converters=[(place, _reader(*each)) for place, each in found.items()],
        )
        return form

    def _values(self) -> QuerySet[Any, Any]:
        return self._query()


class PreparedModels(Prepared[M]):
    """The same of whole models, with those that they refer to by the relations named."""

    def __init__(self, query: Callable[[], QuerySet[M]], *related: str) -> None:
        """`related` are the names of relations to one other model each."""
        super().__init__(query)
        self._related = related
        self._shape: _Shape[M]

    def found(self, answered: list[Row]) -> list[M]:
        """Models of what the database has answered."""
        rows = self._read(answered)
        return list(map(self._shape.made, rows))

    def _values(self) -> QuerySet[M, Any]:
        rows = self._query()
        self._shape = _Shape(rows.model, self._related)
        return rows.values_list(*self._shape.columns)


class _Shape(Generic[M]):
    """Which columns make a model and those that it refers to, one after another."""

    def __init__(self, model: type[M], related: Iterable[str]) -> None:
        self._model, self._names = model, _names_of(model)
        self.columns = list(self._names)
        self._others: list[tuple[Any, type[Model], list[str], int, int]] = []
        for relation in related:
            field = model._meta.get_field(relation)
            other: type[Model] = field.related_model  # type: ignore[assignment]
            names, start = _names_of(other), len(self.columns)
            self.columns += [f"{relation}__{name}" for name in names]
            own = names.index(other._meta.pk.attname)
            self._others.append((field, other, names, start, start + own))

    def made(self, row: Row) -> M:
        """The model of a row."""
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[: len(self._names)])
        for field, model, names, start, own in self._others:
            other = None
            if row[own] is not None:
                other = model.from_db(DEFAULT_DB_ALIAS, names, row[start : start + len(names)])
            field.set_cached_value(found, other)
        return found


def _names_of(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """A prepared query with its values, which may be asked alone or `together` with others."""

    query: Prepared[Any]
    given: Mapping[str, Any]
    read: Callable[[list[Any]], Answer]

    def answer(self) -> Answer:
        """Ask it alone. KeyError: a value is missing."""
        (found,) = together(self)
        return found  # type: ignore[no-any-return]


def together(*questions: Question[Any]) -> list[Any]:
    """The answer to each of some questions, in their order, in one trip to the database if it can."""
    statements = [question.query.statement(question.given) for question in questions]
    answered = rows_of_each(connection, statements)
    return [
        question.read(question.query.found(rows)) for question, rows in zip(questions, answered, strict=True)
    ]


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
