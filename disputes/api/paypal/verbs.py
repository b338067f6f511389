"""One view for each of PayPal's operations: what its body says to the verb."""

from __future__ import annotations

from typing import Any

from disputes.api.paypal import bodies
from disputes.api.paypal.base import VerbView
from disputes.api.paypal.parsing import Sent
from disputes.lifecycle import Verb
from disputes.verbs.answers import accept_claim
from disputes.verbs.escalation import escalate
from disputes.verbs.messages import send_message


class SendMessageView(VerbView):
    """Write to the other side and to staff."""

    verb = Verb.SEND_MESSAGE
    function = send_message
    body = bodies.Message

    def params(self, sent: Sent) -> dict[str, Any]:
        """The text."""
        return {"body": sent.data.get("message", "")}


class AcceptClaimView(VerbView):
    """Grant the claim in full."""

    verb = Verb.ACCEPT_CLAIM
    function = accept_claim
    body = bodies.AcceptClaim

    def params(self, sent: Sent) -> dict[str, Any]:
        """Nothing: it is granted as it was claimed."""
        return {}


class EscalateView(VerbView):
    """Ask the marketplace to decide."""

    verb = Verb.ESCALATE
    function = escalate
    body = bodies.Escalate
