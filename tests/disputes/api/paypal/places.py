"""Cases that stand in different places, brought there through the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from backoffice.common.money import Money
from disputes.enums import Reason, SubReason
from disputes.models import Case
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim, deny
from disputes.verbs.appeals import appeal
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import require_evidence
from disputes.verbs.offers import accept_offer, make_offer
from disputes.verbs.returns import ship_return
from tests.disputes.conftest import adjudicator
from tests.factories import a_case, buyer_of, seller_of

TEN = {"currency_code": "USD", "value": "10.00"}


def waiting() -> Case:
    """For the seller's answer."""
    return a_case()


def unshown() -> Case:
    """For what the buyer has to show first."""
    return a_case(reason=Reason.NOT_AS_DESCRIBED, sub_reason=SubReason.DIFFERENT, shown=False)


def denied() -> Case:
    """The two negotiate."""
    case = a_case(reason=Reason.NOT_AS_DESCRIBED, sub_reason=SubReason.DIFFERENT)
    act(deny, case.public_id, seller_of(case), timezone.now(), reason="OTHER", note="No.")
    return case


def offered(offer_type: str = "REFUND") -> Case:
    """For the buyer's answer to the seller's offer."""
    case, ten = denied(), Money(1000, "USD")
    offer = {"offer_type": offer_type, "amount": ten, "note": "Ten?"}
    act(make_offer, case.public_id, seller_of(case), timezone.now(), **offer)
    return case


def agreed() -> Case:
    """For the seller's word where the goods go back to."""
    case = offered("REFUND_WITH_RETURN")
    act(accept_offer, case.public_id, buyer_of(case), timezone.now())
    return case


def shipped() -> Case:
    """For the goods to come back."""
    case, now = denied(), timezone.now()
    offer = {"offer_type": "REFUND_WITH_RETURN", "amount": Money(1000, "USD")}
    address = {"return_address": "1 Lane\nGate 2\nShenzhen\nCN"}
    act(make_offer, case.public_id, seller_of(case), now, **offer, **address)
    act(accept_offer, case.public_id, buyer_of(case), now)
    parcel = {"carrier": "UPS", "tracking_number": "1Z5R89390357567127"}
    act(ship_return, case.public_id, buyer_of(case), now, **parcel)
    return case


def escalated() -> Case:
    """For staff."""
    case = denied()
    act(escalate, case.public_id, buyer_of(case), timezone.now(), note="Decide!")
    return case


def asked(party: str = "BUYER") -> Case:
    """For the evidence that staff asked for."""
    case = escalated()
    request = {"party": party, "evidence_type": "OTHER", "note": "Show us."}
    act(require_evidence, case.public_id, adjudicator(), timezone.now(), **request)
    return case


def lapsed() -> Case:
    """Decided by rule, as the seller kept silent; he may appeal."""
    case = a_case(at=timezone.now() - timedelta(days=6))
    sweep_cases(timezone.now())
    case.refresh_from_db()
    return case


def appealed() -> Case:
    """For whoever hears the appeal."""
    case = lapsed()
    act(appeal, case.public_id, seller_of(case), timezone.now(), text="It was signed for.")
    return case


def accepted() -> Case:
    """Ended by the seller's yes."""
    case = a_case()
    act(accept_claim, case.public_id, seller_of(case), timezone.now())
    return case


PLACES: tuple[Callable[[], Case], ...] = (
    unshown,
    waiting,
    denied,
    offered,
    agreed,
    shipped,
    escalated,
    asked,
    lapsed,
    appealed,
    accepted,
)
