"""One case with all that the desk shows of it, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from backoffice.accounts.models import User
from backoffice.audit import catalogue
from backoffice.audit.models import Event
from backoffice.audit.queries import chain
from backoffice.common.actors import ActorKind
from backoffice.common.errors import NotFound
from backoffice.ledger.models import Transfer
from backoffice.ledger.queries import transfers_of
from backoffice.orders.models import Shipment, TrackingEvent
from disputes.enums import Outcome
from disputes.models import (
    Appeal,
    Case,
    CaseLine,
    Decision,
    Evidence,
    EvidenceRequest,
    Offer,
    Proposal,
    Return,
)
from disputes.queries.alike import RuledAlike, ruled_alike
from disputes.queries.asked import requests_of
from disputes.queries.conversation import Conversation, conversation

TIMELINE = 50
SCANS = 40
ASKED = 20
OFFERS = 20
RETURNS = 5
GIVEN = 100
OTHERS = 100
SUBJECT = "case"


@dataclass(frozen=True, slots=True)
class Record:
    """A party's other cases, among the latest OTHERS: those open, and how the rest ended."""

    looked_at: int
    open: tuple[str, ...]
    buyer_favoured: int
    seller_favoured: int

    @property
    def at_least(self) -> bool:
        """Whether there may be more than was looked at."""
        return self.looked_at >= OTHERS


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events of a case, oldest first.

    `earlier` is the number of the first one shown, if others precede it; `later` likewise.
    """

    events: tuple[Event, ...]
    earlier: int | None
    later: int | None


class CaseDetail:
    """Everything on the case page that is read, not worked out.

    Each part is read when it is first asked for, once: a page that shows less costs less.
    """

    def __init__(self, public_id: str, events_before: int | None = None, said_before: str = ""):
        self.case = _case(public_id)
        self._mine = {"case_id": self.case.pk}
        self._events_before, self._said_before = events_before, said_before

    @property
    def decision(self) -> Decision | None:
        """How it ended, where it has."""
        return self.decisions[-1] if self.decisions else None

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """How it was decided: first, and on appeal."""
        return tuple(Decision.objects.filter(**self._mine).order_by("id"))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What the sides offered each other, the latest first."""
        return tuple(Offer.objects.filter(**self._mine).order_by("-id")[:OFFERS])

    @cached_property
    def returns(self) -> tuple[Return, ...]:
        """Goods that went back, or are to, the latest first."""
        return tuple(Return.objects.filter(**self._mine).order_by("-id")[:RETURNS])

    @cached_property
    def proposal(self) -> Proposal | None:
        """The decision that waits for approval or comment."""
        return Proposal.objects.filter(**self._mine, closed_at=None).first()

    @cached_property
    def alike(self) -> RuledAlike | None:
        """The ruling by which it was decided with like cases, or is to be."""
        rulings = (*self.decisions, *([self.proposal] if self.proposal else ()))
        shared = next((r.shared_ruling_id for r in rulings if r.shared_ruling_id), None)
        return ruled_alike(shared) if shared else None

    @cached_property
    def appeals(self) -> tuple[Appeal, ...]:
        """What the sides hold against the decision; one of each."""
        return tuple(Appeal.objects.filter(**self._mine).order_by("id"))

    @cached_property
    def lines(self) -> tuple[CaseLine, ...]:
        """What is claimed."""
        return tuple(CaseLine.objects.filter(**self._mine).select_related("line").order_by("id"))

    @cached_property
    def shipments(self) -> tuple[Shipment, ...]:
        """The order's parcels."""
        return tuple(Shipment.objects.filter(order_id=self.case.order_id).order_by("id"))

    @cached_property
    def scans(self) -> tuple[TrackingEvent, ...]:
        """The parcels' latest scans, the newest first."""
        rows = TrackingEvent.objects.filter(shipment__order_id=self.case.order_id)
        return tuple(rows.select_related("shipment").order_by("-happened_at", "-id")[:SCANS])

    @cached_property
    def conversation(self) -> Conversation:
        """What was said."""
        return conversation(self.case, self._said_before)

    @cached_property
    def requests(self) -> tuple[EvidenceRequest, ...]:
        """What was asked of the sides."""
        return tuple(requests_of(self.case, ASKED)[::-1])

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the sides gave."""
        return tuple(Evidence.objects.filter(**self._mine).order_by("-id")[:GIVEN])

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """The money of the case."""
        return tuple(transfers_of(self.case.public_id))

    @cached_property
    def seller_record(self) -> Record:
        """The seller's other cases."""
        return _record(Case.objects.filter(seller_id=self.case.seller_id), self.case)

    @cached_property
    def buyer_record(self) -> Record:
        """The buyer's other cases."""
        return _record(Case.objects.filter(buyer_id=self.case.buyer_id), self.case)

    @cached_property
    def timeline(self) -> Timeline:
        """What happened."""
        return timeline(self.case.public_id, self._events_before)

    @cached_property
    def staff(self) -> dict[str, str]:
        """The names of the staff who wrote, asked or decided, by their id."""
        refs = self.conversation.staff | {r.asked_by for r in self.requests}
        refs |= {d.decided_by_ref for d in self.decisions if d.decided_by_kind == ActorKind.STAFF}
        refs |= {d.approved_by for d in self.decisions}
        if self.proposal:
            refs |= {self.proposal.proposed_by, self.proposal.approved_by}
        return _names(refs)


def case_detail(
    public_id: str, events_before: int | None = None, said_before: str = ""
) -> CaseDetail:
    """The case called `public_id`; its timeline ends before event `events_before`, its

    conversation before the cursor `said_before`. Raises NotFound.
    """
    return CaseDetail(public_id, events_before, said_before)


def _case(public_id: str) -> Case:
    related = ("order", "seller", "buyer", "assignee")
    case = Case.objects.select_related(*related).filter(public_id=public_id).first()
    if case is None:
        raise NotFound("There is no such case.", code="case_not_found")
    return case


def timeline(public_id: str, before: int | None = None) -> Timeline:
    """The latest TIMELINE events (or those before number `before`), oldest first."""
    rows = chain(SUBJECT, public_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    events = tuple(rows.order_by("-seq")[:TIMELINE])[::-1]
    first = events[0].seq if events else 1
    return Timeline(events, first if first > 1 else None, before)


def events_since(public_id: str, seen: int) -> list[str]:
    """What happened to a case after event number `seen`, as sentences for staff; the latest ten."""
    rows = chain(SUBJECT, public_id).filter(seq__gt=seen).order_by("-seq")[:10]
    return [sentence(event) for event in reversed(rows)]


def last_sentence(public_id: str, action: str) -> str:
    """What the case's last event of this action says to staff; it has one."""
    return sentence(chain(SUBJECT, public_id).filter(action=action).reverse()[0])


def last_event(public_id: str) -> int:
    """The number of the case's last event. Raises NotFound."""
    length = Case.objects.filter(public_id=public_id).values_list("chain_length", flat=True).first()
    if length is None:
        raise NotFound("There is no such case.", code="case_not_found")
    return length


def sentence(event: Event, reader: ActorKind = ActorKind.STAFF) -> str:
    """An event in the catalogue's words."""
    return catalogue.sentence(event.action, event.actor, event.data, reader)


def _record(rows: QuerySet[Case], case: Case) -> Record:
    """Looks at the party's latest cases only: an index answers it however many there are."""
    latest = rows.exclude(pk=case.pk).order_by("-filed_at", "-id")
    found = list(latest.values_list("public_id", "due_at", "outcome")[:OTHERS])
    outcomes = [outcome for _, _, outcome in found]
    return Record(
        len(found),
        tuple(public_id for public_id, due_at, _ in found if due_at),
        sum(o in (Outcome.BUYER_FAVOUR, Outcome.WITH_PAYOUT, Outcome.ACCEPTED) for o in outcomes),
        outcomes.count(Outcome.SELLER_FAVOUR.value),
    )


def _names(refs: Iterable[str]) -> dict[str, str]:
    """Staff by their id as text. (An id may be a name that is no longer a user's.)"""
    ids = [int(ref) for ref in refs if ref.isdecimal()]
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)}
