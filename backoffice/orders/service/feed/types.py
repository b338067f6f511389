"""The kinds of value in a fed item, each with its limits and its place in the OpenAPI document.

Every check names what is wrong and what to write instead. Nothing is coerced: a number is not a
text, and "1600000000" is not a time.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.orders.countries import COUNTRIES

# Times outside are typing mistakes, and would overflow when a zone or a window is added.
FIRST_YEAR, LAST_YEAR = 1970, 2199
_MOMENT = (
    r"^(19[7-9]|20[0-9]|21[0-9])[0-9]-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}"
    r"(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NO_NUL = r"^[^\x00]*$"


class MomentSchema:
    """How a time is read: in Rust, for every scan has one and Python takes four times as long.

    What is no such time gets one message, which says all that is asked of it.
    """

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """RFC 3339 with its offset, of a plausible year; kept to the microsecond."""
        text = core_schema.str_schema(strict=True, pattern=_MOMENT)
        read = core_schema.datetime_schema(strict=False, tz_constraint="aware")
        detail = (
            'Write a time with its offset from UTC, such as "2026-01-31T18:00:00+08:00", of the'
            f" years {FIRST_YEAR} to {LAST_YEAR}."
        )
        steps = core_schema.chain_schema([text, read])
        return core_schema.custom_error_schema(
            steps, "invalid_datetime", custom_error_message=detail
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """As OpenAPI has it."""
        return {"type": "string", "format": "date-time"}


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _refusal("invalid_date", 'Write a day such as "2026-01-31".')
    try:
        day = date.fromisoformat(value)
    except ValueError as exc:
        raise _refusal("invalid_date", "There is no such day.") from exc
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refusal("invalid_date", f"The year lies beyond {FIRST_YEAR} to {LAST_YEAR}.")
    return day


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


def _address(value: str) -> str:
    try:
        urlsplit(value)
    except ValueError as exc:
        raise _refusal("invalid_text", "This is no http(s) address.") from exc
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
Url = Annotated[
    str,
    StringConstraints(max_length=500, pattern=r"^(https?://[^\s\x00]+)?$"),
    AfterValidator(_address),
]
Moment = Annotated[datetime, MomentSchema]
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
                "value": {"type": "string", "pattern": r"^[0-9]{1,16}(\.[0-9]{1,6})?$"},
            },
        }
    ),
]
