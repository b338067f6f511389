"""One case with all that its parties may see of it, in a constant number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from backoffice.audit.queries import Entry, timeline
from backoffice.common.actors import ActorKind
from backoffice.common.errors import NotFound
from backoffice.ledger.models import Transfer
from backoffice.ledger.queries import transfers_of
from backoffice.rulebook.queries import book
from disputes.models import Case, CaseLine, Decision, Evidence, EvidenceRequest, Message
from disputes.queries import snapshots
from disputes.queries.asked import Asked, evidence_asked
from disputes.queries.known import OrderFacts

SUBJECT = "case"
# The latest so many are shown (PayPal Disputes v1's limits of a case); the desk shows older ones.
MESSAGES = 1000
EVIDENCE = 100


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A decision and the rulebook's sentence for it, in the reader's language; "" without one."""

    row: Decision
    rule: str


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case as its parties see it: its rows, the facts a ruling sees, money, history."""

    case: Case
    lines: list[CaseLine]
    facts: OrderFacts
    messages: list[Message]
    evidence: list[Evidence]
    requests: list[EvidenceRequest]
    asked: list[Asked]
    decisions: list[Reasoned]
    transfers: list[Transfer]
    timeline: list[Entry]

    @property
    def decision(self) -> Reasoned | None:
        """The decision in force: on appeal, else the first; None while undecided."""
        return self.decisions[-1] if self.decisions else None


def public_case(public_id: str, readers: frozenset[ActorKind]) -> PublicCase:
    """The case as `readers` may see it. Raises NotFound."""
    related = ("order", "seller", "buyer")
    case = Case.objects.select_related(*related).filter(public_id=public_id).first()
    if case is None:
        raise NotFound("There is no such case.", code="case_not_found")
    mine, known = {"case_id": case.pk}, snapshots.peek(public_id)
    return PublicCase(
        case,
        list(CaseLine.objects.filter(**mine).select_related("line", "case").order_by("id")),
        known.facts,
        list(Message.objects.filter(**mine).order_by("-id")[:MESSAGES])[::-1],
        list(Evidence.objects.filter(**mine).order_by("-id")[:EVIDENCE])[::-1],
        list(EvidenceRequest.objects.filter(**mine).order_by("-id")[:EVIDENCE])[::-1],
        evidence_asked(known),
        [_reasoned(row) for row in Decision.objects.filter(**mine).order_by("id")],
        list(transfers_of(public_id)),
        _told(public_id, readers),
    )


def _reasoned(decision: Decision) -> Reasoned:
    trace: dict[str, Any] | None = decision.recommended
    return Reasoned(decision, book(trace["version"]).explain(trace, gettext) if trace else "")


def _told(public_id: str, readers: frozenset[ActorKind]) -> list[Entry]:
    """What happened, as far as one of `readers` may see it."""
    entries = {e.seq: e for reader in readers for e in timeline(SUBJECT, public_id, reader)}
    return [entries[seq] for seq in sorted(entries)]
