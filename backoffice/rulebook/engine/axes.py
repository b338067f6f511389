"""One input's domain cut into finitely many cells, and the way from a fact to its cell.

A choice has one cell per value (open text: the values the table names, then `other`); a number has
the intervals between all thresholds of its column. A set of cells is an int used as a bitset.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Protocol

from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import OTHER, Column, Fact, Kind, Value
from backoffice.rulebook.engine.conditions import Choice, Condition, Interval
from backoffice.rulebook.engine.rates import Rates
from backoffice.rulebook.engine.units import shown

Locate = Callable[[Fact], int]
"""Fact -> its cell's index times the axis's stride. Raises for a fact outside the domain."""


class Axis(Protocol):
    """One input column of one table, discretised."""

    column: Column
    size: int

    def cells(self, condition: Condition) -> int:
        """The bitset of the cells where `condition` holds."""

    def condition(self, cells: int) -> Condition:
        """The condition that holds in just these cells (of a number: one run of cells)."""

    def neighbours(self, index: int) -> list[list[int]]:
        """Runs of cells by which a set that starts at `index` may grow, nearest first."""

    def example(self, index: int) -> Fact:
        """A fact that lies in this cell; money in minor units of the reference currency."""

    def locator(self, stride: int, rates: Rates) -> Locate:
        """The precompiled way from a fact to its cell."""


def make_axis(column: Column, conditions: Iterable[Condition]) -> Axis:
    """The axis of `column` that tells all of its table's conditions apart."""
    if column.kind in (Kind.ENUM, Kind.OPEN, Kind.FLAG):
        return ChoiceAxis(column, [c for c in conditions if isinstance(c, Choice)])
    return RangeAxis(column, [c for c in conditions if isinstance(c, Interval)])


class ChoiceAxis:
    """Cells of an enum, a flag or an open text."""

    def __init__(self, column: Column, conditions: Iterable[Choice]) -> None:
        self.column = column
        self.labels = self._domain(v for condition in conditions for v in condition.values)
        self.index: dict[Fact, int] = {self._key(label): i for i, label in enumerate(self.labels)}
        self.size = len(self.labels)

    def _domain(self, named: Iterable[Value]) -> list[Value]:
        if self.column.kind is Kind.FLAG:
            return [True, False]
        if self.column.kind is Kind.ENUM:
            return list(self.column.values)
        first_spellings: dict[Value, Value] = {}
        for value in named:
            first_spellings.setdefault(self._key(value), value)
        first_spellings.pop(OTHER, None)
        return [*first_spellings.values(), OTHER]

    def _key(self, value: Value) -> Value:
        return fold(str(value)) if self.column.kind is Kind.OPEN else value

    def cells(self, condition: Condition) -> int:
        assert isinstance(condition, Choice)  # make_axis sorted them
        return sum(1 << i for i in {self.index[self._key(value)] for value in condition.values})

    def condition(self, cells: int) -> Condition:
        return Choice(tuple(v for i, v in enumerate(self.labels) if cells >> i & 1))

    def neighbours(self, index: int) -> list[list[int]]:
        return [[i] for i in range(self.size) if i != index]

    def example(self, index: int) -> Fact:
        return self.labels[index]

    def locator(self, stride: int, rates: Rates) -> Locate:
        offsets = {key: i * stride for key, i in self.index.items()}
        if self.column.kind is Kind.ENUM:
            return offsets.__getitem__
        if self.column.kind is Kind.FLAG:
            return _flag_locator(offsets[True], offsets[False])
        return _open_locator(offsets, offsets[OTHER])


class RangeAxis:
    """Cells of days, hours, percent or money: the intervals between the column's thresholds."""

    def __init__(self, column: Column, conditions: Iterable[Interval]) -> None:
        self.column = column
        cuts = set()
        for condition in conditions:
            if condition.low is not None:
                cuts.add(condition.low)
            if condition.high is not None:
                cuts.add(condition.high + 1)
        # `starts` are where the second and later cells begin; the first begins at `lowest`.
        self.starts = sorted(c for c in cuts if column.lowest is None or c > column.lowest)
        self.size = len(self.starts) + 1

    def cells(self, condition: Condition) -> int:
        assert isinstance(condition, Interval)  # make_axis sorted them
        first = 0 if condition.low is None else bisect_right(self.starts, condition.low)
        high = condition.high
        last = self.size - 1 if high is None else bisect_right(self.starts, high)
        return (1 << last + 1) - (1 << first)

    def condition(self, cells: int) -> Condition:
        first = (cells & -cells).bit_length() - 1
        last = cells.bit_length() - 1
        return Interval(
            self.starts[first - 1] if first else self.column.lowest,
            self.starts[last] - 1 if last < self.size - 1 else None,
        )

    def neighbours(self, index: int) -> list[list[int]]:
        return [list(range(index + 1, self.size)), list(range(index - 1, -1, -1))]

    def example(self, index: int) -> Fact:
        if index:
            return self.starts[index - 1]
        if self.column.lowest is not None:
            return self.column.lowest
        return self.starts[0] - 1 if self.starts else 0

    def locator(self, stride: int, rates: Rates) -> Locate:
        offsets = tuple(i * stride for i in range(self.size))
        if self.column.kind is Kind.MONEY:
            return _money_locator(self.starts, offsets, rates)
        return _number_locator(self.starts, offsets, self.column.lowest)


def fold(text: str) -> str:
    """Open text is compared without its case and outer spaces."""
    return text.strip().casefold()


def refusal(column: Column, fact: object) -> str | None:
    """What is wrong with `fact` as an input of `column`, or None."""
    if column.kind is Kind.ENUM:
        ok, wants = fact in column.values, "one of " + ", ".join(column.values)
    elif column.kind is Kind.FLAG:
        ok, wants = isinstance(fact, bool), "true or false"
    elif column.kind is Kind.OPEN:
        ok, wants = isinstance(fact, str), "a text"
    elif column.kind is Kind.MONEY:
        ok, wants = isinstance(fact, Money) and fact.minor >= 0, "an amount of at least 0"
    else:
        low = column.lowest
        whole = type(fact) is int and (low is None or fact >= low)
        ok, wants = whole, "a whole number" + ("" if low is None else f" of at least {low}")
    return None if ok else f"{column.name} must be {wants}, not {shown(fact)}"


def _flag_locator(yes: int, no: int) -> Locate:
    def locate(fact: Fact) -> int:
        if fact is True:
            return yes
        if fact is False:
            return no
        raise TypeError(fact)

    return locate


def _open_locator(offsets: dict[Fact, int], other: int) -> Locate:
    def locate(fact: Fact) -> int:
        return offsets.get(fact.strip().casefold(), other)  # type: ignore[union-attr]

    return locate


def _number_locator(starts: list[int], offsets: tuple[int, ...], lowest: int | None) -> Locate:
    def locate(fact: Fact) -> int:
        # `True` is an int to isinstance, and never a number of days.
        if type(fact) is not int or (lowest is not None and fact < lowest):
            raise TypeError(fact)
        return offsets[bisect_right(starts, fact)]

    return locate


def _money_locator(starts: list[int], offsets: tuple[int, ...], rates: Rates) -> Locate:
    to_reference = rates.to_reference

    def locate(fact: Fact) -> int:
        if type(fact) is not Money or fact.minor < 0:
            raise TypeError(fact)
        return offsets[bisect_right(starts, to_reference(fact))]

    return locate
