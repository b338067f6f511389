"""The written form of a rulebook: TOML to a document, its Pydantic models, their problems."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

import orjson
from django.utils.translation import gettext
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from backoffice.common.canonical import canonical_json
from backoffice.rulebook.engine.problems import Problem, RulebookError

MAX_BYTES = 1_000_000
MAX_ROWS = 500  # per table; more is no longer a table people read


def _readable(text: str) -> str:
    if not all(c.isprintable() or c in "\n\t" for c in text):
        raise ValueError("must not hold control characters")
    return text


Text = Annotated[str, AfterValidator(_readable)]
Name = Annotated[Text, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class DocumentModel(_Strict):
    """The whole document; its tables are read one by one, so that one bad table hides no other."""

    name: Name
    reference_currency: str
    rates: dict[str, Any] = {}
    calendar: Any = {}
    holidays: Any = {}
    tables: list[Any]


class TableModel(_Strict):
    """One `[[tables]]`."""

    name: Name
    hit: Literal["FIRST", "COLLECT"]
    rows: Annotated[list[Any], Field(max_length=MAX_ROWS)] = []


class RowModel(_Strict):
    """One `[[tables.rows]]`: conditions (left out: any), outputs, and where the rule comes from."""

    when: dict[str, Any] = {}
    then: dict[str, Any]
    note: Annotated[Text, Field(max_length=500)] = ""


Model = TypeVar("Model", bound=BaseModel)


def parse_toml(source: bytes | str) -> dict[str, Any]:
    """The document written in `source`, as JSON has it.

    Numbers with a point stay text: exact, never a float. Raises RulebookError for anything that is
    not TOML of at most MAX_BYTES, or that no database could keep.
    """
    raw = source.encode() if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        raise _refused(gettext("longer than %s bytes; shorten it") % f"{MAX_BYTES:,}")
    try:
        return _storable(tomllib.loads(raw.decode("utf-8"), parse_float=str))
    except UnicodeDecodeError as error:
        raise _refused(gettext("not UTF-8; save the file as UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        raise _refused(gettext("not TOML: %s") % error) from error
    except RecursionError as error:
        raise _refused(gettext("not TOML: nested too deep")) from error


def _storable(document: dict[str, Any]) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = orjson.loads(canonical_json(document))
    except TypeError as error:
        raise _refused(gettext("holds a number beyond 64 bits, or is nested too deep")) from error
    if any("\0" in text for text in _texts(kept)):
        raise _refused(gettext("holds a NUL character; leave it out"))
    return kept


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)


def validate(
    model: type[Model], raw: object, table: str = "", row: int = 0
) -> tuple[Model | None, list[Problem]]:
    """`raw` as `model`, or what is wrong with its shape."""
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, [Problem(table, row, _say(detail)) for detail in error.errors()]


def _say(detail: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return gettext("unknown key %r; remove it") % where
    if detail["type"] == "missing":
        return gettext("%r is missing; write it") % where
    if detail["type"] == "model_type":
        return gettext("must be a table of keys and values")
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _refused(message: str) -> RulebookError:
    return RulebookError([Problem("", 0, message)])
