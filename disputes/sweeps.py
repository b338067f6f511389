"""The sweeps: what keeps every deadline, whatever else died. Tasks, commands and tests call these.

Each takes due rows in batches, runs their verb and commits the batch at once. A row whose verb or
write fails is set aside with its error and never blocks the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog
from django.db import InterfaceError, OperationalError, transaction

from backoffice.common.collector import collector_at_rest
from backoffice.orders.enums import ChangeKind
from backoffice.orders.service.changes import take_changes
from disputes.models import Case, Pause
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.queries.missed import last_told, news
from disputes.queries.pauses import current_pauses, to_pause
from disputes.queries.snapshots import Found, Unreadable
from disputes.service.commit import commit
from disputes.service.pauses import facts_of, still_to_pause
from disputes.service.refunds import credit_refunds
from disputes.verbs.facts import note_facts
from disputes.verbs.lapsing import lapse
from disputes.verbs.pausing import PauseFacts, pause_clock
from disputes.verbs.putting_back import set_aside
from disputes.verbs.returns import follow_return
from disputes.verbs.transition import Transition

log = structlog.get_logger()
FOLLOWER = "disputes"
# The database's moment, not the case's fault: the batch rolls back and the next tick tries again.
TRANSIENT = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Swept:
    """What a sweep did: cases moved, and the ids of those set aside with why."""

    done: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)


def sweep_cases(now: datetime, batch: int = 500) -> Swept:
    """Let every case lapse whose deadline has passed; first, stop the clocks that pauses stop."""
    swept = Swept()
    for pause in current_pauses(now):
        while _pause_batch(pause, now, batch, swept):
            pass
    while _sweep_batch(now, batch, swept):
        pass
    return swept


def _pause_batch(pause: Pause, now: datetime, batch: int, swept: Swept) -> int:
    with collector_at_rest(), transaction.atomic():
        found = snapshots.locked(to_pause(pause).order_by("due_at", "id"), batch)
        facts = facts_of(pause, found.cases)
        _move_all(found, lambda case: pause_clock(case, now, pause=facts[case.id]), now, swept)
    return len(found.cases) + len(found.unreadable)


def _sweep_batch(now: datetime, batch: int, swept: Swept) -> int:
    _credit(snapshots.orders_to_count(snapshots.due_cases(now)[:batch]), now, swept)
    with collector_at_rest(), transaction.atomic():
        found = snapshots.due(now, batch)
        taken = len(found.cases) + len(found.unreadable)
        # A refund fed since is counted in the next round: its order is locked before its cases.
        behind = snapshots.uncounted_refunds(found.cases)
        ready = [case for case in found.cases if case.facts.order_id not in behind]
        stopped = still_to_pause(ready, now)
        _move_all(Found(ready, found.unreadable), partial(_let_lapse, stopped, now), now, swept)
    return taken


def _let_lapse(stopped: dict[int, PauseFacts], now: datetime, case: Snapshot) -> Transition:
    """Its lapse, unless a pause stops its clock (it was locked when the pauses came by)."""
    pause = stopped.get(case.id)
    return pause_clock(case, now, pause=pause) if pause else lapse(case, now)


def follow_facts(now: datetime, batch: int = 500) -> Swept:
    """Let open cases learn of what the marketplace fed since: scans and refunds."""
    swept = Swept()
    while _follow_batch(now, batch, swept):
        pass
    return swept


def _follow_batch(now: datetime, batch: int, swept: Swept) -> int:
    with transaction.atomic():
        changes = take_changes(FOLLOWER, batch)
        if not changes:
            return 0
        _credit({c.order_id for c in changes if c.kind == ChangeKind.REFUNDED}, now, swept)
        kinds: dict[int, list[str]] = {}
        for change in changes:
            if change.kind != ChangeKind.REFUNDED:
                kinds.setdefault(change.order_id, []).append(str(change.kind))

        found = snapshots.open_on_orders(kinds)
        # A refund whose change is still to come is counted before the case lapses: by the sweep.
        behind = snapshots.uncounted_refunds(case for case in found.cases if case.due(now))
        found.cases[:] = [
            case for case in found.cases if not (case.due(now) and case.facts.order_id in behind)
        ]
        told = last_told(found.cases)
        known = {case.id: news(case, kinds[case.facts.order_id], told) for case in found.cases}
        found.cases[:] = [case for case in found.cases if case.due(now) or known[case.id]]
        stopped = still_to_pause([case for case in found.cases if case.due(now)], now)

        def note(case: Snapshot) -> Transition:
            if case.due(now):  # its deadline comes first, with the facts of that time
                return _let_lapse(stopped, now, case)
            returned = ChangeKind.RETURN in known[case.id]
            going_back = follow_return(case, now, now) if returned else None
            return going_back or note_facts(case, now, kinds=known[case.id])

        _move_all(found, note, now, swept)
    return len(changes)


def _credit(order_ids: set[int], now: datetime, swept: Swept) -> None:
    """Count the orders' new refunds, each order by itself; the cases of one that fails stand by."""
    for order_id in sorted(order_ids):
        try:
            with transaction.atomic():
                credit_refunds([order_id], now)
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001  it must not block the rest
            with transaction.atomic():
                found = snapshots.open_on_orders([order_id])
                for case in found.cases:
                    _set_aside(case, error, now, swept)
                for broken in found.unreadable:
                    _give_up(broken, error, swept)


def _move_all(
    found: Found, verb: Callable[[Snapshot], Transition], now: datetime, swept: Swept
) -> None:
    """Commit every case's step at once; if the batch fails, each by itself, so one is found out."""
    for broken in found.unreadable:
        _give_up(broken, broken.error, swept)
    transitions = []
    for case in found.cases:
        try:
            transitions.append(verb(case))
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001  it must not block the rest
            _set_aside(case, error, now, swept)
    try:
        with transaction.atomic():
            commit(transitions)
        swept.done += len(transitions)
    except TRANSIENT:
        raise
    except Exception:
        log.exception("sweep.batch_failed", cases=len(transitions))
        _one_by_one(transitions, now, swept)


def _one_by_one(transitions: Sequence[Transition], now: datetime, swept: Swept) -> None:
    for step in transitions:
        try:
            with transaction.atomic():
                commit([step])
            swept.done += 1
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001  it must not block the rest
            _set_aside(step.before, error, now, swept)


def _set_aside(case: Snapshot, error: Exception, now: datetime, swept: Swept) -> None:
    """Set the case aside, with an event where its chain takes one."""
    try:
        with transaction.atomic():
            commit([set_aside(case, now, error=_why(error))])
    except TRANSIENT:
        raise
    except Exception:
        log.exception("sweep.event_failed", case=case.public_id)
        _give_up(case, error, swept)
    else:
        _report(case, error, swept)


def _give_up(case: Snapshot | Unreadable, error: Exception, swept: Swept) -> None:
    """Set aside a case that cannot even be read or written: only the mark is left."""
    Case.objects.filter(id=case.id).update(sweep_error=_why(error))
    _report(case, error, swept)


def _report(case: Snapshot | Unreadable, error: Exception, swept: Swept) -> None:
    log.error("sweep.case_set_aside", case=case.public_id, error=_why(error))
    swept.set_aside[case.public_id] = _why(error)


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
