"""The only writer of cases: one transition or ten thousand, in one transaction, in sets.

It never loops over saves. Each case must still be at the version the verb saw; if one has moved,
nothing at all is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from backoffice.audit import service as audit
from backoffice.audit.service.append import Subject
from backoffice.common.bulk import among, append, update
from backoffice.common.canonical import canonical_json
from backoffice.common.errors import Refused
from backoffice.ledger import service as ledger
from backoffice.orders.service.refunds import count_refunds
from backoffice.orders.service.remedies import close_remedies
from backoffice.outbox import service as outbox
from disputes.models import Case, EvidenceRequest
from disputes.verbs.transition import NewRow, Transition

SUBJECT = "case"
STANDING = (
    "state",
    "credited_minor",
    "refunded_minor",
    "borne_by",
    "seller_answer",
    "outcome",
    "assignee_id",
    "waiting_since",
    "due_at",
    "reminders",
    "resolved_at",
    "sweep_error",
)
CHANGED = (*STANDING, "updated_at", "chain_length", "chain_hash")


class CaseMoved(Refused):
    """Somebody else moved the case since it was read; look again and decide anew."""

    code = "case_moved"


def commit(transitions: Sequence[Transition]) -> None:
    """Write `transitions` (each of another case), or nothing.

    Raises CaseMoved if a case is no longer as its verb saw it.
    """
    if not transitions:
        return
    now = max(t.at for t in transitions)
    with transaction.atomic():
        heads = _append_events(transitions)
        _move(transitions, heads)
        ledger.settle([s for t in transitions for s in t.settlements], now)
        ledger.record([new for t in transitions for new in t.transfers], now)
        close_remedies(
            [(t.before.public_id, c.line_id, c.paid_minor) for t in transitions for c in t.closes],
            now,
        )
        append_rows(row for t in transitions for row in t.rows)
        _close_requests(transitions)
        count_refunds(
            {
                t.before.facts.order_id: t.refunds_counted_minor
                for t in transitions
                if t.refunds_counted_minor
            }
        )
        outbox.enqueue([m for t in transitions for m in t.outbox], now)


def append_rows(rows: Iterable[NewRow]) -> None:
    """Append rows of several tables, each table at once."""
    by_model: defaultdict[type[models.Model], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row.values)
    for model, values in by_model.items():
        columns = list(values[0])
        defaults = {
            str(f.column): f.get_default()
            for f in model._meta.concrete_fields
            if f.column not in columns and not f.primary_key
        }
        extra = tuple(defaults.values())
        append(
            model,
            [*columns, *defaults],
            [(*(_plain(v[c]) for c in columns), *extra) for v in values],
        )


def _append_events(transitions: Sequence[Transition]) -> dict[Subject, audit.Head]:
    heads = {(SUBJECT, t.before.public_id): t.before.chain for t in transitions}
    events = (
        audit.NewEvent(SUBJECT, t.before.public_id, e.action, t.actor, t.at, e.data)
        for t in transitions
        for e in t.events
    )
    return audit.append(events, heads)


def _move(transitions: Sequence[Transition], heads: dict[Subject, audit.Head]) -> None:
    rows = []
    for t in transitions:
        a, head = t.after, heads[SUBJECT, t.before.public_id]
        standing = (
            a.state,
            a.credited_minor,
            a.refunded_minor,
            a.borne_by,
            a.seller_answer,
            a.outcome,
            a.assignee_id,
            a.waiting_since,
            a.due_at,
            a.reminders,
            a.resolved_at,
            a.sweep_error,
        )
        rows.append((t.before.id, t.before.version, *standing, t.at, head.length, head.hash))
    if update(Case, ("id", "version"), CHANGED, rows, bump="version") != len(rows):
        raise CaseMoved("The case has moved since it was read; look at it again.")


def _close_requests(transitions: Sequence[Transition]) -> None:
    closing: defaultdict[tuple[bool, Any], list[int]] = defaultdict(list)
    for t in transitions:
        if t.request:
            closing[t.request.answered, t.at].append(t.before.id)
    for (answered, at), case_ids in closing.items():
        rows = EvidenceRequest.objects.filter(case_id__in=among(case_ids), closed_at=None)
        rows.update(closed_at=at, answered=answered)


def _plain(value: Any) -> Any:
    """A database value: JSON as text, words as plain strings."""
    if isinstance(value, dict):
        return canonical_json(value).decode()
    return str(value) if isinstance(value, str) else value
