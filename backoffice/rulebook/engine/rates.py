"""A version's own currency rates: exact fractions, and amounts in the reference currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from backoffice.common.errors import DomainError, Invalid
from backoffice.common.money import CODES, Money, exponent
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.units import shown

_RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?", re.ASCII)


class Rates:
    """Reference units per unit of each currency, as exact fractions.

    A converted amount is rounded half up to the reference currency's minor unit, so that the
    amount a reader is shown is the amount the table compared.
    """

    def __init__(self, reference: str, rates: Mapping[str, Fraction]) -> None:
        self.reference = reference
        self.rates = {reference: Fraction(1), **rates}
        # minor * num // den with the half for rounding folded in: two integers per currency.
        self._factors: dict[str, tuple[int, int]] = {}
        for currency, rate in self.rates.items():
            factor = rate * Fraction(10) ** (exponent(reference) - exponent(currency))
            self._factors[currency] = (2 * factor.numerator, factor.denominator)

    def written(self) -> dict[str, str]:
        """Each currency but the reference with its rate as a decimal text, by code."""
        return {
            currency: f"{Decimal(rate.numerator) / Decimal(rate.denominator):f}"
            for currency, rate in sorted(self.rates.items())
            if currency != self.reference
        }

    def to_reference(self, money: Money) -> int:
        """`money` in minor units of the reference currency, rounded half up.

        Raises DomainError `currency_without_rate` when this version has no rate for its currency.
        """
        factor = self._factors.get(money.currency)
        if factor is None:
            raise CurrencyWithoutRate(money.currency, self.reference)
        twice, den = factor
        return (money.minor * twice + den) // (2 * den)


class CurrencyWithoutRate(DomainError):
    """An amount's currency has no rate in the rulebook that judges it."""

    status = 400
    code = "currency_without_rate"

    def __init__(self, currency: str, reference: str) -> None:
        super().__init__(
            gettext(
                "The rulebook has no rate for %(currency)s; publish a version whose [rates] give"
                " %(currency)s in %(reference)s, or send the amount in a currency that has one."
            )
            % {"currency": currency, "reference": reference},
            field="currency_code",
        )


def parse_rates(reference: object, raw: Mapping[str, object]) -> tuple[Rates, list[Problem]]:
    """The rates of a document, and what is wrong with them (bad ones are left out)."""
    problems: list[Problem] = []
    if not isinstance(reference, str) or reference not in CODES:
        told = gettext("reference_currency %s is no ISO 4217 code") % shown(reference)
        problems.append(_problem(told))
        reference = "USD"
    rates = {}
    for currency, written in raw.items():
        try:
            rates[currency] = _rate(reference, currency, written)
        except ValueError as error:
            problems.append(_problem(str(error)))
    return Rates(reference, rates), problems


def _rate(reference: str, currency: str, written: object) -> Fraction:
    if currency not in CODES:
        raise ValueError(gettext("rates: %s is no ISO 4217 code such as EUR") % shown(currency))
    if currency == reference:
        told = gettext("rates: leave out %s, the reference currency; its rate is 1")
        raise ValueError(told % currency)
    if not isinstance(written, str) or not _RATE.fullmatch(written) or not Fraction(written):
        told = gettext(
            'rates: %(currency)s = %(written)s; write a positive number such as "1.08"'
            " (%(reference)s for one %(currency)s, at most 12 digits after the point)"
        )
        names = {"currency": currency, "written": shown(written), "reference": reference}
        raise ValueError(told % names)
    return Fraction(written)


def _problem(message: str) -> Problem:
    return Problem("", 0, message)


def money_fact(value: object) -> Money:
    """Money from its JSON shape `{"currency_code", "value"}`. Raises Invalid for another shape."""
    if isinstance(value, Mapping) and value.keys() == {"currency_code", "value"}:
        currency, amount = value["currency_code"], value["value"]
        if isinstance(currency, str) and isinstance(amount, str):
            return Money.parse(amount, currency)
    raise Invalid(
        'Write money as {"currency_code": "USD", "value": "12.30"}.', code="invalid_amount"
    )
