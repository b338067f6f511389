"""Ask the marketplace to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import Actor
from disputes.enums import OfferAnswer
from disputes.lifecycle import State, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.messages import message_row, required_text, text_digest
from disputes.verbs.transition import Transition, closed_offer, require, updated, waits


def escalate(case: Snapshot, actor: Actor, now: datetime, *, note: str) -> Transition:
    """Talking did not help: the case goes to review, the parties' clock stops, the staff's runs.

    Whoever escalates while the other side's offer is open turns that down.
    """
    require(case, Verb.ESCALATE, actor, now)
    note = required_text(note, "note")
    after = waits(case, State.UNDER_REVIEW, now)
    data = {"by": actor.kind.value, "sha256": text_digest(note), "due_at": after.due_at}
    row = message_row(case.id, actor, now, note)
    step = updated(case, after, actor, now, "case.escalated", data, rows=(row,))
    return replace(step, offer=closed_offer(case, OfferAnswer.DENIED))
