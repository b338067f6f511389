"""Staff ask a side for evidence; the side gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.files.models import StoredFile
from backoffice.orders.tracking_numbers import hint
from disputes.enums import EvidenceType, Party
from disputes.lifecycle import PLACES, REVIEW_STATES, State, Verb
from disputes.models import Evidence, EvidenceFile, EvidenceRequest
from disputes.queries.known import Snapshot
from disputes.verbs.files import sealed, with_files
from disputes.verbs.holding import require_free
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.minimum import completed
from disputes.verbs.transition import ClosedRequest, NewRow, Transition, require, updated, waits

MAX_EVIDENCE = 100  # PayPal Disputes v1: a case's pieces of evidence
ASKS = {Party.BUYER: State.BUYER_EVIDENCE, Party.SELLER: State.SELLER_EVIDENCE}


class TooMuchEvidence(Refused):
    """The case has all the evidence it may have."""

    code = "too_much_evidence"


def require_evidence(
    case: Snapshot, actor: Actor, now: datetime, *, party: str, evidence_type: str, note: str
) -> Transition:
    """Ask one side; the case waits for it until the rulebook's time is over."""
    require(case, Verb.REQUIRE_EVIDENCE, actor, now)
    require_free(case, actor, now)
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
    files: Sequence[StoredFile] = (),
) -> Transition:
    """Give a text, a tracking number, files. What staff asked for sends the case back to review.

    Raises TooMuchEvidence once the case has all it may have.
    """
    require(case, Verb.PROVIDE_EVIDENCE, actor, now)
    known_type(evidence_type)
    room_for(case, 1)
    if not tracking_number and not files:
        note = required_text(note, "note")
    given = {
        "party": actor.kind.value,
        "evidence_type": evidence_type,
        "carrier": carrier,
        "tracking_number": tracking_number,
        "number_hint": str(hint(tracking_number, carrier)) if tracking_number else "",
    }
    stage = PLACES[case.state].stage.value
    values = {**given, "case_id": case.id, "note": note.strip(), "stage": stage, "at": now}
    row = NewRow(
        Evidence, values | {"files": len(files)}, with_files(EvidenceFile, "evidence_id", files)
    )
    data = {**given, "sha256": text_digest(note.strip()), "files": sealed(files)}
    asked = case.state in REVIEW_STATES
    after = waits(case, State.UNDER_REVIEW, now) if asked else case.now
    step = updated(
        case,
        after,
        actor,
        now,
        "case.evidence_provided",
        data,
        rows=(row,),
        request=ClosedRequest(answered=True) if asked else None,
    )
    return completed(case, step, evidence_type, now)


def room_for(case: Snapshot, items: int) -> None:
    """Raises TooMuchEvidence where the case has no room for so many pieces more."""
    if case.evidence + items > MAX_EVIDENCE:
        raise TooMuchEvidence(
            _("The case has its %(most)d pieces of evidence; there is room for no more.")
            % {"most": MAX_EVIDENCE}
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
