"""From joined rows to items of the feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.orders.service.feed import ItemError
from backoffice.orders.service.imports.mapping import PLACE, Column, Format, Section

# Times that say their offset from UTC themselves.
OFFSET = re.compile(r"\d(Z|[+-]\d\d:?\d\d)$", re.ASCII)
# What Python's int() takes beyond this, such as "1_000", nobody writes on purpose.
WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
Row = Sequence[Any]
"""The line, the sort key, then the columns; blank cells are None, others have no outer blanks."""
Make = Callable[[Row], Any]
MOMENTS = frozenset({"purchased_at", "ship_by", "handed_over_at", "delivered_at", "happened_at"})
DAYS = frozenset({"promised_on"})
AMOUNTS = frozenset({"price", "freight", "refunded"})
COUNTS = frozenset({"quantity"})


class Made(NamedTuple):
    """An item made of rows: where it begins, and what is wrong with it before it is fed."""

    line: int
    item: dict[str, Any]
    errors: list[ItemError]


class Fields:
    """The fields of an item or of a part of it: columns' texts as they are, and values made."""

    def __init__(self, plain: dict[str, int], made: dict[str, Make | Fields]) -> None:
        self._names = tuple(plain)
        self._made = list(made.items())
        # One call for all of them, in C; two places at least, or it would give no tuple.
        self._cells = itemgetter(*plain.values(), 0, 0)

    def __bool__(self) -> bool:
        return bool(self._names or self._made)

    def fill(self, row: Row, path: str, errors: list[ItemError]) -> dict[str, Any]:
        """The fields that have a value; what cannot be read is told in `errors`."""
        cells = zip(self._names, self._cells(row), strict=False)
        item = {name: cell for name, cell in cells if cell is not None}
        for name, make in self._made:
            try:
                if isinstance(make, Fields):
                    value = make.fill(row, f"{path}{name}.", errors)
                else:
                    value = make(row)
            except DomainError as exc:
                errors.append(ItemError(path + name, exc.code, exc.message))
            except (ValueError, OverflowError) as exc:
                why = f"It cannot be read: {str(exc)[:200]}."
                errors.append(ItemError(path + name, "unreadable", why))
            else:
                if value is not None:
                    item[name] = value
        return item


class Maker:
    """Makes the items of one section. `columns` are what each row has to bring, in order."""

    def __init__(self, section: Section, format: Format) -> None:
        self.section = section
        self.columns: list[Column] = sorted(section.columns_used())
        self._format = format
        self._key = len(section.sorted_by())
        self._place = {column: i + 1 + self._key for i, column in enumerate(self.columns)}
        self._currency = self._template(section.currency)
        self._fields = self._compile(section.columns)
        self._lines = self._compile(section.lines, "lines.")

    def items(self, rows: Iterator[Row]) -> Iterator[Made]:
        """The items of `rows`, which come with equal keys together."""
        if not self.section.group:
            items = (self._make(row) for row in rows)
        else:
            end = 1 + self._key
            groups = (list(group) for _, group in groupby(rows, lambda row: row[1:end]))
            items = (self._make(group[0], group) for group in groups)
        return filter(self._wanted, items) if self.section.needs_any else items

    def _wanted(self, made: Made) -> bool:
        return bool(made.errors) or any(made.item.get(name) for name in self.section.needs_any)

    def _make(self, first: Row, group: Sequence[Row] = ()) -> Made:
        errors: list[ItemError] = []
        item = self._fields.fill(first, "", errors)
        if self._lines:
            item["lines"] = [
                self._lines.fill(row, f"lines[{i}].", errors)
                for i, row in enumerate(group or [first])
            ]
        return Made(first[0], item, errors)

    def _compile(self, columns: dict[str, Any], path: str = "") -> Fields:
        """Each field's way from a row to its value, nested as the item is."""
        plain: dict[str, int] = {}
        made: dict[str, Make | Fields] = {}
        for name, value in columns.items():
            if isinstance(value, dict):
                made[name] = self._compile(value, f"{path}{name}.")
            elif self._is_plain(name, path + name, value):
                plain[name] = self._place_of(value)
            else:
                made[name] = self._field(name, path + name, value)
        return Fields(plain, made)

    def _is_plain(self, name: str, path: str, value: Any) -> bool:
        """Whether the field is one column's text as it is."""
        read = name in MOMENTS | DAYS | AMOUNTS | COUNTS or path in self.section.values
        return isinstance(value, str) and not read and PLACE.fullmatch(value) is not None

    def _field(self, name: str, path: str, value: Any) -> Make:
        if not isinstance(value, str):
            return lambda row: value
        text = self._template(value)
        known = self.section.values.get(path)
        if known is not None:
            return lambda row: _translate(text(row), known)
        if name in MOMENTS:
            moment = self._moment
            return lambda row: moment(text(row))
        if name in DAYS:
            return lambda row: self._day(text(row))
        if name in AMOUNTS:
            return lambda row: self._amount(text(row), self._currency(row))
        if name in COUNTS:
            return lambda row: _whole(text(row)) if text(row) else None
        return lambda row: text(row) or None

    def _place_of(self, template: str) -> int:
        match = PLACE.fullmatch(template)
        assert match is not None
        return self._place[match[1], match[2]]

    def _template(self, template: str) -> Callable[[Row], str]:
        """The text that `template` gives with a row's cells in its places."""
        places = [self._place[m[1], m[2]] for m in PLACE.finditer(template)]
        if not places:
            return lambda row: template
        if PLACE.fullmatch(template):
            place = places[0]
            return lambda row: row[place] or ""
        parts = PLACE.sub("\0", template).split("\0")

        def fill(row: Row) -> str:
            cells = [row[place] or "" for place in places]
            if not any(cells):
                return ""
            return parts[0] + "".join(c + p for c, p in zip(cells, parts[1:], strict=True))

        return fill

    def _moment(self, text: str) -> str | None:
        if not text:
            return None
        how = self._format.datetime
        if how == "iso" and OFFSET.search(text):
            return text  # for the feed to read
        read = datetime.fromisoformat(text) if how == "iso" else datetime.strptime(text, how)  # noqa: DTZ007
        return (read if read.tzinfo else read.replace(tzinfo=self._format.tzinfo)).isoformat()

    def _day(self, text: str) -> str | None:
        if not text:
            return None
        how = self._format.date
        day = date.fromisoformat(text) if how == "iso" else datetime.strptime(text, how).date()  # noqa: DTZ007
        return day.isoformat()

    def _amount(self, text: str, currency: str) -> dict[str, str] | None:
        if not text:
            return None
        if self._format.amounts == "minor":
            return Money(_whole(text), currency).to_json()
        if self._format.decimal_point == ",":
            if "." in text:  # of thousands, perhaps; to read it as a decimal point would be a guess
                raise ValueError(f'{text!r} holds a point, but the decimal point is ","')
            text = text.replace(",", ".")
        return {"currency_code": currency, "value": text}


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def _translate(text: str, known: dict[str, Any]) -> Any:
    if text in known:
        return known[text]
    if "*" in known:
        return known["*"]
    raise ValueError(f'{text!r} is not among the mapping\'s values; add it, or "*" for the rest')
