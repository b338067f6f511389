"""A clock stands still: the deadline moves by the part of the pause that lies in the wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from backoffice.common.actors import SYSTEM
from backoffice.common.errors import Refused
from disputes.lifecycle import Verb
from disputes.models import PausedWait
from disputes.queries.known import Snapshot
from disputes.verbs.transition import NewRow, Transition, require, updated


@dataclass(frozen=True, slots=True)
class PauseFacts:
    """A declared pause, as the verb sees it."""

    id: int
    carrier: str
    starts_at: datetime
    ends_at: datetime
    reason: str


def pause_clock(case: Snapshot, now: datetime, *, pause: PauseFacts) -> Transition:
    """Move the present deadline by the part of the pause that lies in this wait.

    Whoever had two days left when it began has two days left when it ends. Raises Refused where
    the wait and the pause do not meet.
    """
    require(case, Verb.PAUSE, SYSTEM, now)
    due_at, since = cast(datetime, case.now.due_at), case.now.waiting_since
    start = max(pause.starts_at, since)
    if due_at <= pause.starts_at or start >= pause.ends_at:
        raise Refused("The pause does not lie in this wait.", code="not_paused")
    extra = pause.ends_at - start
    after = replace(case.now, due_at=due_at + extra)
    data = {
        "reason": pause.reason,
        "from": pause.starts_at,
        "until": pause.ends_at,
        "due_at": after.due_at,
    }
    values = {
        "pause_id": pause.id,
        "case_id": case.id,
        "since": since,
        "seconds": max(1, round(extra.total_seconds())),
    }
    return updated(
        case,
        after,
        SYSTEM,
        now,
        "case.clock_paused",
        data,
        rows=(NewRow(PausedWait, values),),
        moves_deadline=True,
    )
