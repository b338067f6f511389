"""What is known about a case when a verb runs: everything a verb may look at, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, cast

from backoffice.audit.service import Head
from backoffice.common.money import Money
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import Reason, SellerAnswer
from disputes.lifecycle import PLACES, State
from disputes.queries.replaced import Agreed


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns of a case that verbs may change. Plain values, as the database holds them."""

    state: str
    credited_minor: int
    refunded_minor: int
    borne_by: str
    seller_answer: str
    outcome: str
    assignee_id: int | None
    assigned_until: datetime | None
    waiting_since: datetime
    due_at: datetime | None
    reminders: int
    overdue_since: datetime | None
    resolved_at: datetime | None
    appeal_until: datetime | None
    sweep_error: str
    extended_hours: int
    extension_asked_by: str
    extension_asked_hours: int


STANDING = tuple(column.name for column in fields(Standing))


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """One order line of a claim: its id, the shop's number for it, what is claimed for it."""

    line_id: int
    external_id: str
    requested_minor: int


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What the marketplace fed of the goods of the case. `tracking` is the Ruling table's input.

    They are the order's first ones, or those that are `replaced`: then no fact is older than when
    the first ones were complained of.
    """

    order_id: int
    order_ref: str
    deliver_by: datetime
    handed_over_at: datetime | None
    delivered_at: datetime | None
    tracking: str
    proof_of_shipment: bool
    refunded_minor: int
    refunds_counted_minor: int
    replaced: Agreed | None = None

    @property
    def replaced_at(self) -> datetime | None:
        """When the replacement was agreed on that the facts are of; None for a first parcel."""
        return self.replaced.at if self.replaced else None

    def at(self, moment: datetime) -> OrderFacts:
        """The facts as they stood at `moment`: a delivery after it had not happened yet."""
        if self.delivered_at is None or self.delivered_at <= moment:
            return self
        tracking = "MOVING" if self.handed_over_at else "NONE"
        return replace(self, delivered_at=None, tracking=tracking)


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """The offer that waits for an answer; amounts in the case's minor units."""

    id: int
    by: str
    offer_type: str
    amount_minor: int
    return_address: str


@dataclass(frozen=True, slots=True)
class ReturnParcel:
    """A parcel of the case's order that the marketplace fed as a return."""

    carrier: str
    tracking_number: str
    handed_over_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """The case's open return: what was agreed, and where it stands (the columns by these names)."""

    id: int
    refund_minor: int
    borne_by: str
    ruling: dict[str, Any]
    opened_at: datetime
    address: str
    carrier: str
    tracking_number: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    acknowledgement: str
    acknowledged_at: datetime | None
    note: str
    deduction_percent: int
    result: str
    ended_at: datetime | None
    parcels: tuple[ReturnParcel, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """The decision that waits for approval or comment (models/proposal.py has the columns)."""

    instance: str
    appeal_outcome: str
    fraud: bool
    refund_minor: int
    borne_by: str
    return_needed: bool
    lines: dict[str, int] | None
    code: str
    reason: str
    buyer_text: str
    seller_text: str
    recommended: dict[str, Any] | None
    proposed_by: str
    approved_by: str
    shared_ruling_id: int | None


@dataclass(frozen=True, slots=True)
class FirstDecision:
    """How a case was decided the first time, and by whom."""

    outcome: str
    refund_minor: int
    borne_by: str
    decided_by_kind: str
    decided_by_ref: str
    approved_by: str
    lines: dict[str, int] | None


@dataclass(frozen=True, slots=True)
class Owed:
    """The most a case may come to in the end, in all and by order line, in minor units."""

    most_minor: int = 0
    by_line: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What staff have made of a case: `holder` has it, `appealed_by` are the sides that appealed.

    `owed` is what a case under appeal may come to, whatever was paid elsewhere since.
    """

    holder: str = ""
    proposal: OpenProposal | None = None
    first: FirstDecision | None = None
    appealed_by: frozenset[str] = frozenset()
    owed: Owed = Owed()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One case, read under its lock, with its order's facts and its pinned rulebook.

    Read where a state needs it: the open offer, how many were made, the return, `buyer_showed`.
    """

    id: int
    public_id: str
    version: int
    chain: Head
    now: Standing
    reason: str
    sub_reason: str
    currency: str
    requested_minor: int
    buyer_ref: str
    seller_ref: str
    lines: tuple[ClaimedLine, ...]
    seller_gave_evidence: bool
    facts: OrderFacts
    book: Rulebook
    messages: int = field(default=0, kw_only=True)
    evidence: int = field(default=0, kw_only=True)
    offer: OpenOffer | None = None
    offers_made: int = 0
    returning: OpenReturn | None = None
    buyer_showed: frozenset[str] = frozenset()
    judged: Judged = Judged()

    @property
    def state(self) -> State:
        """Where the case stands, by the stored word itself: it equals the member, at no cost."""
        return cast(State, self.now.state)

    @property
    def requested(self) -> Money:
        """The amount claimed."""
        return Money(self.requested_minor, self.currency)

    @property
    def unpaid_minor(self) -> int:
        """What is claimed and came from nobody yet: an appealed case may have been paid by us."""
        return self.requested_minor - self.now.credited_minor - self.now.refunded_minor

    @property
    def whereabouts(self) -> dict[str, str]:
        """Which case it is and where it stands, in PayPal's words."""
        place = PLACES[self.state]
        return {
            "dispute_id": self.public_id,
            "dispute_life_cycle_stage": str(place.stage),
            "status": str(place.status),
        }

    def due(self, now: datetime) -> bool:
        """Whether the present deadline has passed: the deadline's own instant is still in time."""
        return self.now.due_at is not None and self.now.due_at < now


def ruling_reason(reason: str, sub_reason: str) -> str:
    """The rulebook's REASON for a claim: NOT_RECEIVED, or in what way it is not as described."""
    return "NOT_RECEIVED" if reason == Reason.NOT_RECEIVED else sub_reason


def days_late(facts: OrderFacts, now: datetime) -> int:
    """Whole days, at least 0, from the delivery deadline to delivery (to `now` if undelivered)."""
    return max(0, ((facts.delivered_at or now) - facts.deliver_by).days)


def ruling_inputs(case: Snapshot, answer: SellerAnswer | str, at: datetime) -> dict[str, Fact]:
    """The facts of `case` as they stood `at` that time, as inputs of the Ruling table."""
    facts = case.facts.at(at)
    return {
        "reason": ruling_reason(case.reason, case.sub_reason),
        "tracking": facts.tracking,
        "proof_of_shipment": facts.proof_of_shipment,
        "days_late": days_late(facts, at),
        "seller_answer": str(answer),
    }
