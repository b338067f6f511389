"""Reading one written value by its column's kind: "60 days", "48 hours", "100%", "500 USD".

Every function raises ValueError with a message that says what to write instead.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext

from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import Column, Kind, Value

MAX_DAYS = 3650  # ten years: a date plus this is still a date
MAX_PERCENT = 10_000
MAX_COUNT = 1_000
MAX_TEXT = 100
_NUMBER = re.compile(r"(-?[0-9]{1,9})\s*([a-zA-Z%]+)?", re.ASCII)
_MONEY = re.compile(r"([0-9][0-9.]*)\s+([A-Z]{3})", re.ASCII)
_DAY_WORDS = ("day", "days")
_HOUR_WORDS = ("hour", "hours")
_PERCENT_WORDS = ("%", "percent")


def parse_value(column: Column, raw: object, reference: str) -> Value:
    """The value `raw` stands for in `column`; money becomes minor units of `reference`."""
    return _PARSERS[column.kind](column, raw, reference)


def parse_number(column: Column, raw: str, reference: str) -> int:
    """A day, percent or money threshold as an integer."""
    value = parse_value(column, raw, reference)
    if not isinstance(value, int):
        raise ValueError(gettext("%s has no order: name its values") % column.name)
    return value


def example(column: Column, reference: str) -> str:
    """How a value of this column is written, for messages and docs."""
    return {
        Kind.ENUM: f'"{column.values[0]}"' if column.values else '"..."',
        Kind.OPEN: '"electronics"',
        Kind.FLAG: "true",
        Kind.DAYS: '"60 days"',
        Kind.DURATION: '"48 hours" or "5 days"',
        Kind.PERCENT: '"100%"',
        Kind.COUNT: "6",
        Kind.MONEY: f'"500 {reference}"',
    }[column.kind]


def nearest(word: str, known: Sequence[str]) -> str:
    """`did you mean X?` when one of `known` is close to `word`, else the first dozen of them."""
    close = difflib.get_close_matches(word[:MAX_TEXT], known, n=1)
    if close:
        return gettext("did you mean %r?") % close[0]
    more = ", ..." if len(known) > 12 else ""
    return gettext("write one of %s") % f"{', '.join(known[:12])}{more}"


def shown(raw: object) -> str:
    """`raw` for a message: short, and never a control character."""
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _flag(column: Column, raw: object, reference: str) -> bool:
    if not isinstance(raw, bool):
        told = gettext("%(column)s is true or false (no quotes), not %(raw)s")
        raise ValueError(told % {"column": column.name, "raw": shown(raw)})
    return raw


def _enum(column: Column, raw: object, reference: str) -> str:
    if not isinstance(raw, str) or raw not in column.values:
        told = gettext("%(column)s has no value %(raw)s; %(hint)s")
        hint = nearest(str(raw), column.values)
        raise ValueError(told % {"column": column.name, "raw": shown(raw), "hint": hint})
    return raw


def _open(column: Column, raw: object, reference: str) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > MAX_TEXT or not raw.isprintable():
        told = gettext("%(column)s is a text of 1 to %(most)d printable characters, not %(raw)s")
        raise ValueError(told % {"column": column.name, "most": MAX_TEXT, "raw": shown(raw)})
    return raw.strip()


def _days(column: Column, raw: object, reference: str) -> int:
    number, _ = _with_unit(column, raw, reference, _DAY_WORDS)
    return _bounded(column, number, -MAX_DAYS, MAX_DAYS, "days")


def _duration(column: Column, raw: object, reference: str) -> int:
    number, unit = _with_unit(column, raw, reference, _DAY_WORDS + _HOUR_WORDS)
    hours = number * 24 if unit in _DAY_WORDS else number
    return _bounded(column, hours, 0, MAX_DAYS * 24, "hours")


def _percent(column: Column, raw: object, reference: str) -> int:
    number, _ = _with_unit(column, raw, reference, _PERCENT_WORDS)
    return _bounded(column, number, 0, MAX_PERCENT, "%")


def _count(column: Column, raw: object, reference: str) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise ValueError(_write_as(column, raw, reference))
    return _bounded(column, raw, 0, MAX_COUNT, "")


def _money(column: Column, raw: object, reference: str) -> int:
    match = _MONEY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not match:
        raise ValueError(_write_as(column, raw, reference))
    amount, currency = match.groups()
    if currency != reference:
        told = gettext(
            "%(column)s is compared in the reference currency: write the threshold in"
            " %(reference)s, not %(currency)s (amounts in %(currency)s are converted by the rates)"
        )
        names = {"column": column.name, "reference": reference, "currency": currency}
        raise ValueError(told % names)
    try:
        return Money.parse(amount, reference).minor
    except Invalid as error:
        raise ValueError(f"{column.name}: {error.message}") from error


def _with_unit(
    column: Column, raw: object, reference: str, units: tuple[str, ...]
) -> tuple[int, str]:
    match = _NUMBER.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not match or (match[2] or "") not in units:
        raise ValueError(_write_as(column, raw, reference))
    return int(match[1]), match[2]


def _bounded(column: Column, number: int, low: int, high: int, unit: str) -> int:
    low = low if column.lowest is None else max(low, column.lowest)
    if not low <= number <= high:
        told = gettext("%(column)s must lie between %(low)d and %(high)d %(unit)s, not %(number)d")
        bounds = {"low": low, "high": high, "unit": unit, "number": number}
        raise ValueError(told % {"column": column.name, **bounds})
    return number


def _write_as(column: Column, raw: object, reference: str) -> str:
    told = gettext("%(column)s is written like %(example)s, not %(raw)s")
    shape = example(column, reference)
    return told % {"column": column.name, "example": shape, "raw": shown(raw)}


_PARSERS: dict[Kind, Callable[[Column, object, str], Value]] = {
    Kind.ENUM: _enum,
    Kind.OPEN: _open,
    Kind.FLAG: _flag,
    Kind.DAYS: _days,
    Kind.DURATION: _duration,
    Kind.PERCENT: _percent,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
}
