from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.errors import Invalid
from backoffice.common.money import CODES, MAX_MINOR, Money, exponent

CURRENCY = st.sampled_from(sorted(CODES))
MINOR = st.integers(-MAX_MINOR, MAX_MINOR)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)


@given(MINOR, CURRENCY)
def test_what_is_written_is_what_is_read(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    written = money.to_json()
    assert Money.parse(written["value"], written["currency_code"]) == money


@given(MINOR, CURRENCY)
def test_an_amount_is_written_with_its_currencys_digits(minor: int, currency: str) -> None:
    point = Money(minor, currency).to_json()["value"].partition(".")[2]
    assert len(point) == exponent(currency)


@given(MINOR, CURRENCY, WEIGHTS)
def test_shares_sum_and_stay_within_one_unit(minor: int, currency: str, weights: list[int]) -> None:
    shares = Money(minor, currency).split(weights)
    assert sum(share.minor for share in shares) == minor
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.minor - Decimal(minor) * weight / sum(weights)) < 1


@given(MINOR, WEIGHTS)
def test_no_weight_no_share(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "USD").split([*weights, 0])
    assert shares[-1].minor == 0


@given(st.integers(0, MAX_MINOR), st.integers(0, 100))
def test_a_percentage_is_the_nearest_unit(minor: int, percent: int) -> None:
    share = Money(minor, "USD").percent(percent).minor
    assert abs(share - Decimal(minor) * percent / 100) <= Decimal("0.5")


@given(MINOR, MINOR)
def test_adding_then_taking_away_changes_nothing(a: int, b: int) -> None:
    half = Money(a // 2, "JPY"), Money(b // 2, "JPY")
    assert half[0] + half[1] - half[1] == half[0]


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [("12.30", "USD", 1230), ("12", "JPY", 12), ("1.234", "KWD", 1234), ("-0.5", "EUR", -50)],
)
def test_parse(value: str, currency: str, minor: int) -> None:
    assert Money.parse(value, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("value", "currency", "code"),
    [
        ("12.345", "USD", "invalid_amount"),
        ("1.5", "JPY", "invalid_amount"),
        ("", "USD", "invalid_amount"),
        ("1e3", "USD", "invalid_amount"),
        ("NaN", "USD", "invalid_amount"),
        ("１２", "USD", "invalid_amount"),
        ("1,000.00", "USD", "invalid_amount"),
        (12.5, "USD", "invalid_amount"),
        ("9" * 15, "USD", "amount_too_large"),
        ("1", "usd", "unknown_currency"),
        ("1", "XXX", "unknown_currency"),
    ],
)
def test_parse_refuses(value: str, currency: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Money.parse(value, currency)
    assert refused.value.code == code


@pytest.mark.parametrize("wrong", [1.0, True, "1"])
def test_minor_units_are_whole_numbers(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong, "USD")  # type: ignore[arg-type]


def test_two_currencies_do_not_mix() -> None:
    with pytest.raises(Invalid) as refused:
        Money(1, "USD") + Money(1, "EUR")
    assert refused.value.code == "currency_mismatch"


def test_exponents_are_isos() -> None:
    assert [exponent(code) for code in ("USD", "JPY", "KWD", "CLF", "UGX", "MRU")] == [
        2,
        0,
        3,
        4,
        0,
        2,
    ]
