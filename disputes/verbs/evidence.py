"""Staff ask a side for evidence; the side gives it."""

from __future__ import annotations

from datetime import datetime

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.orders.tracking_numbers import hint
from disputes.enums import EvidenceType, Party
from disputes.lifecycle import REVIEW_STATES, State, Verb
from disputes.models import Evidence, EvidenceRequest
from disputes.queries.known import Snapshot
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.transition import ClosedRequest, NewRow, Transition, require, updated, waits

ASKS = {Party.BUYER: State.BUYER_EVIDENCE, Party.SELLER: State.SELLER_EVIDENCE}


def require_evidence(
    case: Snapshot, actor: Actor, now: datetime, *, party: str, evidence_type: str, note: str
) -> Transition:
    """Ask one side; the case waits for it until the rulebook's time is over."""
    require(case, Verb.REQUIRE_EVIDENCE, actor, now)
    if party not in {p.value for p in ASKS}:
        raise Invalid("Ask BUYER or SELLER.", code="unknown_party", field="party")
    known_type(evidence_type)
    note = required_text(note, "note")
    after = waits(case, ASKS[Party(party)], now)
    values = {
        "case_id": case.id,
        "party": party,
        "evidence_type": evidence_type,
        "note": note,
        "asked_by": actor.ref,
        "asked_at": now,
        "due_at": after.due_at,
    }
    data = {
        "party": party,
        "evidence_type": evidence_type,
        "due_at": after.due_at,
        "sha256": text_digest(note),
    }
    row = NewRow(EvidenceRequest, values)
    return updated(case, after, actor, now, "case.evidence_required", data, rows=(row,))


def provide_evidence(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    evidence_type: str,
    note: str = "",
    carrier: str = "",
    tracking_number: str = "",
) -> Transition:
    """Give a text or a tracking number. What staff asked for sends the case back to review."""
    require(case, Verb.PROVIDE_EVIDENCE, actor, now)
    known_type(evidence_type)
    if not tracking_number:
        note = required_text(note, "note")
    given = {
        "party": actor.kind.value,
        "evidence_type": evidence_type,
        "carrier": carrier,
        "tracking_number": tracking_number,
        "number_hint": str(hint(tracking_number, carrier)) if tracking_number else "",
    }
    values = {**given, "case_id": case.id, "note": note.strip(), "at": now}
    data = {**given, "sha256": text_digest(note.strip())}
    asked = case.state in REVIEW_STATES
    after = waits(case, State.UNDER_REVIEW, now) if asked else case.now
    return updated(
        case,
        after,
        actor,
        now,
        "case.evidence_provided",
        data,
        rows=(NewRow(Evidence, values),),
        request=ClosedRequest(answered=True) if asked else None,
    )


def known_type(evidence_type: str) -> None:
    """Raises Invalid for an evidence type that is not in the list."""
    if evidence_type not in EvidenceType.values:
        raise Invalid(
            f"{evidence_type!r} is not an evidence type; use one of"
            f" {', '.join(EvidenceType.values)}.",
            code="unknown_evidence_type",
            field="evidence_type",
        )
