"""How the desk says things: time left, status, who, how much. Words only, no rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.common.money import Money
from backoffice.common.templatetags.times import span
from disputes.enums import BorneBy, Reason, Status, SubReason
from disputes.lifecycle import PLACES, State, Waiting
from disputes.models import Case
from disputes.queries.counts import SOON
from disputes.queries.queue import needs_two
from disputes.queries.staff_clock import warned

TONES = {
    Status.OPEN: "",
    Status.WAITING_FOR_BUYER: "",
    Status.WAITING_FOR_SELLER: "",
    Status.UNDER_REVIEW: "accent",
    Status.RESOLVED: "good",
}
WAITS_FOR = {
    Waiting.BUYER_MINIMUM: gettext_noop("the buyer's evidence"),
    Waiting.SELLER_RESPONSE: gettext_noop("the seller's answer"),
    Waiting.OFFER_RESPONSE: gettext_noop("an answer to the offer"),
    Waiting.NEGOTIATION: gettext_noop("an agreement"),
    Waiting.BUYER_EVIDENCE: gettext_noop("the buyer's evidence"),
    Waiting.SELLER_EVIDENCE: gettext_noop("the seller's evidence"),
    Waiting.REVIEW: gettext_noop("our decision"),
    Waiting.APPROVAL: gettext_noop("a second person's approval"),
    Waiting.COMMENT: gettext_noop("both sides' comments"),
    Waiting.RETURN_ADDRESS: gettext_noop("the seller's address for the return"),
    Waiting.RETURN_SHIPMENT: gettext_noop("the buyer to send the goods back"),
    Waiting.RETURN_RECEIPT: gettext_noop("the goods to arrive"),
    Waiting.RETURN_ACKNOWLEDGEMENT: gettext_noop("the seller's word on the goods"),
    Waiting.DEDUCTION: gettext_noop("the buyer's answer to the deduction"),
    Waiting.APPEAL: gettext_noop("our decision on the appeal"),
}


BEARS = {
    BorneBy.SELLER: gettext_noop("The seller bears it."),
    BorneBy.PLATFORM: gettext_noop("The platform bears it."),
    BorneBy.CARRIER: gettext_noop("The carrier bears it; the platform pays until then."),
}


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A deadline as seen at `now`.

    `warned` is whether staff's last quarter runs, None where others are waited for.
    """

    due_at: datetime
    now: datetime
    warned: bool | None = None

    @property
    def tone(self) -> str:
        """late, soon or calm."""
        if self.due_at < self.now:
            return "late"
        soon = self.due_at - self.now <= SOON if self.warned is None else self.warned
        return "soon" if soon else "calm"

    def __str__(self) -> str:
        if self.due_at < self.now:
            return _("%s overdue") % span(self.now - self.due_at)
        return _("%s left") % span(self.due_at - self.now)


@dataclass(frozen=True, slots=True)
class Badge:
    """A word and its tone, which is never the only sign: the word says the same."""

    text: str
    tone: str


def status_badge(case: Case) -> Badge:
    """On whom the case waits."""
    status = PLACES[State(case.state)].status
    return Badge(str(status.label), TONES[status])


def stage(case: Case) -> str:
    """The life-cycle stage, in words."""
    return str(PLACES[State(case.state)].stage.label)


def waits_for(case: Case) -> str:
    """What an open case waits for; "" once it is resolved."""
    waiting = PLACES[State(case.state)].waiting
    return _(WAITS_FOR[waiting]) if waiting else ""


def reason(case: Case) -> str:
    """Why the buyer claims: the sub-reason where there is one."""
    if case.sub_reason:
        return str(SubReason(case.sub_reason).label)
    return str(Reason(case.reason).label)


def bears(borne_by: str) -> str:
    """Who bears a refund, in a sentence; "" where nothing is paid."""
    return _(BEARS[BorneBy(borne_by)]) if borne_by else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the queue."""

    case: Case
    left: TimeLeft | None
    badge: Badge
    reason: str
    waits_for: str
    amount: Money
    above_limit: bool
    unread: int = 0
    holder: str = ""


def holder(case: Case, now: datetime) -> str:
    """Who has the case; "" once his time with it is over."""
    until = case.assigned_until
    return str(case.assignee) if until is not None and until >= now else ""


def row(case: Case, now: datetime, unread: int = 0) -> Row:
    """`case` as a line of the queue, with so many messages that staff have not read."""
    return Row(
        case,
        TimeLeft(case.expected_by, now, warned(case, now)) if case.due_at else None,
        status_badge(case),
        reason(case),
        waits_for(case),
        Money(case.requested_minor, case.currency),
        needs_two(case),
        unread,
        holder(case, now),
    )
