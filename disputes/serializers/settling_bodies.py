"""What callers send to settle: offers, more time, returns."""

from __future__ import annotations

from rest_framework import serializers

from backoffice.common.api.fields import Amount, Text
from disputes.enums import Acknowledgement, OfferType
from disputes.models import Return
from disputes.serializers.bodies import As, Files
from disputes.verbs.messages import MAX_LENGTH

NUMBER_LENGTH = Return._meta.get_field("tracking_number").max_length
MAX_HOURS = 10_000


class MakeOffer(As):
    """What one side offers the other."""

    offer_type = serializers.ChoiceField(OfferType.choices)
    offer_amount = Amount(
        required=False,
        source="amount",
        help_text="What the buyer would get of the claim in all. Left out for, and only for,"
        " REPLACEMENT_WITHOUT_REFUND.",
    )
    note = Text(required=False, max_length=MAX_LENGTH)
    return_address = Text(
        required=False,
        max_length=MAX_LENGTH,
        help_text="The seller's, for REFUND_WITH_RETURN: where the goods go back to.",
    )


class OfferAnswered(As):
    """An answer to the open offer."""

    offer_id = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The offer's `id`: refused (`offer_changed`) if another is open by now.",
    )


class AcceptOffer(OfferAnswered):
    """Yes to the open offer."""

    note = Text(required=False, max_length=MAX_LENGTH)
    return_address = Text(
        required=False,
        max_length=MAX_LENGTH,
        help_text="The seller's, for REFUND_WITH_RETURN: where the goods go back to.",
    )


class DenyOffer(OfferAnswered):
    """No to the open offer."""

    note = Text(required=False, max_length=MAX_LENGTH)


class AskExtension(As):
    """More time for oneself."""

    hours = serializers.IntegerField(min_value=1, max_value=MAX_HOURS)
    reason = Text(max_length=MAX_LENGTH)


class Extend(As):
    """More time for the other side."""

    hours = serializers.IntegerField(min_value=1, max_value=MAX_HOURS)
    reason = Text(max_length=MAX_LENGTH)


class GiveReturnAddress(As):
    """Where the goods go back to."""

    return_address = Text(max_length=MAX_LENGTH, source="address")


class ShipReturn(As):
    """How the goods went back."""

    carrier = Text(max_length=NUMBER_LENGTH)
    tracking_number = Text(max_length=NUMBER_LENGTH)


class AcknowledgeReturn(As):
    """What came back."""

    acknowledgement_type = serializers.ChoiceField(
        Acknowledgement.choices, source="acknowledgement"
    )
    note = Text(
        required=False, max_length=MAX_LENGTH, help_text="Required for all but ITEM_RECEIVED."
    )
    deduction_percent = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        help_text="For DAMAGED: percent of the refund to keep, up to the rulebook's most, with a"
        " photo among the `files`. Without it staff decide.",
    )
    files = Files()


class AcceptDeduction(As):
    """The buyer takes the refund less the deduction."""


class ContestDeduction(As):
    """The buyer says why the deduction is wrong."""

    note = Text(max_length=MAX_LENGTH)
    files = Files()
