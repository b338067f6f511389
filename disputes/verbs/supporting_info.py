"""A side adds to what is known while staff decide: no clock moves, nobody is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from backoffice.common.actors import Actor
from backoffice.files.models import StoredFile
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot
from disputes.verbs.evidence import Given, checked, room_for, shown
from disputes.verbs.transition import Transition, require, updated


def provide_supporting_info(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    evidence_type: str = "OTHER",
    note: str = "",
    carrier: str = "",
    tracking_number: str = "",
    files: Sequence[StoredFile] = (),
) -> Transition:
    """Give a text, a tracking number, files, or several of these. The state stays as it is."""
    require(case, Verb.PROVIDE_SUPPORTING_INFO, actor, now)
    piece = checked(Given(evidence_type, note, carrier, tracking_number, files), "")
    room_for(case, 1)
    row, data = shown(case, actor, now, piece, supporting=True)
    return updated(case, case.now, actor, now, "case.supporting_info", data, rows=(row,))
