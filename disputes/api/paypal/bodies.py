"""What PayPal's clients send. Whether it is possible now, the verbs say; here only its shape.

Members of PayPal's that mean nothing here are taken and left (`left`); docs/paypal.md lists them.
Those that PayPal does not have either are refused, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from backoffice.common.api.fields import Amount, Moment, StrictSerializer, Text, refuse
from disputes.api.paypal.carriers import OTHER
from disputes.api.paypal.words import AcceptClaimType, Action, Adjudicated, DisputeState
from disputes.enums import Acknowledgement, EvidenceType, OfferType
from disputes.verbs.messages import MAX_LENGTH

TRACKINGS, EVIDENCES, REFUNDS = 10, 100, 100
COUNTRY = re.compile(r"[A-Z]{2}|C2", re.ASCII)
# PayPal's own code for China, beside ISO's.
CHINA = {"C2": "CN"}


class Body(StrictSerializer):
    """A body or a part of one. What is in `left` may be sent, and is not looked at."""

    left: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        """`data` by field. Raises ValidationError."""
        if isinstance(data, Mapping):
            data = {name: value for name, value in data.items() if name not in self.left}
        return super().to_internal_value(data)


class Note(Text):
    """A text of PayPal's length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_LENGTH, **options)


class Value(Amount):
    """Money; PayPal allows an amount without a digit before the point."""

    def to_internal_value(self, data: Any) -> Any:
        """The amount. Raises ValidationError."""
        if isinstance(data, Mapping) and str(data.get("value", "")).startswith("."):
            data = {**data, "value": f"0{data['value']}"}
        return super().to_internal_value(data)


class Country(Text):
    """ISO 3166-1, two letters; or PayPal's own code for China, which becomes ISO's."""

    default_error_messages = {"invalid": "Write two capital letters, such as CN."}

    def to_internal_value(self, data: Any) -> str:
        """ISO's code. Raises ValidationError."""
        code = super().to_internal_value(data)
        if not COUNTRY.fullmatch(code):
            self.fail("invalid")
        return CHINA.get(code, code)


class Address(Body):
    """Where goods go back to, in PayPal's portable form."""

    left = frozenset({"address_details"})

    address_line_1 = Text(max_length=300, required=False, allow_blank=True)
    address_line_2 = Text(max_length=300, required=False, allow_blank=True)
    address_line_3 = Text(max_length=100, required=False, allow_blank=True)
    admin_area_4 = Text(max_length=100, required=False, allow_blank=True)
    admin_area_3 = Text(max_length=100, required=False, allow_blank=True)
    admin_area_2 = Text(max_length=120, required=False, allow_blank=True)
    admin_area_1 = Text(max_length=300, required=False, allow_blank=True)
    postal_code = Text(max_length=60, required=False, allow_blank=True)
    country_code = Country()

    def to_internal_value(self, data: Any) -> str:
        """The address as lines of text. Raises ValidationError."""
        parts = super().to_internal_value(data)
        town = " ".join(filter(None, [parts.get("postal_code"), parts.get("admin_area_2")]))
        lines = [parts.get(f"address_line_{n}", "") for n in (1, 2, 3)]
        lines += [parts.get("admin_area_4", ""), parts.get("admin_area_3", ""), town]
        lines += [parts.get("admin_area_1", ""), parts["country_code"]]
        return "\n".join(filter(None, lines))


class TrackingInfo(Body):
    """A parcel's number. `carrier_name_other` names a carrier that PayPal has no word for."""

    carrier_name = Text(max_length=60)
    carrier_name_other = Text(max_length=60, required=False)
    tracking_url = Text(max_length=500, required=False)
    tracking_number = Text(max_length=60)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An OTHER carrier has a name. Raises ValidationError."""
        if attrs["carrier_name"] == OTHER and not attrs.get("carrier_name_other"):
            refuse("carrier_name_other", "Name the carrier.", "required")
        return attrs


class EvidenceInfo(Body):
    """Parcels, and refunds made elsewhere."""

    tracking_info = serializers.ListField(
        child=TrackingInfo(), required=False, min_length=1, max_length=TRACKINGS
    )
    refund_ids = serializers.ListField(
        child=Text(max_length=255), required=False, min_length=1, max_length=REFUNDS
    )


class DocumentName(Body):
    """Which of the files sent along belongs to a piece of evidence."""

    left = frozenset({"url"})

    name = Text(max_length=2000)


class Evidence(Body):
    """One piece of evidence."""

    left = frozenset({"source", "date", "item_type", "action_info", "dispute_life_cycle_stage"})

    evidence_type = serializers.ChoiceField(EvidenceType.choices)
    evidence_info = EvidenceInfo(required=False)
    documents = serializers.ListField(
        child=DocumentName(), required=False, min_length=1, max_length=EVIDENCES
    )
    notes = Note(required=False)
    item_id = Text(max_length=255, required=False)


class Evidences(Body):
    """The `input` of provide-evidence and appeal."""

    left = frozenset({"return_address", "return_shipping_address"})

    evidences = serializers.ListField(child=Evidence(), min_length=1, max_length=EVIDENCES)


class AcceptClaim(Body):
    """The `input` of accept-claim."""

    left = frozenset(
        {"accept_claim_reason", "invoice_id", "return_shipping_address", "return_shipment_info"}
    )

    note = Note(required=False)
    accept_claim_type = serializers.ChoiceField(AcceptClaimType.choices, required=False)
    refund_amount = Value(required=False)

    def validate_accept_claim_type(self, value: str) -> str:
        """Only a full refund is accepted at once; anything less needs the buyer's yes."""
        if value != AcceptClaimType.REFUND:
            refuse_choice("To grant less, or against a return, make an offer.")
        return value


class Message(Body):
    """The `input` of send-message."""

    message = Note(required=False)


class SupportingInfo(Body):
    """The `input` of provide-supporting-info."""

    notes = Note(required=False)


class AcknowledgeReturn(Body):
    """The `input` of acknowledge-return-item."""

    note = Note(required=False)
    acknowledgement_type = serializers.ChoiceField(Acknowledgement.choices)
    # Ours: PayPal has no word for what a seller keeps of the money for a damaged item.
    deduction_percent = serializers.IntegerField(required=False, min_value=0, max_value=100)
    evidences = serializers.ListField(
        child=Evidence(), required=False, min_length=1, max_length=EVIDENCES
    )


class Escalate(Body):
    """Ask the marketplace to decide."""

    left = frozenset({"buyer_escalation_reason"})

    note = Note()


class MakeOffer(Body):
    """What one side offers the other."""

    left = frozenset({"invoice_id"})

    note = Note()
    offer_type = serializers.ChoiceField(OfferType.choices)
    offer_amount = Value(required=False)
    return_shipping_address = Address(required=False)


class AcceptOffer(Body):
    """Yes to an offer."""

    note = Note(required=False)


class DenyOffer(Body):
    """No to an offer."""

    note = Note()


class Adjudicate(Body):
    """In whose favour staff are to decide."""

    adjudication_outcome = serializers.ChoiceField(Adjudicated.choices)


class RequireEvidence(Body):
    """Whom staff are to ask."""

    action = serializers.ChoiceField(Action.choices)


class PatchOperation(Body):
    """One step of a JSON patch."""

    op = serializers.ChoiceField(["add", "remove", "replace", "move", "copy", "test"])
    path = Text(max_length=500, required=False, allow_blank=True)
    value = serializers.JSONField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python's, so it cannot be declared as the others are."""
        return {**super().get_fields(), "from": Text(max_length=500, required=False)}


class Patch(Body):
    """A JSON patch: a list of steps."""

    operations = serializers.ListField(child=PatchOperation(), min_length=1, max_length=20)


class CommunicationDetails(Body):
    """What a seller tells the buyer on where to turn."""

    left = frozenset({"time_posted"})

    email = Text(max_length=254, required=False)
    note = Note()


# What PayPal's specification writes for "none": clients made from it send these words.
DEFAULTS = {"start_time": "Current date and time"}


class Filters(StrictSerializer):
    """What a list is narrowed to."""

    start_time = Moment(required=False)
    disputed_transaction_id = Text(max_length=255, required=False)
    dispute_state = Text(max_length=2000, required=False)
    update_time_before = Moment(required=False)
    update_time_after = Moment(required=False)

    def to_internal_value(self, data: Any) -> Any:
        """The filters given. Raises ValidationError."""
        given = {name: value for name, value in data.items() if DEFAULTS.get(name) != value}
        return super().to_internal_value(given)

    def validate_dispute_state(self, value: str) -> list[DisputeState]:
        """One state, or several with commas between. Raises ValidationError."""
        words = value.split(",")
        if unknown := [word for word in words if word not in DisputeState.values]:
            refuse_choice(f"{unknown[0]!r} is none of {', '.join(DisputeState.values)}.")
        return [DisputeState(word) for word in words]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """By time or by transaction, as PayPal has it. Raises ValidationError."""
        if "start_time" in attrs and "disputed_transaction_id" in attrs:
            why = "Narrow by start_time or by disputed_transaction_id, not by both."
            refuse("disputed_transaction_id", why, "invalid_choice")
        return attrs


def refuse_choice(why: str) -> None:
    """Raise the ValidationError of the field that is being validated."""
    raise serializers.ValidationError(why, code="invalid_choice")
