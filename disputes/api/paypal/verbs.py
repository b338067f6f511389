"""One view for each of PayPal's operations: what its body says to the verb."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError, Invalid
from backoffice.common.money import Money
from disputes.api.paypal import bodies
from disputes.api.paypal.base import SimulationView, VerbView
from disputes.api.paypal.files import Kept
from disputes.api.paypal.given import in_words, paypals_name, pieces
from disputes.api.paypal.words import Action, Adjudicated
from disputes.enums import BorneBy, EvidenceType, Party
from disputes.lifecycle import Verb
from disputes.queries import snapshots
from disputes.queries.asked import evidence_asked
from disputes.service.act import act
from disputes.verbs.acknowledgements import acknowledge_return
from disputes.verbs.answers import accept_claim
from disputes.verbs.appeals import appeal
from disputes.verbs.decisions import adjudicate
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import provide_all, require_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.offers import accept_offer, deny_offer, make_offer
from disputes.verbs.supporting_info import provide_supporting_info

PARTIES: dict[str, Party] = {
    Action.BUYER_EVIDENCE: Party.BUYER,
    Action.SELLER_EVIDENCE: Party.SELLER,
}


class SendMessageView(VerbView):
    """Write to the other side and to staff."""

    verb = Verb.SEND_MESSAGE
    function = send_message
    body = bodies.Message
    takes_files = True

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """Words, files, or both."""
        return {"body": data.get("message", ""), "files": [file for _, file in files]}


class AcceptClaimView(VerbView):
    """Grant the claim in full."""

    verb = Verb.ACCEPT_CLAIM
    function = accept_claim
    body = bodies.AcceptClaim
    takes_files = True

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """Words and files; it is granted as it was claimed. Raises Invalid for another amount."""
        claimed = snapshots.peek(self.kwargs["dispute_id"]).requested
        if data.get("refund_amount", claimed) != claimed:
            raise Invalid(
                f"The claim is for {claimed}. To grant less, make an offer.",
                code="amount_out_of_range",
                field="refund_amount",
            )
        return {"note": data.get("note", ""), "files": [file for _, file in files]}


class EscalateView(VerbView):
    """Ask the marketplace to decide."""

    verb = Verb.ESCALATE
    function = escalate
    body = bodies.Escalate


class ProvideEvidenceView(VerbView):
    """Give evidence: several pieces at once, with files."""

    verb = Verb.PROVIDE_EVIDENCE
    function = provide_all
    body = bodies.Evidences
    takes_files = True

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """The pieces, each with its files."""
        return {"pieces": pieces(data["evidences"], files)}

    def renamed(self, error: DomainError) -> DomainError:
        """The refusal naming the evidence at fault."""
        if error.field:
            error.field = paypals_name(error.field, self.sent.data["evidences"])
        return error


class MakeOfferView(VerbView):
    """Offer the other side an end."""

    verb = Verb.MAKE_OFFER
    function = make_offer
    body = bodies.MakeOffer
    names = {"return_address": "return_shipping_address"}

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """The offer in the verb's words."""
        return {
            "offer_type": data["offer_type"],
            "amount": data.get("offer_amount"),
            "note": data["note"],
            "return_address": data.get("return_shipping_address", ""),
        }


class AcceptOfferView(VerbView):
    """Take what the other side offers."""

    verb = Verb.ACCEPT_OFFER
    function = accept_offer
    body = bodies.AcceptOffer


class DenyOfferView(VerbView):
    """Refuse what the other side offers."""

    verb = Verb.DENY_OFFER
    function = deny_offer
    body = bodies.DenyOffer


class AcknowledgeReturnView(VerbView):
    """Say what came back."""

    verb = Verb.ACKNOWLEDGE_RETURN
    function = acknowledge_return
    body = bodies.AcknowledgeReturn
    takes_files = True
    names = {"files": "acknowledgement_document"}

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """The acknowledgement, with the deduction asked for. Evidence joins the note."""
        given = pieces(data["evidences"], files) if "evidences" in data else []
        return {
            "acknowledgement": data["acknowledgement_type"],
            "note": "\n".join(filter(None, [data.get("note", ""), in_words(given)])),
            "deduction_percent": data.get("deduction_percent", 0),
            "files": [file for _, file in files],
        }


class AppealView(VerbView):
    """Do not accept the decision, and say what is new."""

    verb = Verb.APPEAL
    function = appeal
    body = bodies.Evidences
    takes_files = True
    names = {"text": "evidences[0].notes"}

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """What is new, in words."""
        self.pieces = pieces(data["evidences"], files)
        return {"text": in_words(self.pieces)}

    def also(self, dispute_id: str, actor: Actor, now: datetime) -> None:
        """What is new beside words: numbers and files, for whoever hears the appeal."""
        for one in self.pieces:
            if one.files or one.tracking_number:
                act(
                    provide_supporting_info,
                    dispute_id,
                    actor,
                    now,
                    evidence_type=one.evidence_type,
                    carrier=one.carrier,
                    tracking_number=one.tracking_number,
                    files=one.files,
                )


class ProvideSupportingInfoView(VerbView):
    """Add to what is known while staff decide."""

    verb = Verb.PROVIDE_SUPPORTING_INFO
    function = provide_supporting_info
    body = bodies.SupportingInfo
    takes_files = True
    names = {"note": "notes"}

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """A text and files."""
        return {"note": data.get("notes", ""), "files": [file for _, file in files]}


class RequireEvidenceView(SimulationView):
    """In a trial: ask a side for what the rulebook asks it first."""

    verb = Verb.REQUIRE_EVIDENCE
    function = require_evidence
    body = bodies.RequireEvidence

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """Whom is asked, and for what."""
        party = PARTIES[data["action"]]
        asked = evidence_asked(snapshots.peek(self.kwargs["dispute_id"]))
        kinds = [one.evidence_type for one in asked if one.party == party]
        kind = kinds[0] if kinds else EvidenceType.OTHER
        return {"party": party.value, "evidence_type": kind.value, "note": "Please show this."}


class AdjudicateView(SimulationView):
    """In a trial: decide for one side, in full. Above the limit, a second person approves first."""

    verb = Verb.ADJUDICATE
    function = adjudicate
    body = bodies.Adjudicate

    def params(self, data: dict[str, Any], files: list[Kept]) -> dict[str, Any]:
        """All that was claimed, from the seller; or nothing."""
        case = snapshots.peek(self.kwargs["dispute_id"])
        if data["adjudication_outcome"] == Adjudicated.SELLER_FAVOR:
            refund, reason = Money(0, case.currency), "Decided for the seller, in a trial."
        else:
            refund, reason = case.requested, "Decided for the buyer, in a trial."
        return {"refund": refund, "borne_by": BorneBy.SELLER.value, "reason": reason}


VERBS: tuple[type[VerbView], ...] = (
    SendMessageView,
    AcceptClaimView,
    EscalateView,
    ProvideEvidenceView,
    MakeOfferView,
    AcceptOfferView,
    DenyOfferView,
    AcknowledgeReturnView,
    AppealView,
    ProvideSupportingInfoView,
    RequireEvidenceView,
    AdjudicateView,
)
