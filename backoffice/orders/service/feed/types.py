"""The kinds of value in a fed item, each with its limits and its place in the OpenAPI document.

Every check names what is wrong and what to write instead. Nothing is coerced: a number is not a
text, and "1600000000" is not a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.orders.countries import COUNTRIES

# Times outside are typing mistakes, and would overflow when a zone or a window is added.
FIRST_YEAR, LAST_YEAR = 1970, 2199
T = TypeVar("T", bound=date)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NO_NUL = r"^[^\x00]*$"


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or not (match := _MOMENT.fullmatch(value)):
        raise _refusal("invalid_datetime", 'Write a time such as "2026-01-31T18:00:00+08:00".')
    if match[3] is None:
        raise _refusal("naive_datetime", 'Add the offset from UTC, such as "Z" or "+08:00".')
    # Beyond microseconds nothing is kept, as RFC 3339 allows.
    text = value if match[2] is None else value.replace(match[2], match[2][:7])
    return _plausible(datetime.fromisoformat, text.upper()).astimezone(UTC)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _refusal("invalid_date", 'Write a day such as "2026-01-31".')
    return _plausible(date.fromisoformat, value)


def _plausible(read: Callable[[str], T], text: str) -> T:
    try:
        value = read(text)
    except ValueError as exc:
        raise _refusal("invalid_date", "There is no such day or time.") from exc
    if not FIRST_YEAR < value.year < LAST_YEAR:
        raise _refusal("implausible_date", f"The year lies beyond {FIRST_YEAR} to {LAST_YEAR}.")
    return value


def _money(value: Any) -> Money:
    if not isinstance(value, dict) or value.keys() != {"currency_code", "value"}:
        shape = '{"currency_code": "USD", "value": "12.30"}'
        raise _refusal("invalid_amount", f"Write money as {shape}.")
    currency, amount = value["currency_code"], value["value"]
    if not isinstance(currency, str):
        raise _refusal("unknown_currency", "Write an ISO 4217 code such as USD.", "currency_code")
    try:
        money = Money.parse(amount, currency)
    except DomainError as exc:
        raise _refusal(exc.code, exc.message, exc.field or "") from exc
    if money.minor < 0:
        raise _refusal("negative_amount", "An amount is never negative here.", "value")
    return money


def _country(value: Any) -> str:
    if not isinstance(value, str) or (value and value not in COUNTRIES):
        raise _refusal("unknown_country", "Write an ISO 3166 alpha-2 code such as BR.")
    return value


@lru_cache(maxsize=1)
def _zones() -> set[str]:
    return {name for name in available_timezones() if len(name) <= 60}


def _zone(value: Any) -> str:
    if not isinstance(value, str) or value not in _zones():
        raise _refusal("unknown_zone", "Write an IANA time zone such as America/Sao_Paulo.")
    return value


def _refusal(issue: str, detail: str, field: str = "") -> PydanticCustomError:
    # The detail is a template to Pydantic: ours is passed as a value, since it may hold braces.
    return PydanticCustomError(issue, "{detail}", {"detail": detail, "field": field})


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **schema})


def text(limit: int) -> Any:
    """A text of at most `limit` characters, without NUL."""
    return Annotated[str, StringConstraints(max_length=limit, pattern=NO_NUL)]


Ref = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")]
Moment = Annotated[datetime, PlainValidator(_moment), _schema(format="date-time")]
Day = Annotated[date, PlainValidator(_day), _schema(format="date")]
Country = Annotated[str, BeforeValidator(_country), _schema(pattern="^([A-Z]{2})?$")]
Zone = Annotated[str, BeforeValidator(_zone), _schema(examples=["America/Sao_Paulo"])]
Amount = Annotated[
    Money,
    PlainValidator(_money),
    WithJsonSchema(
        {
            "type": "object",
            "required": ["currency_code", "value"],
            "additionalProperties": False,
            "properties": {
                "currency_code": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "value": {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,6})?$"},
            },
        }
    ),
]
