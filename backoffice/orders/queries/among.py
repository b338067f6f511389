"""`column IN (a thousand values)` as one parameter: Django's makes a thousand, slowly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from backoffice.common.canonical import canonical_json


class Among(Func):
    """True where the column `name`, of texts or of ids, holds one of `values`."""

    output_field = BooleanField()

    def __init__(self, name: str, values: Iterable[str] | Iterable[int]) -> None:
        super().__init__(F(name))
        self.values = list(values)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        """The comparison; the values travel as one JSON text."""
        [column] = self.get_source_expressions()
        sql, params = compiler.compile(column)
        packed = canonical_json(self.values).decode()
        if connection.vendor != "postgresql":
            return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, packed]
        kind = "text" if isinstance(column.output_field, CharField) else "bigint"
        # The array is made once, before the scan, so that the column's index is used.
        unpacked = f"SELECT value::{kind} FROM jsonb_array_elements_text(%s::jsonb)"
        return f"{sql} = ANY(ARRAY({unpacked}))", [*params, packed]
