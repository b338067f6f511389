"""What callers send. Whether it is possible now, the verbs say; here only its shape is checked."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backoffice.common.api.fields import Amount, Moment, StrictSerializer, Text
from disputes.enums import DenyReason, EvidenceType, Party, Reason, Stage, Status, SubReason
from disputes.models import Evidence
from disputes.verbs.files import MAX_AT_ONCE
from disputes.verbs.messages import MAX_LENGTH

MAX_LINES = 200
SIDES = [(side.value, side.label) for side in (Party.BUYER, Party.SELLER)]


class Ref(Text):
    """The marketplace's own id of something."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, **options)


class NewDispute(StrictSerializer):
    """A buyer's claim. Without `lines` on the whole order, without `requested_amount` all of it."""

    order = Ref(help_text="The order's `external_id`, as it was fed.")
    buyer = Ref(help_text="The buyer's `external_id`: the one who placed the order.")
    reason = serializers.ChoiceField(Reason.choices)
    sub_reason = serializers.ChoiceField(
        SubReason.choices,
        required=False,
        help_text="Required for, and only for, MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED.",
    )
    lines = serializers.ListField(
        child=Ref(),
        required=False,
        min_length=1,
        max_length=MAX_LINES,
        help_text="The `external_id` of each line of the order that is claimed.",
    )
    requested_amount = Amount(required=False)
    note = Text(required=False, max_length=MAX_LENGTH, help_text="Becomes the first message.")


class As(StrictSerializer):
    """For whom the caller acts."""

    def get_fields(self) -> dict[str, Any]:
        """`as` is a word of Python's, so it cannot be declared as the other fields are."""
        party = serializers.ChoiceField(
            SIDES,
            required=False,
            help_text="For whom you act. Required where your key may act for both; else known.",
        )
        return {**super().get_fields(), "as": party}


class Files(serializers.ListField):
    """Files that the caller uploaded to the case, by id."""

    def __init__(self, **options: Any) -> None:
        told = "Files you uploaded to the case, by `id`."
        options = {"required": False, "max_length": MAX_AT_ONCE, "help_text": told, **options}
        super().__init__(child=Ref(), **options)


class NewMessage(As):
    """A message to the other side and to staff: at least one of `message` and `files`."""

    message = Text(required=False, max_length=MAX_LENGTH, source="body")
    files = Files()


class AcceptClaim(As):
    """The seller grants what was requested; his words and files with it become a message."""

    note = Text(required=False, max_length=MAX_LENGTH)
    files = Files()


class Deny(As):
    """The seller denies the claim."""

    reason = serializers.ChoiceField(DenyReason.choices)
    note = Text(max_length=MAX_LENGTH)


class Escalate(As):
    """Ask the marketplace to decide."""

    note = Text(max_length=MAX_LENGTH)


class Withdraw(As):
    """The buyer takes the claim back."""


class NewEvidence(As):
    """At least one of `note`, `tracking_number` and `files`."""

    evidence_type = serializers.ChoiceField(EvidenceType.choices)
    note = Text(required=False, max_length=MAX_LENGTH)
    carrier = Text(required=False, max_length=Evidence._meta.get_field("carrier").max_length)
    tracking_number = Text(
        required=False, max_length=Evidence._meta.get_field("tracking_number").max_length
    )
    files = Files()


class Read(As):
    """The side has read the messages, up to one or all of them."""

    message_id = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="Up to this one; else all."
    )


class SeenBy(As):
    """Whose view of the case is wanted."""


class DisputeFilters(StrictSerializer):
    """What the list is narrowed by. Times are from `_after` on, up to but without `_before`."""

    status = serializers.ChoiceField(Status.choices, required=False)
    dispute_life_cycle_stage = serializers.ChoiceField(Stage.choices, required=False)
    reason = serializers.ChoiceField(Reason.choices, required=False)
    seller = Ref(required=False, help_text="The seller's `external_id`.")
    buyer = Ref(required=False, help_text="The buyer's `external_id`.")
    order = Ref(required=False, help_text="The order's `external_id`.")
    create_time_after = Moment(required=False)
    create_time_before = Moment(required=False)
    update_time_after = Moment(required=False)
    update_time_before = Moment(required=False)
    due_before = Moment(required=False, help_text="Open cases whose deadline comes before this.")
    open = serializers.BooleanField(required=False, help_text="`true`: not resolved yet.")
