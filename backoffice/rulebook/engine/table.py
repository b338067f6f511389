"""A table compiled: a bisect or dict get per input, then one lookup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from backoffice.common.errors import Invalid
from backoffice.rulebook.engine.axes import Axis, make_axis, refusal
from backoffice.rulebook.engine.cells import Grid, members
from backoffice.rulebook.engine.columns import Fact, Hit, TableSchema
from backoffice.rulebook.engine.evaluation import Evaluation, Trace
from backoffice.rulebook.engine.rates import CurrencyWithoutRate, Rates
from backoffice.rulebook.engine.rows import Outputs, Row

# A COLLECT table may have one group of rows for each cell, so its limit is lower.
MAX_CELLS = {Hit.FIRST: 1_000_000, Hit.COLLECT: 10_000}
MAX_VALUES = 5_000  # of one column, named or cut by its thresholds
Match = tuple[tuple[int, ...], tuple[Outputs, ...]]


class Layout:
    """Where a table's rows lie on its grid: the material of the checks and of the lookup."""

    def __init__(self, schema: TableSchema, rows: Sequence[Row]) -> None:
        self.schema = schema
        self.rows = rows
        self.axes: list[Axis] = [
            make_axis(c, [r.conditions[c.name] for r in rows if c.name in r.conditions])
            for c in schema.inputs
        ]
        self.grid = Grid.of([axis.size for axis in self.axes])

    @cached_property
    def sets(self) -> list[tuple[int, ...]]:
        """Each row's set of cells on every axis."""
        return [
            tuple(
                axis.cells(row.conditions[axis.column.name])
                if axis.column.name in row.conditions
                else (1 << axis.size) - 1
                for axis in self.axes
            )
            for row in self.rows
        ]

    @cached_property
    def groups(self) -> dict[tuple[int, ...], int]:
        """Indices of matching rows -> the cells where just these match (FIRST: at most one)."""
        groups: dict[tuple[int, ...], int] = {(): self.grid.everything}
        for i, sets in enumerate(self.sets):
            cells = self.grid.spread(sets)
            split: dict[tuple[int, ...], int] = {}
            for matched, region in groups.items():
                inside = 0 if matched and self.schema.hit is Hit.FIRST else region & cells
                if inside:
                    split[(*matched, i)] = inside
                if region != inside:
                    split[matched] = region ^ inside
            groups = split
        return groups


class CompiledTable:
    """One checked table of one version, ready to evaluate. Immutable."""

    def __init__(self, layout: Layout, rates: Rates, version: int) -> None:
        self.schema = layout.schema
        self.rows = tuple(layout.rows)
        self.version = version
        self._name = self.schema.name
        self._locators = [
            (axis.column.name, axis.locator(stride, rates))
            for axis, stride in zip(layout.axes, layout.grid.strides, strict=True)
        ]
        self._cells = self._lookup(layout)

    def _lookup(self, layout: Layout) -> list[Match]:
        cells: list[Match] = [((), ())] * layout.grid.size
        for matched, region in layout.groups.items():
            rows = [self.rows[i] for i in matched]
            match = (tuple(r.number for r in rows), tuple(r.outputs for r in rows))
            for cell in members(region):
                cells[cell] = match
        return cells

    def evaluate(self, inputs: Mapping[str, Fact]) -> Evaluation:
        """The outputs for `inputs`, which must hold every input column and nothing else.

        Raises Invalid naming the input at fault, or CurrencyWithoutRate.
        """
        cell = 0
        try:
            for name, locate in self._locators:
                cell += locate(inputs[name])
        except CurrencyWithoutRate as error:
            error.field = name
            raise
        except (KeyError, TypeError, AttributeError) as error:
            raise self._refuse(inputs) from error
        if len(inputs) != len(self._locators):
            raise self._refuse(inputs)
        rows, matches = self._cells[cell]
        return Evaluation(matches, Trace(self.version, self._name, rows, inputs))

    def _refuse(self, inputs: Mapping[str, Fact]) -> Invalid:
        columns = {column.name: column for column in self.schema.inputs}
        for name in inputs:
            if name not in columns:
                known = ", ".join(columns)
                return Invalid(f"{self._name} has no input {name!r}; it has {known}.", field=name)
        for name, column in columns.items():
            if name not in inputs:
                return Invalid(f"{self._name} needs the input {name}.", field=name)
            if problem := refusal(column, inputs[name]):
                return Invalid(f"{self._name}: {problem}.", field=name)
        return Invalid(f"{self._name} cannot place these inputs.")
