"""Ask the marketplace to decide; take a case to review it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import Actor
from disputes.lifecycle import State, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.messages import message_row, required_text, text_digest
from disputes.verbs.transition import Transition, require, updated, waits


def escalate(case: Snapshot, actor: Actor, now: datetime, *, note: str) -> Transition:
    """Talking did not help: the case goes to review, the parties' clock stops, the staff's runs."""
    require(case, Verb.ESCALATE, actor, now)
    note = required_text(note, "note")
    after = waits(case, State.UNDER_REVIEW, now)
    data = {"by": actor.kind.value, "sha256": text_digest(note), "due_at": after.due_at}
    row = message_row(case.id, actor, now, note)
    return updated(case, after, actor, now, "case.escalated", data, rows=(row,))


def take(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """An adjudicator takes the case, from the queue or over from a colleague."""
    require(case, Verb.TAKE, actor, now)
    after = replace(case.now, assignee_id=int(actor.ref))
    return updated(case, after, actor, now, "case.taken", {"by": actor.name})
