"""The seller answers: accept the claim, or deny it with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.files.models import StoredFile
from disputes.enums import BorneBy, DenyReason, Outcome, SellerAnswer
from disputes.lifecycle import PLACES, State, Verb
from disputes.queries.known import Snapshot, ruling_inputs
from disputes.verbs.files import sealed
from disputes.verbs.messages import message_row, required_text, text_digest
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import Happening, Transition, require, updated, waits


def accept_claim(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    note: str = "",
    files: Sequence[StoredFile] = (),
) -> Transition:
    """The seller grants what was requested; it is paid at once and he bears it.

    `note` and `files` are his words with it, as a message.
    """
    require(case, Verb.ACCEPT_CLAIM, actor, now)
    inputs = ruling_inputs(case, SellerAnswer.ACCEPTED, now)
    ruling = Ruling(
        Outcome.ACCEPTED,
        refund_minor=case.requested_minor,
        borne_by=BorneBy.SELLER.value,
        recommended=case.book.evaluate("ruling", inputs).trace.to_json(),
    )
    words = required_text(note, "note") if note.strip() else ""
    data = {
        "refund": case.requested.to_json(),
        "sha256": text_digest(words) if words else "",
        "files": sealed(files),
    }
    accepted = Happening("case.claim_accepted", data)
    stage = PLACES[case.state].stage
    rows = (message_row(case.id, actor, now, words, stage, files),) if words or files else ()
    answer = SellerAnswer.ACCEPTED.value
    return resolve(case, ruling, actor, now, (accepted,), rows, seller_answer=answer)


def deny(case: Snapshot, actor: Actor, now: datetime, *, reason: str, note: str) -> Transition:
    """The seller denies the claim, saying why; both then have the time to agree or escalate."""
    require(case, Verb.DENY, actor, now)
    if reason not in DenyReason.values:
        raise Invalid(
            f"{reason!r} is not a reason; use one of {', '.join(DenyReason.values)}.",
            code="unknown_reason",
            field="reason",
        )
    note = required_text(note, "note")
    after = waits(case, State.NEGOTIATION, now, seller_answer=SellerAnswer.DENIED.value)
    data = {"reason": reason, "sha256": text_digest(note), "due_at": after.due_at}
    row = message_row(case.id, actor, now, note)
    return updated(case, after, actor, now, "case.claim_denied", data, rows=(row,))
