"""Staff write internal notes for each other."""

from __future__ import annotations

from datetime import datetime

from backoffice.common.actors import Actor
from disputes.lifecycle import Verb
from disputes.models import Note
from disputes.queries.known import Snapshot
from disputes.verbs.messages import MAX_LENGTH, required_text, text_digest
from disputes.verbs.transition import Happening, NewRow, Transition, require


def add_note(case: Snapshot, actor: Actor, now: datetime, *, body: str) -> Transition:
    """Add an internal note: no clock moves, and the marketplace is told nothing of it.

    Raises Invalid for an empty or too long text.
    """
    require(case, Verb.ADD_NOTE, actor, now)
    body = required_text(body, "note", MAX_LENGTH)
    noted = Happening("case.note_added", {"sha256": text_digest(body)})
    row = NewRow(Note, {"case_id": case.id, "author_ref": actor.ref, "body": body, "at": now})
    return Transition(case, case.now, actor, now, (noted,), rows=(row,))
