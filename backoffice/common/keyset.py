"""Keyset paging: a page starts after the last row of the page before, so every page costs the same.

A cursor is the last row's values of the ordering columns. It is opaque to callers but no secret
and not signed: forging one shows nothing that the query would not show anyway.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, Func, GeneratedField, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from backoffice.common.canonical import INT64
from backoffice.common.errors import Invalid

TOKEN_PARAM = "next_page_token"  # noqa: S105  PayPal's word for the cursor; no secret
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in order, and the cursor of what follows them (None: nothing does)."""

    rows: list[M]
    next: str | None


def keyset_page(
    queryset: QuerySet[M], columns: Sequence[str], after: str | None, size: int
) -> Page[M]:
    """The `size` rows of `queryset` that follow the cursor `after`, ordered by `columns`.

    `columns` are field names, never null, all ascending or all descending ("-opened_at", "-id"),
    together unique, and backed by an index for the page to be cheap. Raises Invalid for a cursor
    that is not one of this list's.
    """
    names = [name.removeprefix("-") for name in columns]
    descending = {name.startswith("-") for name in columns}
    if len(descending) != 1:
        raise ValueError("keyset columns must share one direction: the index is walked one way")
    rows = queryset.order_by(*columns)
    if after:
        values = _decode(after, [_field(queryset.model, name) for name in names])
        rows = rows.filter(_Beyond(names, values, "<" if descending == {True} else ">"))
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], _encode(found[size - 1], names) if more else None)


def following(queryset: QuerySet[M], columns: Sequence[str], row: M) -> QuerySet[M]:
    """The rows of `queryset` that come after `row` in the order of `columns`, nearest first.

    `columns` as for `keyset_page`. With every sign turned, they are the rows before `row`.
    """
    names = [name.removeprefix("-") for name in columns]
    values = [
        Value(getattr(row, name), output_field=_field(queryset.model, name)) for name in names
    ]
    operator = "<" if columns[0].startswith("-") else ">"
    return queryset.order_by(*columns).filter(_Beyond(names, values, operator))


class _Beyond(Func):
    """`(a, b) > (x, y)`: a row value, which both databases answer from an index on (a, b)."""

    output_field = BooleanField()

    def __init__(self, names: Sequence[str], values: Sequence[Value], operator: str) -> None:
        super().__init__(*map(F, names), *values)
        self.operator = operator

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        parts = [compiler.compile(e) for e in self.get_source_expressions()]
        sql = [part for part, _ in parts]
        half = len(sql) // 2
        left, right = ", ".join(sql[:half]), ", ".join(sql[half:])
        return f"({left}) {self.operator} ({right})", [p for _, params in parts for p in params]


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    """The field at the end of a path such as `case__due_at`."""
    *path, last = name.split("__")
    for step in path:
        related = model._meta.get_field(step).related_model
        assert isinstance(related, type), f"{name} does not lead to a field"
        model = related
    found = model._meta.get_field(last)
    field = found.output_field if isinstance(found, GeneratedField) else found
    assert isinstance(field, Field), f"{name} does not lead to a field"
    return field


def _encode(row: Model, names: Sequence[str]) -> str:
    values = []
    for name in names:
        value: Any = row
        for step in name.split("__"):
            value = getattr(value, step)
        values.append(value)
    text = json.dumps(values, cls=_Encoder, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _Encoder(DjangoJSONEncoder):
    """Django's, but a time keeps its microseconds: cut short, a cursor would skip rows."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _decode(token: str, fields: Sequence[Field[Any, Any]]) -> list[Value]:
    try:
        raw = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(raw, list):
            raise TypeError(raw)
        pairs = zip(raw, fields, strict=True)
        return [Value(_read(value, field), output_field=field) for value, field in pairs]
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError) as exc:
        raise Invalid(
            _("This is not a page token of this list; follow the `next` link as it was given."),
            code="invalid_page_token",
            field=TOKEN_PARAM,
        ) from exc


def _read(value: object, field: Field[Any, Any]) -> object:
    """One value of a cursor as its column holds it. Raises ValueError and the like."""
    if not isinstance(value, str | int) or "\0" in str(value):
        raise TypeError(value)
    if isinstance(value, int) and value not in INT64:
        raise OverflowError(value)
    read = field.to_python(value)
    field.run_validators(read)
    if isinstance(read, datetime):
        if read.tzinfo is None:
            raise ValueError(read)
        return read.astimezone(UTC)
    return read
