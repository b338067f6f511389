"""A clock stands still: the deadline moves by the part of the pause that lies in the wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from backoffice.common.actors import SYSTEM
from backoffice.common.errors import Refused
from backoffice.rulebook.engine.calendar import Calendar, add_working_time, working_time
from disputes.lifecycle import Verb
from disputes.models import PausedWait
from disputes.queries.known import Snapshot
from disputes.queries.pauses import Stretch, apart
from disputes.verbs.transition import NewRow, Transition, require, updated

LEAST = timedelta(seconds=1)  # a wait that met a pause is told to have stood still for some time


@dataclass(frozen=True, slots=True)
class PauseFacts:
    """A declared pause, as the verb sees it.

    `stopped` are the stretches in which other pauses stopped the case's present clock already.
    """

    id: int
    carrier: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    stopped: tuple[Stretch, ...] = ()


def pause_clock(case: Snapshot, now: datetime, *, pause: PauseFacts) -> Transition:
    """Move the present deadline by the part of the pause that lies in this wait.

    Whoever had two days left when it began has two days left when it ends; a holiday in it, or
    another pause at the same time, counts once. Raises Refused where the wait and the pause do not
    meet.
    """
    require(case, Verb.PAUSE, SYSTEM, now)
    due_at, since = cast(datetime, case.now.due_at), case.now.waiting_since
    start = max(pause.starts_at, since)
    if due_at <= pause.starts_at or start >= pause.ends_at:
        raise Refused("The pause does not lie in this wait.", code="not_paused")
    extra = _lost(due_at, apart((start, pause.ends_at), pause.stopped), case.book.holidays)
    after = replace(case.now, due_at=add_working_time(due_at, extra, case.book.holidays))
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


def _lost(due_at: datetime, stood: Iterator[Stretch], holidays: Calendar) -> timedelta:
    """How much of the wait was lost: what was lost first lets it meet the later stretches."""
    lost = timedelta()
    for begins, ends in stood:
        if begins < add_working_time(due_at, lost, holidays):
            lost += working_time(begins, ends, holidays)
    return max(LEAST, lost)
