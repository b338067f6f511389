"""How staff decide, as it is shown: what is proposed, what was decided, appeals."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backoffice.common.actors import ActorKind
from backoffice.common.api.fields import AmountOf
from disputes.enums import AppealOutcome, BorneBy, DecisionCode, Instance, Outcome
from disputes.serializers.bodies import SIDES


class ProposalOut(serializers.Serializer[Any]):
    """A decision that becomes final when the time to comment is over, or the goods are back."""

    refund_amount = AmountOf("row.refund_minor", "row.currency")
    borne_by = serializers.ChoiceField(BorneBy.choices, source="row.borne_by", allow_blank=True)
    return_needed = serializers.BooleanField(source="row.return_needed")
    code = serializers.ChoiceField(DecisionCode.choices, source="row.code", allow_blank=True)
    reason = serializers.CharField(source="row.reason", allow_blank=True)
    texts = serializers.DictField(
        child=serializers.CharField(allow_blank=True), help_text="By side."
    )
    propose_time = serializers.DateTimeField(source="row.proposed_at")
    rule = serializers.CharField(allow_blank=True)


class AppealOut(serializers.Serializer[Any]):
    """A side's appeal; `outcome` is empty until it is decided."""

    appealed_by = serializers.ChoiceField(SIDES, source="party")
    create_time = serializers.DateTimeField(source="at")
    text = serializers.CharField()
    outcome = serializers.ChoiceField(AppealOutcome.choices, allow_blank=True)
    decide_time = serializers.DateTimeField(source="decided_at", allow_null=True)


class DecisionOut(serializers.Serializer[Any]):
    """How the case was decided, and why."""

    instance = serializers.ChoiceField(Instance.choices, source="row.instance")
    appeal_outcome = serializers.ChoiceField(
        AppealOutcome.choices, source="row.appeal_outcome", allow_blank=True
    )
    outcome = serializers.ChoiceField(Outcome.choices, source="row.outcome")
    decide_time = serializers.DateTimeField(source="row.decided_at")
    decided_by = serializers.ChoiceField(list(ActorKind), source="row.decided_by_kind")
    refunded_amount = AmountOf("row.refund_minor", "row.currency")
    kept_amount = AmountOf(
        "row.kept_minor",
        "row.currency",
        help_text="On appeal: what the buyer keeps beyond it, paid in good faith.",
    )
    borne_by = serializers.ChoiceField(BorneBy.choices, source="row.borne_by", allow_blank=True)
    return_needed = serializers.BooleanField(source="row.return_needed")
    code = serializers.ChoiceField(DecisionCode.choices, source="row.code", allow_blank=True)
    reason = serializers.CharField(
        source="row.reason", allow_blank=True, help_text="What the decider wrote to both sides."
    )
    texts = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        help_text="What each side you see for is told, by side, in the language of"
        " Accept-Language.",
    )
    rule = serializers.CharField(
        allow_blank=True,
        help_text="What the rulebook recommended and why, in the language of Accept-Language;"
        " empty where the parties ended it themselves.",
    )
    would_change = serializers.ListField(
        child=serializers.CharField(), help_text="What would have changed it, in sentences."
    )
    trace = serializers.DictField(
        source="row.recommended",
        allow_null=True,
        help_text="The rulebook's version and table, the rows that matched, the inputs they saw.",
    )
