"""The sweeps: what keeps every deadline, whatever else died. Tasks, commands and tests call these.

Each takes due rows in batches, runs their verb and commits the batch at once. A row whose verb or
write fails is set aside with its error and never blocks the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import transaction

from backoffice.orders.enums import ChangeKind
from backoffice.orders.service.changes import take_changes
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.queries.snapshots import Found, Unreadable
from disputes.service.commit import commit
from disputes.service.refunds import credit_refunds
from disputes.verbs.facts import note_facts
from disputes.verbs.lapsing import lapse
from disputes.verbs.transition import Transition

log = structlog.get_logger()
FOLLOWER = "disputes"


@dataclass(slots=True)
class Swept:
    """What a sweep did: cases moved, and the ids of those set aside with why."""

    done: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)


def sweep_cases(now: datetime, batch: int = 500) -> Swept:
    """Let every case lapse whose deadline has passed."""
    swept = Swept()
    while _sweep_batch(now, batch, swept):
        pass
    return swept


def _sweep_batch(now: datetime, batch: int, swept: Swept) -> int:
    with transaction.atomic():
        found = snapshots.due(now, batch)
        orders = snapshots.uncounted_refunds(found.cases)
        if orders:
            _credit(orders, now, swept)
            found = snapshots.again(found.cases, now)
        _move_all(found, lambda case: lapse(case, now), swept)
    return len(found.cases) + len(found.unreadable)


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

        def note(case: Snapshot) -> Transition:
            known = tuple(dict.fromkeys(kinds[case.facts.order_id]))
            return note_facts(case, now, kinds=known)

        _move_all(snapshots.open_on_orders(kinds), note, swept)
    return len(changes)


def _credit(order_ids: set[int], now: datetime, swept: Swept) -> None:
    """Count the orders' new refunds, each order by itself; one that cannot is set aside."""
    for order_id in sorted(order_ids):
        try:
            with transaction.atomic():
                credit_refunds([order_id], now)
        except Exception as error:  # noqa: BLE001  it must not block the rest
            found = snapshots.open_on_orders([order_id])
            broken: list[Snapshot | Unreadable] = [*found.cases, *found.unreadable]
            for case in broken:
                _set_aside(case, error, swept)


def _move_all(found: Found, verb: Callable[[Snapshot], Transition], swept: Swept) -> None:
    """Commit every case's step at once; if the batch fails, each by itself, so one is found out."""
    for broken in found.unreadable:
        _set_aside(broken, broken.error, swept)
    transitions = []
    for case in found.cases:
        try:
            transitions.append(verb(case))
        except Exception as error:  # noqa: BLE001  it must not block the rest
            _set_aside(case, error, swept)
    try:
        with transaction.atomic():
            commit(transitions)
        swept.done += len(transitions)
    except Exception:
        log.exception("sweep.batch_failed", cases=len(transitions))
        _one_by_one(transitions, swept)


def _one_by_one(transitions: Sequence[Transition], swept: Swept) -> None:
    for step in transitions:
        try:
            with transaction.atomic():
                commit([step])
            swept.done += 1
        except Exception as error:  # noqa: BLE001  it must not block the rest
            _set_aside(step.before, error, swept)


def _set_aside(case: Snapshot | Unreadable, error: Exception, swept: Swept) -> None:
    why = f"{type(error).__name__}: {error}"[:2000]
    log.error("sweep.case_set_aside", case=case.public_id, error=why)
    Case.objects.filter(id=case.id).update(sweep_error=why)
    swept.set_aside[case.public_id] = why
