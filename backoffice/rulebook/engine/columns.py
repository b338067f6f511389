"""What a table's columns are: their kinds, their values, and the words that read them aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from backoffice.common.money import Money

Value = int | str | bool
"""An output as the engine returns it: days, hours, percent, counts are int, an enum is its name."""
Fact = Value | Money
"""An input as the engine takes it: a money column takes Money in any currency with a rate."""
OTHER = "other"
"""In a column of open text: whatever the table names nowhere."""


class Kind(StrEnum):
    """How a column is written, and what the engine makes of it."""

    ENUM = "enum"  # one of a closed list -> str
    OPEN = "open"  # any text; cells are the values named in the table and `other` -> str
    FLAG = "flag"  # true or false -> bool
    DAYS = "days"  # "60 days" -> int, days
    DURATION = "duration"  # "48 hours" or "5 days" -> int, hours
    PERCENT = "percent"  # "100%" -> int
    COUNT = "count"  # 6 -> int
    MONEY = "money"  # "500 USD" -> int, minor units of the reference currency


class Hit(StrEnum):
    """DMN's hit policies: the first row that matches, or every row that matches, in order."""

    FIRST = "FIRST"
    COLLECT = "COLLECT"


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column of a table.

    `says` is the phrase around a value ("{} late"), or around the words of an enum's values ("the
    seller {}"); `words` are an enum's words, and the whole phrases of a flag's two values and of
    some numbers (100 -> "full refund"). `lowest` bounds a number from below, None leaves it open
    (days late are negative before the promise). An output
    is left unsaid where the output named by `moot_when` has that value; a `joined` one follows the
    output before it without a comma ("opens 10 days after" "shipment").
    """

    name: str
    kind: Kind
    about: str
    says: str = "{}"
    values: tuple[str, ...] = ()
    words: Mapping[Value, str] = field(default_factory=dict)
    lowest: int | None = 0
    moot_when: tuple[str, Value] | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which values of the enum `output` mean something for each value of the enum `input`."""

    input: str
    output: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The fixed shape of one table: what it decides, from which inputs, with which outputs.

    A FIRST table may have a `pairing` of an input with an output.
    """

    name: str
    title: str
    about: str
    hit: Hit
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    pairing: Pairing | None = None


Schemas = Mapping[str, TableSchema]
