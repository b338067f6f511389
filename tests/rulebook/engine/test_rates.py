from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.errors import DomainError, Invalid
from backoffice.common.money import Money
from backoffice.rulebook.engine.rates import Rates, money_fact

RATES = Rates("USD", {"EUR": Fraction("1.1"), "JPY": Fraction("0.007"), "KWD": Fraction("3.25")})


@pytest.mark.parametrize(
    ("amount", "currency", "cents"),
    [
        ("5.00", "USD", 500),
        ("1.00", "EUR", 110),
        ("0.05", "EUR", 6),  # 5.5 cents: half up
        ("0.04", "EUR", 4),
        ("1000", "JPY", 700),
        ("1.000", "KWD", 325),
        ("0.002", "KWD", 1),  # 0.65 cents
        ("0.001", "KWD", 0),
    ],
)
def test_to_reference_converts_by_exponent_and_rounds_half_up(amount, currency, cents):
    assert RATES.to_reference(Money.parse(amount, currency)) == cents


@given(st.integers(0, 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_to_reference_is_within_half_a_cent_of_the_exact_value(minor, currency):
    digits = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    exact = Fraction(minor, 10**digits) * RATES.rates[currency] * 100
    assert Fraction(-1, 2) < RATES.to_reference(Money(minor, currency)) - exact <= Fraction(1, 2)


def test_to_reference_refuses_a_currency_without_a_rate():
    with pytest.raises(DomainError) as refused:
        RATES.to_reference(Money(1, "GBP"))
    assert refused.value.code == "currency_without_rate"
    assert refused.value.message == (
        "The rulebook has no rate for GBP; publish a version whose [rates] give GBP in USD, or"
        " send the amount in a currency that has one."
    )


@pytest.mark.parametrize("shape", [None, 5, {}, {"currency_code": "USD", "value": 5}, "5 USD"])
def test_money_fact_refuses_another_shape(shape):
    with pytest.raises(Invalid):
        money_fact(shape)
