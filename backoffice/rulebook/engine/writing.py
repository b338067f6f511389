"""A document back into TOML, in the order people read it: the inverse of `parse_toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from backoffice.rulebook.engine.columns import Schemas, TableSchema

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEAD = ("name", "reference_currency")


def write_toml(document: Mapping[str, Any], schemas: Schemas) -> str:
    """`document` as TOML, with the columns of known tables in their schemas' order.

    A document with problems is written too, so that they can be mended.
    """
    return "\n".join(_lines(document, schemas)) + "\n"


def write_row(row: Mapping[str, Any], schema: TableSchema | None) -> str:
    """One row as it stands in the TOML."""
    columns = [c.name for c in (*schema.inputs, *schema.outputs)] if schema else []
    return "\n".join(_pairs(row, ("when", "then", "note"), columns))


def _lines(document: Mapping[str, Any], schemas: Schemas) -> Iterator[str]:
    rest = dict(document)
    tables, rates = rest.pop("tables", None), rest.pop("rates", None)
    if not _are_tables(tables) and tables is not None:
        rest["tables"] = tables
    if not isinstance(rates, dict) and rates is not None:
        rest["rates"] = rates
    yield from _pairs(rest, _HEAD)
    if isinstance(rates, dict):
        yield from ("", "[rates]")
        yield from _pairs(rates, tuple(sorted(rates)))
    for table in tables if _are_tables(tables) else []:
        yield from _table(table, schemas)


def _table(table: Mapping[str, Any], schemas: Schemas) -> Iterator[str]:
    rest = dict(table)
    rows = rest.pop("rows", None)
    if not _are_tables(rows) and rows is not None:
        rest["rows"] = rows
    yield from ("", "[[tables]]")
    yield from _pairs(rest, ("name", "hit"))
    name = table.get("name")
    schema = schemas.get(name) if isinstance(name, str) else None
    for row in rows if _are_tables(rows) else []:
        yield from ("", "[[tables.rows]]", write_row(row, schema))


def _are_tables(value: object) -> TypeGuard[list[dict[str, Any]]]:
    """Whether `[[...]]` can write it; an empty list can only stand as a value."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _pairs(
    mapping: Mapping[str, Any], first: tuple[str, ...], columns: list[str] | None = None
) -> Iterator[str]:
    for key in _ordered(mapping, first):
        yield f"{_key(key)} = {_value(mapping[key], tuple(columns or ()))}"


def _ordered(mapping: Mapping[str, Any], first: tuple[str, ...]) -> list[str]:
    known = [key for key in first if key in mapping]
    return known + sorted(mapping.keys() - set(known))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: object, columns: tuple[str, ...]) -> str:
    if isinstance(value, dict):
        pairs = [f"{_key(k)} = {_value(value[k], columns)}" for k in _ordered(value, columns)]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item, columns) for item in value) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
