"""Does a tracking number have the form and check digit of a courier's: a hint, no refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backoffice.orders.enums import NumberHint
from backoffice.orders.tracking_numbers.checksums import CHECKSUMS
from backoffice.orders.tracking_numbers.own import known_patterns
from backoffice.orders.tracking_numbers.patterns import (
    ALIASES,
    POSTAL,
    S10,
    Pattern,
    courier_name,
)

_SPACES = re.compile(r"\s+")


def hint(number: str, carrier: str = "") -> NumberHint:
    """What `number`'s form tells: VALID, UNKNOWN_FORMAT, CHECKSUM_WRONG, or NONE for no number.

    With a `carrier` whose numbers we know, only its forms count (a postal operator's include
    UPU S10); else a number that fits any courier is valid. Case and spaces do not matter.
    """
    normal = normalise(number)
    if not normal:
        return NumberHint.NONE
    checks = [_check(pattern, normal) for pattern in _of_carrier(carrier, known_patterns())]
    if True in checks:
        return NumberHint.VALID
    return NumberHint.CHECKSUM_WRONG if False in checks else NumberHint.UNKNOWN_FORMAT


def normalise(number: str) -> str:
    """The number in capitals without spaces."""
    return _SPACES.sub("", number).upper()


def _check(pattern: Pattern, normal: str) -> bool | None:
    """True for a valid number, False for a wrong check digit, None for another form."""
    match = pattern.compiled.fullmatch(normal)
    if match is None:
        return None
    if not pattern.checksum:
        return True
    return CHECKSUMS[pattern.checksum](match["body"]) == match["check"]


def _of_carrier(carrier: str, patterns: Sequence[Pattern]) -> Sequence[Pattern]:
    name = courier_name(carrier)
    wanted = {ALIASES.get(name, name)} | ({S10} if name in POSTAL else set())
    return [p for p in patterns if p.courier in wanted] or patterns
