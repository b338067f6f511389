import pytest

from backoffice.common.errors import Invalid, NotFound
from backoffice.common.money import Money
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.evaluation import Trace
from backoffice.rulebook.engine.rates import CurrencyWithoutRate
from tests.rulebook.engine.tables import document, row, schema

BOOK = Rulebook.load(
    document(row(7, price=">= 5 USD", land="BR"), row(9), rates={"EUR": "1.1"}),
    3,
    {"toy": schema()},
)
FACTS = {
    "colour": "RED",
    "land": " br",
    "hurry": False,
    "late": -4,
    "wait": 0,
    "price": Money(500, "EUR"),
}


def test_evaluate_returns_outputs_and_trace():
    evaluation = BOOK.evaluate("toy", FACTS)
    assert evaluation.outputs == {"size": 7}
    assert evaluation.trace == Trace(3, "toy", (1,), FACTS)
    assert evaluation.number("size") == 7


def test_evaluate_keeps_its_outputs_from_being_changed():
    with pytest.raises(TypeError):
        BOOK.evaluate("toy", FACTS).outputs["size"] = 8


@pytest.mark.parametrize("reader", ["text", "flag"])
def test_evaluation_refuses_an_output_of_another_type(reader):
    with pytest.raises(TypeError, match=r"toy\.size is not a"):
        getattr(BOOK.evaluate("toy", FACTS), reader)("size")


@pytest.mark.parametrize(
    ("name", "fact", "message"),
    [
        ("colour", "PINK", "toy: colour must be one of RED, BLUE, GREEN, not 'PINK'."),
        ("colour", None, "toy: colour must be one of RED, BLUE, GREEN, not None."),
        ("land", None, "toy: land must be a text, not None."),
        ("hurry", 1, "toy: hurry must be true or false, not 1."),
        ("late", True, "toy: late must be a whole number, not True."),
        ("late", 1.0, "toy: late must be a whole number, not 1.0."),
        ("wait", -1, "toy: wait must be a whole number of at least 0, not -1."),
        ("price", 500, "toy: price must be an amount of at least 0, not 500."),
        ("mood", "x", "toy has no input 'mood'; it has colour, land, hurry, late, wait, price."),
    ],
)
def test_evaluate_refuses_a_fact(name, fact, message):
    with pytest.raises(Invalid) as refused:
        BOOK.evaluate("toy", FACTS | {name: fact})
    assert (refused.value.message, refused.value.field) == (message, name)


def test_evaluate_refuses_negative_money():
    with pytest.raises(Invalid, match="price must be an amount of at least 0"):
        BOOK.evaluate("toy", FACTS | {"price": Money(-1, "USD")})


def test_evaluate_refuses_a_missing_input():
    with pytest.raises(Invalid, match="toy needs the input colour"):
        BOOK.evaluate("toy", {k: v for k, v in FACTS.items() if k != "colour"})


def test_evaluate_refuses_a_currency_without_a_rate():
    with pytest.raises(CurrencyWithoutRate) as refused:
        BOOK.evaluate("toy", FACTS | {"price": Money(1, "GBP")})
    assert refused.value.field == "price"


def test_evaluate_refuses_an_unknown_table():
    with pytest.raises(NotFound, match="Version 3 of the rulebook has no table 'tyo'"):
        BOOK.evaluate("tyo", FACTS)


def test_trace_survives_its_json():
    trace = BOOK.evaluate("toy", FACTS).trace
    assert Trace.from_json(trace.to_json()) == trace
