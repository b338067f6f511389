"""What one rulebook says that another does not, in sentences: read before publishing."""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.calendar import Calendar
from backoffice.rulebook.engine.sentences import Translate, plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One table's change: the sentences that go and those that come (or the rates)."""

    title: str
    gone: list[str]
    come: list[str]


def differences(old: Rulebook, new: Rulebook, translate: Translate = plain) -> list[Difference]:
    """Table by table, what changes from `old` to `new`; a table moved about only shows nothing."""
    found = [
        Difference(translate("Rates"), *_changes(_rates(old), _rates(new))),
        Difference(translate("Working hours"), *_changes(_days(old.calendar), _days(new.calendar))),
        Difference(translate("Holidays"), *_changes(_days(old.holidays), _days(new.holidays))),
    ]
    for name, table in new.tables.items():
        before = old.sentences(name, translate) if name in old.tables else []
        changes = _changes(before, new.sentences(name, translate))
        found.append(Difference(translate(table.schema.title), *changes))
    return [difference for difference in found if difference.gone or difference.come]


def _changes(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    return [s for s in old if s not in new], [s for s in new if s not in old]


def _days(calendar: Calendar) -> list[str]:
    return [f"{key}: {value}" for key, value in calendar.written().items() if value]


def _rates(book: Rulebook) -> list[str]:
    return [f"1 {c} = {rate} {book.rates.reference}" for c, rate in book.rates.written().items()]
