"""Serializer fields that refuse what DRF would bend: wrong types, unknown fields, naive times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, NoReturn

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from backoffice.common.errors import DomainError
from backoffice.common.money import Money


class StrictSerializer(serializers.Serializer[Any]):
    """A body or query whose every field is known. Each unknown one is named in the answer."""

    def to_internal_value(self, data: Any) -> Any:
        """`data` by field. Raises ValidationError."""
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            known = ", ".join(self.fields) or "none"
            if unknown:
                why = ErrorDetail(f"There is no such field; known: {known}.", "unknown_field")
                raise ValidationError({str(name): [why] for name in unknown})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A text; a number or a truth value is not one."""

    default_error_messages = {"invalid": "Write a text."}

    def to_internal_value(self, data: Any) -> str:
        """The text as it is. Raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Moment(serializers.DateTimeField):
    """A time with its offset from UTC: without one it is not known which time is meant."""

    default_error_messages = {
        "naive": 'Add the offset from UTC, such as "Z" or "+08:00" (in an address: "%2B08:00").',
    }

    def to_internal_value(self, data: Any) -> datetime:
        """The time; RFC 3339's `t` and `z` may be small. Raises ValidationError."""
        return super().to_internal_value(data.upper() if isinstance(data, str) else data)

    def enforce_timezone(self, value: datetime) -> datetime:
        """`value` in UTC. Raises ValidationError for a naive one."""
        if value.tzinfo is None:
            self.fail("naive")
        return super().enforce_timezone(value)


@extend_schema_field({"type": "string", "pattern": "^[A-Z]{3}$", "example": "USD"})
class _Currency(Text):
    """An ISO 4217 code; `Money` knows which there are."""


@extend_schema_field(
    {"type": "string", "pattern": r"^-?[0-9]{1,16}(\.[0-9]{1,6})?$", "example": "12.30"}
)
class _Value(Text):
    """Digits; `Money` knows how many may stand after the point."""


class Amount(StrictSerializer):
    """Money in PayPal's shape, exact in its currency; `Money` in the code."""

    currency_code = _Currency(help_text="ISO 4217.")
    value = _Value(help_text="A text, with no more digits after the point than the currency has.")

    def to_internal_value(self, data: Any) -> Money:
        """The amount. Raises ValidationError naming `currency_code` or `value`."""
        parts = super().to_internal_value(data)
        try:
            return Money.parse(parts["value"], parts["currency_code"])
        except DomainError as exc:
            refuse(exc.field or "value", exc.message, exc.code)

    def to_representation(self, instance: Money) -> dict[str, str]:
        """The amount as it is sent."""
        return instance.to_json()


@extend_schema_field(Amount)
class AmountOf(serializers.Field[Any, Any, dict[str, str], Any]):
    """A row's column of minor units with its column of the currency, as money."""

    def __init__(self, minor: str, currency: str = "currency", **options: Any) -> None:
        super().__init__(source="*", read_only=True, **options)
        self.parts = attrgetter(minor, currency)

    def to_representation(self, value: Any) -> dict[str, str]:
        """The row's amount as it is sent."""
        return Money(*self.parts(value)).to_json()


class LinkOut(serializers.Serializer[Any]):
    """Something the caller may do now, and how."""

    href = serializers.URLField()
    rel = serializers.CharField(help_text="What it does: `self`, `next`, or a verb.")
    method = serializers.ChoiceField(["GET", "POST"])


def refuse(field: str, why: str, code: str) -> NoReturn:
    """Raise the ValidationError of one field."""
    raise ValidationError({field: [ErrorDetail(why, code)]})
