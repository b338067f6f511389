"""The values of an input that a table can tell apart: what to vary to see what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from backoffice.rulebook.engine.axes import make_axis
from backoffice.rulebook.engine.columns import Fact
from backoffice.rulebook.engine.conditions import Condition
from backoffice.rulebook.engine.rows import Outputs
from backoffice.rulebook.engine.table import CompiledTable


@dataclass(frozen=True, slots=True)
class Cell:
    """One value (or run of numbers) of an input, and a fact that lies in it."""

    condition: Condition
    example: Fact


@lru_cache(maxsize=256)
def cells(table: CompiledTable, column: str) -> tuple[Cell, ...]:
    """Every cell of the input `column` of `table`, as its own rows cut it. Not for money."""
    known = next(c for c in table.schema.inputs if c.name == column)
    conditions = [row.conditions[column] for row in table.rows if column in row.conditions]
    axis = make_axis(known, conditions)
    return tuple(Cell(axis.condition(1 << i), axis.example(i)) for i in range(axis.size))


def with_changed(
    table: CompiledTable, inputs: Mapping[str, Fact], changes: Mapping[str, Fact]
) -> Outputs:
    """What a FIRST `table` would say, were some inputs others."""
    return table.evaluate({**inputs, **changes}).outputs
