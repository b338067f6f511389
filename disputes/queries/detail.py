"""One case with all that the desk shows of it, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
from disputes.enums import Outcome, Party
from disputes.models import Case, CaseLine, Decision, Evidence, EvidenceRequest, Message

TIMELINE = 200
MESSAGES = 200
SCANS = 40
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


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything on the case page that is read, not worked out."""

    case: Case
    decision: Decision | None
    lines: tuple[CaseLine, ...]
    shipments: tuple[Shipment, ...]
    scans: tuple[TrackingEvent, ...]
    messages: tuple[Message, ...]
    requests: tuple[EvidenceRequest, ...]
    evidence: tuple[Evidence, ...]
    transfers: tuple[Transfer, ...]
    seller_record: Record
    buyer_record: Record
    timeline: Timeline
    staff: dict[str, str]


def case_detail(public_id: str, timeline_before: int | None = None) -> CaseDetail:
    """The case called `public_id`; its timeline ends before event `timeline_before`.

    Raises NotFound.
    """
    case = _case(public_id)
    mine = {"case_id": case.pk}
    messages = tuple(Message.objects.filter(**mine).order_by("-id")[:MESSAGES])[::-1]
    requests = tuple(EvidenceRequest.objects.filter(**mine).order_by("-id"))
    decision = getattr(case, "decision", None)
    refs = {m.author_ref for m in messages if m.author == Party.STAFF}
    refs |= {r.asked_by for r in requests}
    if decision and decision.decided_by_kind == ActorKind.STAFF:
        refs.add(decision.decided_by_ref)
    scans = TrackingEvent.objects.filter(shipment__order_id=case.order_id)
    return CaseDetail(
        case=case,
        decision=decision,
        lines=tuple(CaseLine.objects.filter(**mine).select_related("line").order_by("id")),
        shipments=tuple(Shipment.objects.filter(order_id=case.order_id).order_by("id")),
        scans=tuple(scans.select_related("shipment").order_by("-happened_at", "-id")[:SCANS]),
        messages=messages,
        requests=requests,
        evidence=tuple(Evidence.objects.filter(**mine).order_by("-id")),
        transfers=tuple(transfers_of(public_id)),
        seller_record=_record(Case.objects.filter(seller_id=case.seller_id), case),
        buyer_record=_record(Case.objects.filter(buyer_id=case.buyer_id), case),
        timeline=timeline(public_id, timeline_before),
        staff=_names(refs),
    )


def _case(public_id: str) -> Case:
    related = ("order", "seller", "buyer", "assignee", "decision")
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
