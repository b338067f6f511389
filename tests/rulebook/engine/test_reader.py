"""What a document is refused for: every problem names its table, its row and the fix."""

import pytest

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Hit
from backoffice.rulebook.engine.document import MAX_BYTES, MAX_ROWS, parse_toml
from backoffice.rulebook.engine.problems import Problem, RulebookError
from tests.rulebook.engine.tables import document, row, schema

TOY = {"toy": schema()}
TOYS = {"toy": schema(hit=Hit.COLLECT)}


def problems_of(written, schemas=TOY):
    with pytest.raises(RulebookError) as refused:
        Rulebook.load(written, 1, schemas)
    return refused.value.problems


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"late": "60 hours"}, 'late is written like "60 days", not \'60 hours\''),
        ({"late": 60}, 'late is compared: write it like ">= X", "< X", ">= X and < Y" or "X", with'
         ' X like "60 days", not 60'),
        ({"late": ">= 4000 days"}, "late must lie between -3650 and 3650 days, not 4000"),
        ({"wait": "< 0 days"}, "wait '< 0 days' holds for no number; mend its bounds"),
        ({"wait": ">= -1 days"}, "wait must lie between 0 and 3650 days, not -1"),
        ({"late": ">= 5 days and < 5 days"},
         "late '>= 5 days and < 5 days' holds for no number; mend its bounds"),
        ({"price": ">= 5 EUR"},
         "price is compared in the reference currency: write the threshold in USD, not EUR"
         " (amounts in EUR are converted by the rates)"),
        ({"price": ">= 5"}, 'price is written like "500 USD", not \'5\''),
        ({"price": ">= 5.001 USD"}, "price: USD has 2 digits after the point; 5.001 has more."),
        ({"price": 5.5}, 'price is compared: write it like ">= X", "< X", ">= X and < Y" or "X",'
         ' with X like "500 USD", not 5.5'),
        ({"hurry": "true"}, "hurry is true or false (no quotes), not 'true'"),
        ({"hurry": 1}, "hurry is true or false (no quotes), not 1"),
        ({"colour": "BLEU"}, "colour has no value 'BLEU'; did you mean 'BLUE'?"),
        ({"colour": ["RED", "RED"]}, "colour names a value twice"),
        ({"colour": []}, "colour lists no value; leave it out to mean any"),
        ({"land": "a\0b"},
         "land is a text of 1 to 100 printable characters, not 'a\\x00b'"),
        ({"land": {"x": 1}}, "land is a text of 1 to 100 printable characters, not {'x': 1}"),
        ({"coulour": "RED"}, "unknown input 'coulour'; did you mean 'colour'?"),
    ],
)  # fmt: skip
def test_load_refuses_a_condition(when, message):
    assert problems_of(document(row(), row(**when))) == [Problem("toy", 2, message)]


@pytest.mark.parametrize(
    ("then", "message"),
    [
        ({"size": "10001%"}, "size must lie between 0 and 10000 %, not 10001"),
        ({"size": "-1%"}, "size must lie between 0 and 10000 %, not -1"),
        ({"size": "50"}, "size is written like \"100%\", not '50'"),
        ({"size": 50}, 'size is written like "100%", not 50'),
        ({"size": "1%", "sise": "1%"}, "unknown output 'sise'; did you mean 'size'?"),
        ({}, "the output 'size' is missing"),
    ],
)
def test_load_refuses_an_output(then, message):
    assert problems_of(document({"then": then})) == [Problem("toy", 1, message)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(colour="RED")], (0, "gap: no row covers BLUE or GREEN (such as colour = BLUE, land ="
          " other, hurry = True, late = 0, wait = 0, price = 0.00 USD); add a row for it")),
        ([row(price=">= 5 USD")], (0, "gap: no row covers worth under 5.00 USD (such as colour ="
          " RED, land = other, hurry = True, late = 0, wait = 0, price = 0.00 USD); add a row for"
          " it")),
        ([row(), row(2)],
         (2, "can never match: row 1 takes all its cases; move it up or drop it")),
        ([row(hurry=True), row(hurry=False), row(2, colour="RED")],
         (3, "can never match: rows 1, 2 take all its cases; move it up or drop it")),
        ([row(colour="RED"), row(2, hurry=True), row(3)],
         (2, "crosses row 1, with another outcome, at: RED, in a hurry; narrow one of them, or put"
             " a row for just that before both")),
    ],
)  # fmt: skip
def test_load_refuses_a_table(rows, expected):
    assert problems_of(document(*rows)) == [Problem("toy", *expected)]


@pytest.mark.parametrize(
    "rows",
    [
        [row(colour="RED", hurry=True), row(2, colour="RED"), row(3)],  # specific before general
        [row(colour="RED"), row(hurry=True), row(3)],  # crossing, but with the same outcome
        [row(4, colour="RED", hurry=True), row(colour="RED"), row(2, hurry=True), row(3)],
    ],
)
def test_load_accepts_overlaps_that_order_does_not_decide(rows):
    assert Rulebook.load(document(*rows), 1, TOY).tables["toy"].rows


def test_load_refuses_a_repeated_row_of_a_collect_table():
    repeated = document(row(colour="RED"), row(), row(colour=["RED"]), hit="COLLECT")
    expected = Problem("toy", 3, "says the same as row 1; remove one of them")
    assert problems_of(repeated, TOYS) == [expected]


def test_load_refuses_a_table_too_large():
    values = [row(land=[f"land {i}" for i in range(1, 99)], price=f"= {i} USD") for i in range(99)]
    days = [row(wait=f"= {i} days", late=f"= {i} days") for i in range(0, 99, 3)]
    [problem] = problems_of(document(*values, *days))
    assert problem.message.startswith("too large: its values and thresholds make ")


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ({"rates": {"EUR": "0"}}, "rates: EUR = '0'; write a positive number"),
        ({"rates": {"EUR": "-1"}}, "rates: EUR = '-1'; write a positive number"),
        ({"rates": {"EUR": 1.08}}, "rates: EUR = 1.08; write a positive number"),
        ({"rates": {"EUR": "1e99999999"}}, "rates: EUR = '1e99999999'; write a positive number"),
        ({"rates": {"USD": "1"}}, "rates: leave out USD, the reference currency; its rate is 1"),
        ({"rates": {"EURO": "1"}}, "rates: 'EURO' is no ISO 4217 code such as EUR"),
        ({"reference_currency": "usd"}, "reference_currency 'usd' is no ISO 4217 code"),
        ({"name": "a\0b"}, "name: must not hold control characters"),
        ({"nmae": "x"}, "unknown key 'nmae'; remove it"),
    ],
)
def test_load_refuses_the_head(head, message):
    [problem] = problems_of(document(row()) | head)
    assert (problem.table, problem.row) == ("", 0)
    assert problem.message.startswith(message)


def test_load_refuses_missing_unknown_and_doubled_tables():
    table = {"name": "toy", "hit": "FIRST", "rows": [row()]}
    written = document() | {"tables": [table, table, {"name": "tyo", "hit": "FIRST"}, 5]}
    assert problems_of(written, {**TOY, "more": schema()}) == [
        Problem("toy", 0, "the table stands twice; join its rows into one"),
        Problem("tyo", 0, "unknown table; did you mean 'toy'?"),
        Problem("", 0, "must be a table of keys and values"),
        Problem("more", 0, "the table is missing; write its rows"),
    ]


def test_load_collects_the_problems_of_all_tables_and_rows():
    rows = [row(late="1 hour"), row(), row(hurry=3, colour="x"), {"than": {}}, row(2)]
    found = problems_of(document(*rows, hit="COLLECT", rates={"XXX": "1"}))
    assert [(p.table, p.row) for p in found] == [
        ("", 0), ("toy", 0), ("toy", 1), ("toy", 3), ("toy", 3), ("toy", 4), ("toy", 4), ("toy", 5)
    ]  # fmt: skip


def test_load_refuses_too_many_rows():
    found = problems_of(document(*[row()] * (MAX_ROWS + 1)))
    assert found == [
        Problem("toy", 0, "rows: List should have at most 500 items after validation, not 501")
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"\xff", "not UTF-8; save the file as UTF-8"),
        (b"name = ", "not TOML: Invalid value (at end of document)"),
        (b"x = " + b"[" * 100_000, "not TOML: nested too deep"),
        (b"#" * (MAX_BYTES + 1), "longer than 1,000,000 bytes; shorten it"),
    ],
)
def test_parse_toml_refuses_what_is_no_toml(source, message):
    with pytest.raises(RulebookError) as refused:
        parse_toml(source)
    assert refused.value.problems == [Problem("", 0, message)]


def test_parse_toml_keeps_decimals_exact():
    assert parse_toml("rates = { EUR = 1.10 }") == {"rates": {"EUR": "1.10"}}


def test_rulebook_error_is_a_problem_document_with_every_problem():
    error = RulebookError([Problem("ruling", 4, "mend it"), Problem("", 0, "name it")])
    assert error.to_problem()["problems"] == [
        {"table": "ruling", "row": 4, "message": "mend it"},
        {"table": "", "row": 0, "message": "name it"},
    ]
    assert error.message == "The rulebook has problems: ruling, row 4: mend it; name it."
