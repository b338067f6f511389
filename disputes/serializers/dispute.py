"""A case as it is shown: in short in lists, in full by itself."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backoffice.common.actors import ActorKind
from backoffice.common.api.fields import AmountOf, LinkOut
from backoffice.files.serializers import FileOut
from backoffice.ledger.serializers import TransferOut
from disputes.enums import BorneBy, EvidenceType, Outcome, Party, Reason, Stage, Status, SubReason
from disputes.lifecycle import PLACES, State, Verb, Waiting, verbs_for
from disputes.models import Case, Evidence
from disputes.queries.cases import waits_on
from disputes.queries.public import PublicCase
from disputes.queries.reading import Unread
from disputes.queries.waits import waited_on
from disputes.serializers.bodies import SIDES
from disputes.serializers.reviewing import AppealOut, DecisionOut, ProposalOut
from disputes.serializers.settling import OfferOut, ReturnOut, WaitedOut, WaitOut
from disputes.verbs.appeals import may_appeal
from disputes.verbs.consent import may_grant


class ExtensionAskedOut(serializers.Serializer[Any]):
    """More time that a side asked for and has not been given."""

    by = serializers.ChoiceField(SIDES, source="extension_asked_by")
    hours = serializers.IntegerField(source="extension_asked_hours")


class WaitingOut(serializers.Serializer[Any]):
    """Whom an open case waits for."""

    on = serializers.ListField(
        child=serializers.ChoiceField(Party.choices), help_text="Who is to act next."
    )
    what = serializers.ChoiceField(list(Waiting), help_text="For what.")
    since = serializers.DateTimeField()
    due_time = serializers.DateTimeField(
        help_text="When silence becomes an answer; of staff, when they are to answer."
    )
    extension_asked = ExtensionAskedOut(
        allow_null=True, help_text="The more time that a side asks for; why is in the timeline."
    )


class UnreadOut(serializers.Serializer[Any]):
    """A number for each side; the other's is left out where you do not see it."""

    BUYER = serializers.IntegerField(required=False)
    SELLER = serializers.IntegerField(required=False)


class DisputeSummary(serializers.Serializer[Any]):
    """A case in a list."""

    dispute_id = serializers.CharField(source="public_id")
    create_time = serializers.DateTimeField(source="filed_at")
    update_time = serializers.DateTimeField(source="updated_at")
    resolve_time = serializers.DateTimeField(source="resolved_at", allow_null=True)
    status = serializers.SerializerMethodField()
    dispute_life_cycle_stage = serializers.SerializerMethodField()
    reason = serializers.ChoiceField(Reason.choices)
    sub_reason = serializers.ChoiceField(SubReason.choices, allow_blank=True)
    order = serializers.CharField(source="order.external_id")
    seller = serializers.CharField(source="seller.external_id")
    buyer = serializers.CharField(source="buyer.external_id")
    requested_amount = AmountOf("requested_minor", help_text="What the buyer claims.")
    credited_amount = AmountOf(
        "credited_minor", help_text="What the marketplace refunded on its own meanwhile."
    )
    refunded_amount = AmountOf("refunded_minor", help_text="What we decided to pay.")
    borne_by = serializers.ChoiceField(BorneBy.choices, allow_blank=True)
    appeal_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when a side may appeal, where one may."
    )
    outcome = serializers.ChoiceField(Outcome.choices, allow_blank=True)
    waiting = serializers.SerializerMethodField()
    unread_messages = serializers.SerializerMethodField(
        help_text="How many messages each side you see for has not read."
    )
    links = serializers.SerializerMethodField(
        help_text="What you may do now with this key, and `self`."
    )

    @extend_schema_field(serializers.ChoiceField(Status.choices))
    def get_status(self, case: Case) -> str:
        """On whom the case waits, in PayPal's word."""
        return str(PLACES[State(case.state)].status)

    @extend_schema_field(serializers.ChoiceField(Stage.choices))
    def get_dispute_life_cycle_stage(self, case: Case) -> str:
        """The stage, in PayPal's word."""
        return str(PLACES[State(case.state)].stage)

    @extend_schema_field(WaitingOut(allow_null=True))
    def get_waiting(self, case: Case) -> dict[str, Any] | None:
        """Whom an open case waits for; null when it is resolved."""
        waiting = PLACES[State(case.state)].waiting
        if waiting is None:
            return None
        at = {"since": case.waiting_since, "due_time": case.expected_by}
        asked = {"extension_asked": case if case.extension_asked_by else None}
        shown = WaitingOut({"on": waits_on(case.state), "what": waiting, **at, **asked})
        return dict(shown.data)

    @extend_schema_field(UnreadOut)
    def get_unread_messages(self, case: Case) -> dict[str, int]:
        """Read beforehand for the whole list; what nobody counted is nothing."""
        counts: dict[int, Unread] = self.context.get("unread", {})
        return counts.get(case.pk) or dict.fromkeys(map(str, self.context.get("readers", ())), 0)

    @extend_schema_field(LinkOut(many=True))
    def get_links(self, case: Case) -> list[dict[str, str]]:
        """`self`, and the verbs that the caller may use now."""
        return [self._link("self", case, "GET")] + [
            self._link(verb, case, "POST") for verb in self._verbs(case)
        ]

    def _verbs(self, case: Case) -> list[str]:
        """None when the deadline has passed: nobody can act before the case has lapsed."""
        if case.due_at is not None and case.due_at < self.context["now"]:
            return []
        kinds: list[ActorKind] = sorted(self.context["kinds"])
        found = [
            verb
            for kind in kinds
            for verb in verbs_for(kind, case.state, frozenset())
            if verb != Verb.APPEAL or may_appeal(case, kind, self.context["now"])
            if verb != Verb.EXTEND or may_grant(kind, case)
        ]
        return [str(verb) for verb in dict.fromkeys(found)]

    def _link(self, rel: str, case: Case, method: str) -> dict[str, str]:
        name = "dispute" if rel == "self" else rel
        path = reverse(f"disputes:{name}", args=[case.public_id])
        href = self.context["request"].build_absolute_uri(path)
        return {"rel": rel, "href": href, "method": method}


class LineOut(serializers.Serializer[Any]):
    """A claimed line of the order, as it was sold."""

    external_id = serializers.CharField(source="line.external_id")
    title = serializers.CharField(source="line.title", allow_blank=True)
    category = serializers.CharField(source="line.category", allow_blank=True)
    quantity = serializers.IntegerField(source="line.quantity")
    requested_amount = AmountOf("requested_minor", "case.currency")


class OrderFactsOut(serializers.Serializer[Any]):
    """What was fed of the goods claimed, as the rules see it. The names are the feed's."""

    replaced_at = serializers.DateTimeField(
        source="facts.replaced_at",
        allow_null=True,
        help_text="The claim is for the replacement agreed on then: from `deliver_by` on, the facts"
        " here are the replacement's. Null for goods of a first parcel.",
    )
    purchase_ref = serializers.CharField(source="case.order.purchase_ref")
    purchased_at = serializers.DateTimeField(source="case.order.purchased_at")
    promised_on = serializers.DateField(source="case.order.promised_on", allow_null=True)
    deliver_by = serializers.DateTimeField(
        source="facts.deliver_by", help_text="The guarantee: the latest time of delivery."
    )
    handed_over_at = serializers.DateTimeField(source="facts.handed_over_at", allow_null=True)
    delivered_at = serializers.DateTimeField(source="facts.delivered_at", allow_null=True)
    tracking = serializers.CharField(source="facts.tracking", help_text="The Ruling table's word.")
    proof_of_shipment = serializers.BooleanField(source="facts.proof_of_shipment")


class MessageOut(serializers.Serializer[Any]):
    """A message in the case."""

    id = serializers.IntegerField(help_text="For `read`: the higher, the later.")
    posted_by = serializers.ChoiceField(Party.choices, source="author")
    time_posted = serializers.DateTimeField(source="at")
    content = serializers.CharField(source="body", allow_blank=True)
    masked = serializers.BooleanField(
        help_text="Contact data in it is hidden from the side you see it for."
    )
    files = FileOut(many=True)


class EvidenceOut(serializers.Serializer[Any]):
    """A piece of evidence."""

    posted_by = serializers.ChoiceField(SIDES, source="party")
    time_posted = serializers.DateTimeField(source="at")
    evidence_type = serializers.ChoiceField(EvidenceType.choices)
    note = serializers.CharField(allow_blank=True)
    carrier = serializers.CharField(allow_blank=True)
    tracking_number = serializers.CharField(allow_blank=True)
    number_hint = serializers.CharField(
        allow_blank=True, help_text="What the number's form tells; never a refusal."
    )
    files = serializers.SerializerMethodField()

    @extend_schema_field(FileOut(many=True))
    def get_files(self, piece: Evidence) -> list[Any]:
        """Its photos and documents."""
        brought = [link.file for link in piece.with_files.all()]
        return list(FileOut(brought, many=True, context=self.context).data)


class EvidenceRequestOut(serializers.Serializer[Any]):
    """What staff asked a side for."""

    asked_of = serializers.ChoiceField(SIDES, source="party")
    time_asked = serializers.DateTimeField(source="asked_at")
    due_time = serializers.DateTimeField(source="due_at")
    evidence_type = serializers.ChoiceField(EvidenceType.choices)
    note = serializers.CharField()
    answered = serializers.BooleanField()
    time_closed = serializers.DateTimeField(source="closed_at", allow_null=True)


class EvidenceAskedOut(serializers.Serializer[Any]):
    """What the rulebook asks a side to show for such a claim."""

    asked_of = serializers.ChoiceField(SIDES, source="party")
    evidence_type = serializers.ChoiceField(EvidenceType.choices)
    # A field of that name, not serializers' own setting.
    required = serializers.BooleanField(help_text="Or else welcome.")  # type: ignore[assignment]
    given = serializers.BooleanField(help_text="Whether the side has given any of it.")


class EntryOut(serializers.Serializer[Any]):
    """One thing that happened."""

    seq = serializers.IntegerField()
    time = serializers.DateTimeField(source="at")
    action = serializers.CharField()
    actor = serializers.ChoiceField(list(ActorKind), source="actor_kind")
    sentence = serializers.CharField(help_text="In the language of Accept-Language.")


class DisputeRest(serializers.Serializer[Any]):
    """What a case by itself shows beyond the list's."""

    lines = LineOut(many=True)
    order_facts = OrderFactsOut(source="*")
    messages = MessageOut(many=True)
    evidence = EvidenceOut(many=True)
    evidence_requests = EvidenceRequestOut(many=True, source="requests")
    evidence_asked = EvidenceAskedOut(many=True, source="asked")
    offers = OfferOut(many=True)
    returns = ReturnOut(many=True)
    proposal = ProposalOut(
        allow_null=True,
        help_text="While both sides may comment on it, and while the goods it wants back travel.",
    )
    decision = DecisionOut(allow_null=True, help_text="The one in force.")
    decisions = DecisionOut(many=True, help_text="The first, and the one on appeal.")
    appeals = AppealOut(many=True)
    waits = WaitOut(many=True, help_text="How long it waited on whom.")
    waited_seconds = serializers.SerializerMethodField(
        help_text="How long on each in all, without the time in which clocks stood still."
    )
    transfers = TransferOut(many=True)
    timeline = EntryOut(many=True)

    @extend_schema_field(WaitedOut)
    def get_waited_seconds(self, found: PublicCase) -> dict[str, int]:
        """By side, staff among them; who was never waited for is left out."""
        on = waited_on(found.waits, self.context["now"])
        return {str(party): round(time.total_seconds()) for party, time in on.items()}


class DisputeOut(DisputeSummary, DisputeRest):
    """A case with all that is told of it."""

    def to_representation(self, instance: PublicCase) -> dict[str, Any]:
        """The list's fields from the case, the rest from beside it."""
        context = {**self.context, "unread": {instance.case.pk: instance.unread}}
        summary = DisputeSummary(context=context).to_representation(instance.case)
        return {**summary, **DisputeRest(context=self.context).to_representation(instance)}
