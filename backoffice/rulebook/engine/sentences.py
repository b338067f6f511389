"""Rows and traces read aloud, in plain English (or what `translate` makes of each phrase)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce

from backoffice.common.money import Money
from backoffice.rulebook.engine.axes import fold
from backoffice.rulebook.engine.columns import OTHER, Column, Fact, Hit, Kind, TableSchema, Value
from backoffice.rulebook.engine.conditions import Choice, Condition, Interval
from backoffice.rulebook.engine.evaluation import Trace
from backoffice.rulebook.engine.rates import Rates
from backoffice.rulebook.engine.rows import Outputs, Row

Translate = Callable[[str], str]
IN_DAYS = 72  # hours from which whole days read better than hours: "48 hours", "5 days"


def plain(phrase: str) -> str:
    """The English phrase itself."""
    return phrase


class Speaker:
    """Puts conditions, facts and outputs of one rulebook into words.

    `translate` (gettext, for pages) receives the phrases of the schemas and of this module.
    """

    def __init__(self, rates: Rates, translate: Translate = plain) -> None:
        self.rates = rates
        self._ = translate  # named so that gettext's tools find the phrases

    def row(self, schema: TableSchema, row: Row) -> str:
        """ "When not received, to BR: delivery within 120 days." """
        outputs = self.outputs(schema, row.outputs)
        if row.conditions:
            when = self._("When {}").format(self.conditions(schema, row.conditions))
        elif row.number > 1 and schema.hit is Hit.FIRST:
            when = self._("Otherwise")
        else:
            when = self._("In any case")
        return self._("{when}: {outputs}.").format(when=when, outputs=outputs)

    def trace(self, schema: TableSchema, trace: Trace, matches: Sequence[Outputs]) -> str:
        """ "Row 4 of Ruling: not received, ... → full refund, borne by the seller." """
        where = self._where(schema, trace.rows)
        facts = _joined(
            self._("{}, {}"), [self._fact(c, trace.inputs[c.name]) for c in schema.inputs]
        )
        said = _joined(self._("{}; {}"), [self.outputs(schema, match) for match in matches])
        return self._("{where}: {facts} → {outcome}.").format(
            where=where, facts=facts, outcome=said or self._("nothing")
        )

    def _where(self, schema: TableSchema, rows: tuple[int, ...]) -> str:
        title = self._(schema.title)
        if not rows:
            return self._("No row of {table}").format(table=title)
        if len(rows) == 1:
            return self._("Row {row} of {table}").format(row=rows[0], table=title)
        numbers = self._(", ").join(map(str, rows))
        return self._("Rows {rows} of {table}").format(rows=numbers, table=title)

    def conditions(self, schema: TableSchema, conditions: Mapping[str, Condition]) -> str:
        """The conditions in the order of the table's columns; semicolons where commas list."""
        columns = [column for column in schema.inputs if column.name in conditions]
        said = [self.condition(column, conditions[column.name]) for column in columns]
        lists = any(self._(", ") in part for part in said)
        return _joined(self._("{}; {}") if lists else self._("{}, {}"), said) or self._("any case")

    def condition(self, column: Column, condition: Condition) -> str:
        """One column's condition: "not received or damaged", "worth at least 500.00 USD"."""
        if isinstance(condition, Choice):
            return self._choice(column, condition)
        return self._interval(column, condition)

    def outputs(self, schema: TableSchema, outputs: Outputs) -> str:
        """The outputs, without those that another output makes moot."""
        said: list[str] = []
        for column in schema.outputs:
            if column.moot_when and outputs[column.moot_when[0]] == column.moot_when[1]:
                continue
            value = self.value(column, outputs[column.name])
            if column.joined:
                value = self._("{what} {moment}").format(what=said.pop(), moment=value)
            said.append(value)
        return _joined(self._("{}, {}"), said)

    def value(self, column: Column, value: Value) -> str:
        """One value in its column's phrase: "full refund", "delivery within 60 days"."""
        if column.kind is Kind.ENUM:
            return self._says(column, self._word(column, value) or str(value))
        return self._word(column, value) or self._says(column, self._bare(column, value))

    def _word(self, column: Column, key: Value) -> str:
        return self._(column.words[key]) if key in column.words else ""

    def _says(self, column: Column, what: str) -> str:
        return what if column.says == "{}" else self._(column.says).format(what)

    def _choice(self, column: Column, condition: Choice) -> str:
        if column.kind is Kind.FLAG:
            return self._either([self.value(column, v) for v in condition.values])
        say = self._open if column.kind is Kind.OPEN else partial(self._word, column)
        return self._says(column, self._either([say(v) or str(v) for v in condition.values]))

    def _open(self, value: Value) -> str:
        return self._("any other") if fold(str(value)) == OTHER else str(value)

    def _either(self, words: Sequence[str]) -> str:
        if len(words) == 1:
            return words[0]
        return self._("{} or {}").format(self._(", ").join(words[:-1]), words[-1])

    def _interval(self, column: Column, interval: Interval) -> str:
        low, high = interval.low, interval.high
        if high is None:
            key, what = f">= {low}", self._from(column, low)
        elif low is None or low == column.lowest != high:
            key, what = f"<= {high}", self._up_to(column, high)
        elif low == high:
            return self.value(column, low)
        else:
            key = f"{low} - {high}"
            start = str(low) if column.kind is Kind.DAYS else self._bare(column, low)
            what = self._("{} to {}").format(start, self._bare(column, high))
        return self._word(column, key) or self._says(column, what)

    def _from(self, column: Column, low: int | None) -> str:
        if low is None:
            return self._("any")
        if self._reads_better(column, low - 1, low):
            return self._("over {}").format(self._bare(column, low - 1))
        return self._("at least {}").format(self._bare(column, low))

    def _up_to(self, column: Column, high: int) -> str:
        if self._reads_better(column, high + 1, high):
            return self._("under {}").format(self._bare(column, high + 1))
        return self._("at most {}").format(self._bare(column, high))

    def _reads_better(self, column: Column, neighbour: int, bound: int) -> bool:
        """`under 500.00 USD` rather than `at most 499.99 USD`."""
        return column.kind is Kind.MONEY and neighbour % 100 == 0 and bound % 100 != 0

    def _bare(self, column: Column, value: Value) -> str:
        if column.kind is Kind.MONEY:
            return str(Money(int(value), self.rates.reference))
        if column.kind is Kind.DAYS:
            return self._days(int(value))
        if column.kind is Kind.DURATION:
            hours = int(value)
            whole_days = hours >= IN_DAYS and hours % 24 == 0
            return self._days(hours // 24) if whole_days else self._hours(hours)
        return f"{value}%" if column.kind is Kind.PERCENT else str(value)

    def _days(self, number: int) -> str:
        return (self._("{} day") if abs(number) == 1 else self._("{} days")).format(number)

    def _hours(self, number: int) -> str:
        return (self._("{} hour") if number == 1 else self._("{} hours")).format(number)

    def _fact(self, column: Column, fact: Fact) -> str:
        if isinstance(fact, Money):
            return self._says(column, self._money(fact))
        if column.kind is Kind.OPEN:
            return self._says(column, str(fact) or self._("nothing given"))
        if column.kind is Kind.DAYS and int(fact) <= 0 and "<= 0" in column.words:
            return self._word(column, "<= 0")
        return self.value(column, fact)

    def _money(self, money: Money) -> str:
        reference = self.rates.reference
        if money.currency == reference:
            return str(money)
        return f"{money} ({Money(self.rates.to_reference(money), reference)})"


def _joined(template: str, parts: Sequence[str]) -> str:
    """The parts, each put after those before it by `template` ("{}, {}"); "" of none."""
    return reduce(template.format, parts) if parts else ""
