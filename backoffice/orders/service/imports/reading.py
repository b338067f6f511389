"""Reading a mapping file: what no row could be made by is refused before any row is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from backoffice.common.errors import Invalid
from backoffice.orders.service.feed.items import OrderItem, ScanItem, ShipmentItem
from backoffice.orders.service.imports.items import AMOUNTS
from backoffice.orders.service.imports.mapping import NAME, PLACE, Mapping, Section

MONEY = ("currency_code", "value")
MODELS: dict[str, type[BaseModel]] = {
    "orders": OrderItem,
    "shipments": ShipmentItem,
    "tracking_events": ScanItem,
}


def read_mapping(path: Path) -> Mapping:
    """The mapping at `path`. Raises Invalid saying which key is wrong."""
    try:
        mapping = Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise Invalid(f"{path.name} is not TOML: {exc}.", field="mapping") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        why = str(first["msg"]).removeprefix("Value error, ")
        _refuse(f"{path.name}: {'.'.join(map(str, first['loc']))}", why)
    if not mapping.sections():
        _refuse(path.name, f"it has none of the tables {', '.join(MODELS)}")
    for name, section in mapping.sections():
        _check_files(name, section, mapping.files)
        _check_fields(name, section)
    return mapping


def _check_files(name: str, section: Section, files: dict[str, str]) -> None:
    """Raise Invalid for a file that the section names and the mapping does not."""
    for text in section.templates():
        if re.search("[{}]", PLACE.sub("", text)):
            _refuse(name, f"write a cell as {{file.column}}; {text!r} has a brace too many")
    named = {section.rows} | {file for file, _ in section.columns_used()}
    for file in sorted(named | set(section.report_unjoined)):
        if not re.fullmatch(NAME, file) or file not in files:
            _refuse(name, f"it names the file {file!r}, which [files] lacks")
    joined = {section.rows}
    for (new, _), (old, _) in section.join_pairs():
        if old not in joined or new in joined:
            said = f"write the new file's column first, and join it to {section.rows} or to one"
            _refuse(f"{name}.joins", f"{said} joined before; not {new} to {old}")
        joined.add(new)
    if unjoined := sorted({file for file, _ in section.columns_used()} - joined):
        _refuse(f"{name}.joins", f"it uses {unjoined[0]} without joining it")
    if unjoined := sorted(set(section.report_unjoined) - joined):
        _refuse(f"{name}.report_unjoined", f"{unjoined[0]} is not joined")


def _check_fields(name: str, section: Section) -> None:
    """Raise Invalid for a field that the feed lacks, or that it needs and the section lacks."""
    model = MODELS[name]
    _check_table(f"{name}.columns", section.columns, model, apart="lines")
    found = _paths(section.columns)
    if line := _inner(model, "lines"):
        _check_table(f"{name}.lines", section.lines, line)
        found += _paths(section.lines, "lines.")
    elif section.lines:
        _refuse(f"{name}.lines", "only orders have lines")
    for field in section.values:
        _check_known(f"{name}.values", field, found)
    for field in section.needs_any:
        _check_known(f"{name}.needs_any", field, section.columns)


def _check_table(path: str, told: dict[str, Any], model: type[BaseModel], apart: str = "") -> None:
    """`told` against the fields of `model`, of which `apart` is told elsewhere."""
    fields = {field: info for field, info in model.model_fields.items() if field != apart}
    for field, value in told.items():
        _check_known(path, field, fields)
        where = f"{path}.{field}"
        if inner := _inner(model, field):
            if not isinstance(value, dict):
                _refuse(where, f"it has fields of its own; write {field}.external_id")
            _check_table(where, value, inner)
        elif isinstance(value, dict):
            for part in value:
                _check_known(where, part, MONEY if field in AMOUNTS else ())
    for field, info in fields.items():
        if info.is_required() and field not in told:
            _refuse(path, f"the feed needs the field {field}")


def _inner(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """The model of what `field` holds, or holds many of; None for a text, a number and the like."""
    info = model.model_fields.get(field)
    kinds = [info.annotation, *getattr(info.annotation, "__args__", ())] if info else []
    found = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return found[0] if found else None


def _paths(told: dict[str, Any], before: str = "") -> list[str]:
    """Every field of a table by its path, such as `seller.country`."""
    paths = []
    for field, value in told.items():
        inner = _paths(value, f"{before}{field}.") if isinstance(value, dict) else []
        paths += inner or [before + field]
    return paths


def _check_known(path: str, field: str, known: Collection[str]) -> None:
    if field not in known:
        _refuse(path, f"there is no field {field!r}; known: {', '.join(known) or 'none'}")


def _refuse(path: str, why: str) -> NoReturn:
    raise Invalid(f"{path}: {why}.", field=path)
