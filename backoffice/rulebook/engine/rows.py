"""A row of a table, parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.rulebook.engine.columns import Value
from backoffice.rulebook.engine.conditions import Condition

Outputs = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: when `conditions` hold (a column left out: any value), `outputs` follow."""

    number: int
    conditions: Mapping[str, Condition]
    outputs: Outputs
    note: str
