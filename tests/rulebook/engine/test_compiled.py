"""The compiled lookup and the checks, held against brute force over random small tables."""

from itertools import combinations

from hypothesis import given
from hypothesis import settings as hypothesis_settings

from backoffice.rulebook.engine.checks import MAX_CROSSINGS, check_layout
from backoffice.rulebook.engine.columns import Hit
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import CompiledTable
from tests.rulebook.engine import tables
from tests.rulebook.engine.tables import RATES, all_facts, layout, matching

MANY = hypothesis_settings(max_examples=4 * hypothesis_settings().max_examples)


@MANY
@given(tables.tables())
def test_first_finds_the_first_matching_row(table):
    columns, rows = table
    compiled = CompiledTable(layout(columns, rows, Hit.FIRST), RATES, 1)
    for facts in all_facts(columns):
        expected = tuple(i + 1 for i in matching(rows, columns, facts)[:1])
        assert compiled.evaluate(facts).trace.rows == expected


@MANY
@given(tables.tables())
def test_collect_finds_every_matching_row_in_order(table):
    columns, rows = table
    compiled = CompiledTable(layout(columns, rows, Hit.COLLECT), RATES, 1)
    for facts in all_facts(columns):
        expected = matching(rows, columns, facts)
        evaluation = compiled.evaluate(facts)
        assert evaluation.trace.rows == tuple(i + 1 for i in expected)
        assert [m["size"] for m in evaluation.matches] == [
            int(rows[i]["then"]["size"].rstrip("%")) for i in expected
        ]


@MANY
@given(tables.tables())
def test_checks_find_what_brute_force_finds(table):
    columns, rows = table
    problems = check_layout(layout(columns, rows, Hit.FIRST), Speaker(RATES), complete=True)
    matches = [tuple(matching(rows, columns, facts)) for facts in all_facts(columns)]
    found = {
        "gap": any("gap" in p.message for p in problems),
        "unreachable": {p.row for p in problems if "can never match" in p.message},
    }
    reached = {m[0] + 1 for m in matches if m}
    assert found == {
        "gap": () in matches,
        "unreachable": {i + 1 for i in range(len(rows))} - reached,
    }


@MANY
@given(tables.tables())
def test_crossings_are_those_brute_force_finds(table):
    columns, rows = table
    problems = check_layout(layout(columns, rows, Hit.FIRST), Speaker(RATES), complete=True)
    matches = [set(matching(rows, columns, facts)) for facts in all_facts(columns)]
    crossing = []
    for i, j in combinations(range(len(rows)), 2):
        either = [m & {i, j} for m in matches if m & {i, j}]
        crosses = {i} in either and {j} in either
        decided = any(min(m) == i and j in m for m in matches if m)
        reached = any(min(m) == j for m in matches if m)
        if crosses and decided and reached and rows[i]["then"] != rows[j]["then"]:
            crossing.append((j + 1, f"crosses row {i + 1},"))
    found = [p for p in problems if "crosses" in p.message]
    assert [(p.row, p.message[: p.message.index(",") + 1]) for p in found] == sorted(
        crossing[:MAX_CROSSINGS]
    )
