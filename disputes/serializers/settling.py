"""How the two sides settle, as it is shown: offers, returns, and how long was waited on whom."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backoffice.common.api.fields import Amount, AmountOf
from backoffice.common.money import Money
from disputes.enums import (
    Acknowledgement,
    BorneBy,
    OfferAnswer,
    OfferType,
    Party,
    ReturnResult,
)
from disputes.lifecycle import Waiting
from disputes.models import Offer
from disputes.queries.waits import Wait
from disputes.serializers.bodies import SIDES


class OfferOut(serializers.Serializer[Any]):
    """An offer of one side to the other; at most one, the last, has no answer yet."""

    id = serializers.IntegerField(help_text="For accept-offer and deny-offer: this one, no other.")
    offered_by = serializers.ChoiceField(SIDES, source="by")
    offer_type = serializers.ChoiceField(OfferType.choices)
    offer_amount = serializers.SerializerMethodField(
        help_text="What the buyer would get of the claim in all; null for a replacement alone."
    )
    note = serializers.CharField(allow_blank=True)
    return_address = serializers.CharField(allow_blank=True)
    create_time = serializers.DateTimeField(source="at")
    due_time = serializers.DateTimeField(source="due_at", help_text="When it expires.")
    answer = serializers.ChoiceField(OfferAnswer.choices, allow_blank=True)
    answer_time = serializers.DateTimeField(source="answered_at", allow_null=True)

    @extend_schema_field(Amount(allow_null=True))
    def get_offer_amount(self, offer: Offer) -> dict[str, str] | None:
        """The amount, if money was offered."""
        if not offer.amount_minor:
            return None
        return Money(offer.amount_minor, offer.case.currency).to_json()


class ReturnOut(serializers.Serializer[Any]):
    """A return of the goods; at most one, the last, has no result yet."""

    refund_amount = AmountOf(
        "refund_minor",
        "case.currency",
        help_text="What the buyer gets of the claim in all once the goods are back.",
    )
    borne_by = serializers.ChoiceField(BorneBy.choices)
    create_time = serializers.DateTimeField(source="opened_at")
    return_address = serializers.CharField(source="address", allow_blank=True)
    carrier = serializers.CharField(allow_blank=True)
    tracking_number = serializers.CharField(allow_blank=True)
    ship_time = serializers.DateTimeField(source="shipped_at", allow_null=True)
    delivery_time = serializers.DateTimeField(source="delivered_at", allow_null=True)
    acknowledgement_type = serializers.ChoiceField(
        Acknowledgement.choices, source="acknowledgement", allow_blank=True
    )
    acknowledge_time = serializers.DateTimeField(source="acknowledged_at", allow_null=True)
    note = serializers.CharField(allow_blank=True, help_text="The seller's, of what came back.")
    deduction_percent = serializers.IntegerField()
    result = serializers.ChoiceField(ReturnResult.choices, allow_blank=True)
    end_time = serializers.DateTimeField(source="ended_at", allow_null=True)


class WaitedOut(serializers.Serializer[Any]):
    """Whole seconds, for each who was waited for."""

    BUYER = serializers.IntegerField(required=False)
    SELLER = serializers.IntegerField(required=False)
    STAFF = serializers.IntegerField(required=False)


class WaitOut(serializers.Serializer[Any]):
    """A stretch of time in which the case waited; the present one has no end."""

    on = serializers.ListField(child=serializers.ChoiceField(Party.choices))
    what = serializers.ChoiceField(list(Waiting))
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)
    paused_seconds = serializers.SerializerMethodField(
        help_text="By how much pauses (a strike, a holiday, our own outage) moved its deadline."
    )

    def get_paused_seconds(self, wait: Wait) -> int:
        """Whole seconds."""
        return round(wait.paused.total_seconds())
