"""How a case is being settled, in words: offers, the proposed decision, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from backoffice.audit import catalogue
from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from backoffice.rulebook.queries import book
from disputes.admin.present import TimeLeft, bears
from disputes.enums import Outcome
from disputes.models import Decision, Offer, Proposal


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer: what, and while it is open how long still."""

    offer: Offer
    amount: Money
    left: TimeLeft | None


def offered(offer: Offer, currency: str, now: datetime) -> Offered:
    """`offer` in the case's currency."""
    left = None if offer.answer else TimeLeft(offer.due_at, now)
    return Offered(offer, Money(offer.amount_minor, currency), left)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A decision that waits, and by whose hand."""

    proposal: Proposal
    refund: Money
    bearer: str
    by: str
    approved_by: str


def proposed(proposal: Proposal, staff: Mapping[str, str]) -> Proposed:
    """`proposal`, with the names of `staff` by their ids."""
    return Proposed(
        proposal,
        Money(proposal.refund_minor, proposal.currency),
        bears(proposal.borne_by),
        staff.get(proposal.proposed_by, ""),
        staff.get(proposal.approved_by, ""),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, who made it and on which rule."""

    decision: Decision
    refund: Money
    kept: Money
    outcome: str
    bearer: str
    rule: str
    by: str
    approved_by: str


def decided(decision: Decision, staff: Mapping[str, str]) -> Decided:
    """`decision`, with the names of `staff` by their ids."""
    trace = decision.recommended
    kind = ActorKind(decision.decided_by_kind)
    name = staff.get(decision.decided_by_ref) if kind == ActorKind.STAFF else None
    return Decided(
        decision,
        Money(decision.refund_minor, decision.currency),
        Money(decision.kept_minor, decision.currency),
        str(Outcome(decision.outcome).label),
        bears(decision.borne_by),
        book(trace["version"]).explain(trace, gettext) if trace else "",
        name or str(catalogue.ACTOR_NAMES[kind]),
        staff.get(decision.approved_by, ""),
    )
