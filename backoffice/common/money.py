"""Money: integer minor units and an ISO 4217 code, always together, never a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid

# ISO 4217's minor-unit exponents that are not 2. (CLDR's display precisions differ; these are law.)
EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
CODES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
    KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI
    UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()
)
MAX_MINOR = 10**15  # far above any order, far below what a 64-bit column holds
_DECIMAL = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,6})?", re.ASCII)


def exponent(currency: str) -> int:
    """Digits after the point in `currency` (ISO 4217): USD 2, JPY 0, KWD 3.

    Raises Invalid for a code that is not ISO 4217's.
    """
    if currency not in CODES:
        raise Invalid(
            _("%r is not an ISO 4217 currency code; use one such as USD.") % (currency,),
            code="unknown_currency",
            field="currency_code",
        )
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: `minor` units (cents, yen, fils) of `currency`. May be zero or negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")
        if self.currency not in CODES:
            exponent(self.currency)  # says what is wrong
        if not -MAX_MINOR <= self.minor <= MAX_MINOR:
            raise Invalid(_("The amount is too large."), code="amount_too_large", field="value")

    @classmethod
    def parse(cls, value: str, currency: str) -> Money:
        """`Money.parse("12.30", "USD")`. Raises Invalid for anything not exact in the currency."""
        digits = exponent(currency)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise Invalid(
                _('Write the amount as a string of digits, such as "12.30".'),
                code="invalid_amount",
                field="value",
            )
        scaled = Decimal(value).scaleb(digits)
        if scaled != int(scaled):
            raise Invalid(
                _("%(currency)s has %(digits)d digits after the point; %(value)s has more.")
                % {"currency": currency, "digits": digits, "value": value},
                code="invalid_amount",
                field="value",
            )
        return cls(int(scaled), currency)

    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def to_json(self) -> dict[str, str]:
        """PayPal's money shape: `{"currency_code": "USD", "value": "12.30"}`."""
        return {"currency_code": self.currency, "value": f"{self.decimal():f}"}

    def __str__(self) -> str:
        return f"{self.decimal():f} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def percent(self, percent: int) -> Money:
        """`percent` of the amount, rounded half up to the minor unit."""
        return Money((self.minor * percent * 2 + 100) // 200, self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Shares by weight that sum exactly, by largest remainder (ties to the earlier share).

        Raises ValueError unless every weight is at least 0 and one is positive.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        shares = [self.minor * w // total for w in weights]
        remainders = [self.minor * w % total for w in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
        for i in by_remainder[: self.minor - sum(shares)]:
            shares[i] += 1
        return [Money(share, self.currency) for share in shares]

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise Invalid(
                _("%(amount)s is not in %(currency)s; amounts must share one currency.")
                % {"amount": other, "currency": self.currency},
                code="currency_mismatch",
                field="currency_code",
            )
        return other.minor
