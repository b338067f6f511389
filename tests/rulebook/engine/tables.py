"""Small tables for the engine's tests: fixed ones, and random ones with a brute-force reading."""

import itertools
import operator
from typing import Any

from hypothesis import strategies as st

from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import Column, Hit, Kind, TableSchema
from backoffice.rulebook.engine.conditions import parse_condition
from backoffice.rulebook.engine.rates import Rates, parse_rates
from backoffice.rulebook.engine.rows import Row
from backoffice.rulebook.engine.table import Layout

COLUMNS = (
    Column("colour", Kind.ENUM, "", values=("RED", "BLUE", "GREEN")),
    Column("land", Kind.OPEN, "", says="to {}"),
    Column("hurry", Kind.FLAG, "", words={True: "in a hurry", False: "in no hurry"}),
    Column("late", Kind.DAYS, "", says="{} late", lowest=None),
    Column("wait", Kind.DAYS, ""),
    Column("price", Kind.MONEY, "", says="worth {}"),
)
OUTPUTS = (Column("size", Kind.PERCENT, ""),)
RATES: Rates = parse_rates("USD", {"EUR": "1.1", "JPY": "0.007", "KWD": "3.25"})[0]
# Every fact that random thresholds (0 to 4) can tell apart, and some between.
FACTS: dict[str, list[Any]] = {
    "colour": ["RED", "BLUE", "GREEN"],
    "land": ["BR", "ru", "DE", "other", ""],
    "hurry": [True, False],
    "late": list(range(-2, 7)),
    "wait": list(range(7)),
    "price": [Money(minor, "USD") for minor in range(0, 600, 50)]
    + [Money(minor, "USD") for minor in (99, 101, 199, 201, 299, 301, 399, 401)]
    + [Money(91, "EUR"), Money(286, "JPY"), Money(1230, "KWD")],
}
COMPARE = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


def schema(inputs: tuple[Column, ...] = COLUMNS, hit: Hit = Hit.FIRST) -> TableSchema:
    return TableSchema("toy", "Toy", "", hit, inputs, OUTPUTS)


def document(*rows: dict[str, Any], hit: str = "FIRST", **head: Any) -> dict[str, Any]:
    table = {"name": "toy", "hit": hit, "rows": list(rows)}
    return {"name": "Toys", "reference_currency": "USD", "tables": [table], **head}


def row(size: int = 1, **when: Any) -> dict[str, Any]:
    return {"when": when, "then": {"size": f"{size}%"}}


def holds(column: Column, written: Any, fact: Any, named: set[str]) -> bool:
    """A condition read by brute force, apart from the engine's own parser."""
    if column.kind is Kind.OPEN:
        land = fact.lower() if fact.lower() in named else "other"
        return land in {name.lower() for name in written}
    if isinstance(written, str):
        number = RATES.to_reference(fact) if isinstance(fact, Money) else fact
        scale = 100 if isinstance(fact, Money) else 1
        parts = [part.split() for part in written.split(" and ")]
        return all(COMPARE[sign](number, int(bound) * scale) for sign, bound, _ in parts)
    return fact in written if isinstance(written, list) else fact is written


def matching(rows: list[dict[str, Any]], columns: tuple[Column, ...], facts: Any) -> list[int]:
    """Indices of the rows whose every condition holds."""
    named = {name.lower() for r in rows for name in r["when"].get("land", [])}
    return [
        i
        for i, candidate in enumerate(rows)
        if all(
            holds(c, candidate["when"][c.name], facts[c.name], named)
            for c in columns
            if c.name in candidate["when"]
        )
    ]


def all_facts(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    product = itertools.product(*(FACTS[c.name] for c in columns))
    return [dict(zip((c.name for c in columns), values, strict=True)) for values in product]


def layout(columns: tuple[Column, ...], rows: list[dict[str, Any]], hit: Hit) -> Layout:
    """The rows laid out without a check, as the engine would have read them."""
    by_name = {c.name: c for c in columns}
    parsed = [
        Row(
            number,
            {name: parse_condition(by_name[name], w, "USD") for name, w in r["when"].items()},
            {"size": int(r["then"]["size"].rstrip("%"))},
            "",
        )
        for number, r in enumerate(rows, 1)
    ]
    return Layout(schema(columns, hit), parsed)


def _number(unit: str) -> st.SearchStrategy[str]:
    bound = st.integers(0, 4)
    one = st.builds(lambda sign, n: f"{sign} {n} {unit}", st.sampled_from([*COMPARE]), bound)
    span = st.builds(lambda n, k: f">= {min(n, k)} {unit} and <= {max(n, k)} {unit}", bound, bound)
    # A condition that holds for no number is refused when it is read.
    return (one | span).filter(lambda text: text != f"< 0 {unit}")


def _subset(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, unique=True)


CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "colour": _subset(["RED", "BLUE", "GREEN"]),
    "land": _subset(["BR", "ru", "other"]),
    "hurry": st.booleans(),
    "late": _number("days"),
    "wait": _number("days"),
    "price": _number("USD"),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[Column, ...], list[dict[str, Any]]]:
    """Two or three columns and up to six rows."""
    columns = tuple(
        draw(st.lists(st.sampled_from(COLUMNS), min_size=2, max_size=3, unique_by=lambda c: c.name))
    )
    when = st.fixed_dictionaries({}, optional={c.name: CONDITIONS[c.name] for c in columns})
    rows = draw(st.lists(st.builds(lambda w, s: row(s, **w), when, st.integers(1, 3)), max_size=6))
    return columns, rows
