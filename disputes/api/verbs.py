"""One view for each verb that a party may use. Staff act in the admin, not here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from disputes.api.base import VerbView
from disputes.lifecycle import Verb
from disputes.serializers import bodies
from disputes.serializers.dispute import DisputeOut
from disputes.verbs.answers import accept_claim, deny
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.withdrawal import withdraw


def _described(summary: str, **example: str) -> Any:
    shown = OpenApiExample(summary, value=example, request_only=True)
    return extend_schema(
        tags=["disputes"], summary=summary, responses={200: DisputeOut}, examples=[shown]
    )


@_described("Send a message", message="Where is my parcel?")
class SendMessageView(VerbView):
    """Write to the other side and to staff, while the two still talk. No clock moves."""

    verb = Verb.SEND_MESSAGE
    function = send_message
    serializer_class = bodies.NewMessage


@_described("Accept the claim")
class AcceptClaimView(VerbView):
    """The seller grants what was requested. It is paid at once, and the seller bears it."""

    verb = Verb.ACCEPT_CLAIM
    function = accept_claim
    serializer_class = bodies.AcceptClaim


@_described("Deny the claim", reason="IN_TRANSIT", note="The carrier has it; see the tracking.")
class DenyView(VerbView):
    """The seller denies the claim and says why. Both then have time to agree or to escalate."""

    verb = Verb.DENY
    function = deny
    serializer_class = bodies.Deny


@_described("Escalate", note="We cannot agree.")
class EscalateView(VerbView):
    """Ask the marketplace to decide, once the seller has denied. The case goes to staff."""

    verb = Verb.ESCALATE
    function = escalate
    serializer_class = bodies.Escalate


@_described("Withdraw the claim")
class WithdrawView(VerbView):
    """The buyer takes the claim back. Nothing is paid, and the seller's money is free again."""

    verb = Verb.WITHDRAW
    function = withdraw
    serializer_class = bodies.Withdraw


@_described(
    "Provide evidence",
    evidence_type="PROOF_OF_FULFILLMENT",
    carrier="UPS",
    tracking_number="1Z5R89390357567127",
)
class ProvideEvidenceView(VerbView):
    """Give a text, a tracking number, or both. An answer to staff's request ends the waiting."""

    verb = Verb.PROVIDE_EVIDENCE
    function = provide_evidence
    serializer_class = bodies.NewEvidence
