"""What an evaluation gives back: the outputs, and the trace that says how they came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import Fact
from backoffice.rulebook.engine.rates import money_fact
from backoffice.rulebook.engine.rows import Outputs


@dataclass(frozen=True, slots=True)
class Trace:
    """How a table decided: its version, the rows that matched (from 1) and the inputs it saw.

    `inputs` is the caller's own mapping, not a copy: pass a fresh one to each evaluation.
    """

    version: int
    table: str
    rows: tuple[int, ...]
    inputs: Mapping[str, Fact]

    def to_json(self) -> dict[str, Any]:
        """The trace as decisions store it; money in PayPal's shape."""
        inputs = {k: v.to_json() if type(v) is Money else v for k, v in self.inputs.items()}
        rows = list(self.rows)
        return {"version": self.version, "table": self.table, "rows": rows, "inputs": inputs}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Trace:
        """The trace `to_json` wrote."""
        inputs = {
            k: money_fact(v) if isinstance(v, Mapping) else v for k, v in stored["inputs"].items()
        }
        return cls(stored["version"], stored["table"], tuple(stored["rows"]), inputs)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outputs of every row that matched, in order, and the trace."""

    matches: tuple[Outputs, ...]
    trace: Trace

    @property
    def outputs(self) -> Outputs:
        """The outputs of a FIRST table, where exactly one row matches."""
        return self.matches[0]

    def number(self, output: str) -> int:
        """A days (days), duration (hours) or percent output of a FIRST table."""
        value = self.matches[0][output]
        if type(value) is not int:
            raise TypeError(f"{self.trace.table}.{output} is not a number")
        return value

    def text(self, output: str) -> str:
        """An enum output of a FIRST table."""
        value = self.matches[0][output]
        if not isinstance(value, str):
            raise TypeError(f"{self.trace.table}.{output} is not a text")
        return value

    def flag(self, output: str) -> bool:
        """A flag output of a FIRST table."""
        value = self.matches[0][output]
        if not isinstance(value, bool):
            raise TypeError(f"{self.trace.table}.{output} is not a flag")
        return value
