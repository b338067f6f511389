"""Check digits of couriers' numbers, by name.

Each algorithm takes the characters before the check character (capital letters and digits) and
returns the check character they call for.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def gs1(body: str) -> str:
    """GS1's mod 10, weights 3 and 1 from the right: USPS, SSCC-18, FedEx Ground, Canada Post."""
    return str(-sum(map(_product, reversed(body), cycle((3, 1)))) % 10)


def gs1_with_92(body: str) -> str:
    """FedEx SmartPost: the number's leading 92 is left out when printed, but counts."""
    return gs1("92" + body)


def mod10_by_one_and_two(body: str) -> str:
    """UPS: weights 1 and 2 from the right, no digit sums; a letter counts (code - 3) mod 10."""
    return str(-sum(map(_product, reversed(body), cycle((1, 2)))) % 10)


def mod10_by_two_and_one(body: str) -> str:
    """OnTrac: as UPS's with the weights exchanged, over the leading letter too."""
    return str(-sum(map(_product, reversed(body), cycle((2, 1)))) % 10)


def luhn(body: str) -> str:
    """ISO/IEC 7812: weights 2 and 1 from the right, digits of products summed."""
    products = map(_product, reversed(body), cycle((2, 1)))
    return str(-sum(p // 10 + p % 10 for p in products) % 10)


def mod7(body: str) -> str:
    """The number itself modulo 7: DHL Express, airway bills."""
    return str(int(body) % 7)


def mod11_then_10(body: str) -> str:
    """FedEx Express: weights 1, 3, 7 from the right, modulo 11, then 10 becomes 0."""
    return str(sum(map(_product, reversed(body), cycle((1, 3, 7)))) % 11 % 10)


def s10(body: str) -> str:
    """UPU S10: weights 8 6 4 2 3 5 9 7 over eight digits, modulo 11; 10 becomes 0, 11 becomes 5."""
    check = 11 - sum(map(_product, body, (8, 6, 4, 2, 3, 5, 9, 7))) % 11
    return {10: "0", 11: "5"}.get(check, str(check))


def mod37_36(body: str) -> str:
    """ISO/IEC 7064 MOD 37,36: DPD. The check character may be a letter."""
    rest = 36
    for character in body:
        rest = ((rest + ALPHABET.index(character)) % 36 or 36) * 2 % 37
    return ALPHABET[(37 - rest) % 36]


def _product(character: str, weight: int) -> int:
    value = int(character) if character.isdigit() else (ord(character) - 3) % 10
    return value * weight


CHECKSUMS: dict[str, Callable[[str], str]] = {
    f.__name__: f
    for f in (
        gs1,
        gs1_with_92,
        luhn,
        mod7,
        mod10_by_one_and_two,
        mod10_by_two_and_one,
        mod11_then_10,
        mod37_36,
        s10,
    )
}
