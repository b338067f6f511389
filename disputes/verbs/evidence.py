"""Staff ask a side for evidence; the side gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

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
from disputes.verbs.transition import (
    ClosedRequest,
    Happening,
    NewRow,
    Transition,
    require,
    updated,
    waits,
)

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


@dataclass(frozen=True, slots=True)
class Given:
    """One piece of evidence: a text, a tracking number, files, or several of these."""

    evidence_type: str
    note: str = ""
    carrier: str = ""
    tracking_number: str = ""
    files: Sequence[StoredFile] = ()


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
    """Give one piece of evidence, as `provide_all` gives several."""
    require(case, Verb.PROVIDE_EVIDENCE, actor, now)
    piece = checked(Given(evidence_type, note, carrier, tracking_number, files), "")
    return _give(case, actor, now, [piece])


def provide_all(
    case: Snapshot, actor: Actor, now: datetime, *, pieces: Sequence[Given]
) -> Transition:
    """Give evidence, at least one piece. What staff asked for sends the case back to review.

    Raises Invalid naming the piece (`pieces[0].note`), TooMuchEvidence once the case has all it
    may have.
    """
    require(case, Verb.PROVIDE_EVIDENCE, actor, now)
    ready = [checked(piece, f"pieces[{place}].") for place, piece in enumerate(pieces)]
    return _give(case, actor, now, ready)


def checked(piece: Given, at: str) -> Given:
    """The piece without outer space. Raises Invalid for one that says nothing."""
    known_type(piece.evidence_type, f"{at}evidence_type")
    note = piece.note.strip()
    if note or not (piece.tracking_number or piece.files):
        note = required_text(note, f"{at}note")
    return replace(piece, note=note)


def _give(case: Snapshot, actor: Actor, now: datetime, pieces: Sequence[Given]) -> Transition:
    room_for(case, len(pieces))
    given = [shown(case, actor, now, piece) for piece in pieces]
    asked = case.state in REVIEW_STATES
    after = waits(case, State.UNDER_REVIEW, now) if asked else case.now
    step = updated(
        case,
        after,
        actor,
        now,
        "case.evidence_provided",
        given[0][1],
        rows=tuple(row for row, _ in given),
        request=ClosedRequest(answered=True) if asked else None,
    )
    others = tuple(Happening("case.evidence_provided", data) for _, data in given[1:])
    step = replace(step, events=(*step.events, *others))
    return completed(case, step, {piece.evidence_type for piece in pieces}, now)


def shown(
    case: Snapshot, actor: Actor, now: datetime, piece: Given, *, supporting: bool = False
) -> tuple[NewRow, dict[str, Any]]:
    """The row of a piece, and what the case's chain says of it."""
    number = piece.tracking_number
    given = {
        "party": actor.kind.value,
        "evidence_type": piece.evidence_type,
        "carrier": piece.carrier,
        "tracking_number": number,
        "number_hint": str(hint(number, piece.carrier)) if number else "",
    }
    stage = PLACES[case.state].stage.value
    values = {**given, "case_id": case.id, "note": piece.note, "stage": stage, "at": now}
    belonging = with_files(EvidenceFile, "evidence_id", piece.files)
    values |= {"files": len(piece.files), "supporting": supporting}
    row = NewRow(Evidence, values, belonging)
    return row, {**given, "sha256": text_digest(piece.note), "files": sealed(piece.files)}


def room_for(case: Snapshot, items: int) -> None:
    """Raises TooMuchEvidence where the case has no room for so many pieces more."""
    if case.evidence + items > MAX_EVIDENCE:
        raise TooMuchEvidence(
            _("The case has its %(most)d pieces of evidence; there is room for no more.")
            % {"most": MAX_EVIDENCE}
        )


def known_type(evidence_type: str, field: str = "evidence_type") -> None:
    """Raises Invalid for an evidence type that is not in the list."""
    if evidence_type not in EvidenceType.values:
        raise Invalid(
            f"{evidence_type!r} is not an evidence type; use one of"
            f" {', '.join(EvidenceType.values)}.",
            code="unknown_evidence_type",
            field=field,
        )
