"""Reading one cell of a row's `when`: a choice of values, or an interval of whole numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from backoffice.rulebook.engine.columns import Column, Kind, Value
from backoffice.rulebook.engine.units import example, parse_number, parse_value, shown

NUMBERS = frozenset({Kind.DAYS, Kind.DURATION, Kind.PERCENT, Kind.COUNT, Kind.MONEY})
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of these values."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from `low` to `high`, both included; None is open. Money in minor units."""

    low: int | None
    high: int | None


Condition = Choice | Interval


def parse_condition(column: Column, raw: object, reference: str) -> Condition:
    """The condition `raw` writes. Raises ValueError with the way to write it."""
    if column.kind in NUMBERS:
        return _interval(column, raw, reference)
    written = raw if isinstance(raw, list) else [raw]
    if not written:
        raise ValueError(gettext("%s lists no value; leave it out to mean any") % column.name)
    values = tuple(parse_value(column, item, reference) for item in written)
    if len(set(values)) < len(values):
        raise ValueError(gettext("%s names a value twice") % column.name)
    return Choice(values)


def _interval(column: Column, raw: object, reference: str) -> Interval:
    if not isinstance(raw, str):
        told = gettext(
            '%(column)s is compared: write it like ">= X", "< X", ">= X and < Y" or "X", with X'
            " like %(example)s, not %(raw)s"
        )
        shape = example(column, reference)
        raise ValueError(told % {"column": column.name, "example": shape, "raw": shown(raw)})
    low: int | None = None
    high: int | None = None
    for part in raw.split(" and "):
        lower, upper = _bounds(column, part.strip(), reference)
        low = lower if low is None else low if lower is None else max(low, lower)
        high = upper if high is None else high if upper is None else min(high, upper)
    floor = column.lowest if low is None else low
    if high is not None and floor is not None and high < floor:
        told = gettext("%(column)s %(raw)s holds for no number; mend its bounds")
        raise ValueError(told % {"column": column.name, "raw": shown(raw)})
    return Interval(low, high)


def _bounds(column: Column, text: str, reference: str) -> tuple[int | None, int | None]:
    match = _COMPARISON.fullmatch(text)
    operator, written = match.groups() if match else (None, text)
    number = parse_number(column, written, reference)
    return {
        "<": (None, number - 1),
        "<=": (None, number),
        ">": (number + 1, None),
        ">=": (number, None),
    }.get(operator or "=", (number, number))
