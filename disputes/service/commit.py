"""The only writer of cases: one transition or ten thousand, in one transaction, in sets.

It never loops over saves. Each case must still be at the version the verb saw; if one has moved,
nothing at all is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from backoffice.audit import service as audit
from backoffice.audit.service.append import Subject
from backoffice.common.bulk import among, append, update
from backoffice.common.canonical import canonical_json
from backoffice.common.errors import Refused
from backoffice.ledger import service as ledger
from backoffice.orders.service.refunds import count_refunds
from backoffice.orders.service.remedies import close_remedies, reopen_remedies
from backoffice.outbox import service as outbox
from disputes.models import Appeal, Case, EvidenceRequest, Offer, Proposal, Return
from disputes.queries.known import STANDING
from disputes.queries.pending import MOVING
from disputes.verbs.transition import Happening, MovedProposal, NewRow, Transition

SUBJECT = "case"
CHANGED = (*STANDING, "updated_at", "chain_length", "chain_hash")
_standing = attrgetter(*STANDING)


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
        reopen_remedies([(t.before.public_id, line) for t in transitions for line in t.reopens])
        # An offer, return or proposal that ends leaves its place to the next one of the same step.
        _close_offers(transitions)
        _move_returns(transitions)
        _move_proposals(transitions)
        _end_appeals(transitions)
        append_rows(row for t in transitions for row in t.rows)
        _close_requests(transitions)
        _move_deadlines(transitions)
        count_refunds(
            {
                t.before.facts.order_id: t.refunds_counted_minor
                for t in transitions
                if t.refunds_counted_minor
            }
        )
        outbox.enqueue([m for t in transitions for m in t.outbox], now)


def append_rows(rows: Iterable[NewRow]) -> None:
    """Append rows of several tables, each table at once; one that others belong to, by itself."""
    by_model: defaultdict[type[models.Model], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.belonging:
            owner = row.model._default_manager.create(**row.values)
            for those in row.belonging:
                by_model[those.model] += [{**v, those.column: owner.pk} for v in those.rows]
        else:
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
        audit.NewEvent(SUBJECT, t.before.public_id, e.action, t.actor, t.at, _data(t, e))
        for t in transitions
        for e in t.events
    )
    return audit.append(events, heads)


def _data(step: Transition, event: Happening) -> dict[str, Any]:
    """The event's data; the last one of a step that begins a wait says in which state it does."""
    after, before = step.after, step.before.now
    if after.due_at is None or event is not step.events[-1]:
        return event.data
    if (after.state, after.waiting_since) == (before.state, before.waiting_since):
        return event.data
    return event.data | {"waits_in": str(after.state)}


def _move(transitions: Sequence[Transition], heads: dict[Subject, audit.Head]) -> None:
    rows = []
    for t in transitions:
        head, standing = heads[SUBJECT, t.before.public_id], _standing(t.after)
        rows.append((t.before.id, t.before.version, *standing, t.at, head.length, head.hash))
    if update(Case, ("id", "version"), CHANGED, rows, bump="version") != len(rows):
        raise CaseMoved(_("The case has moved since it was read; look at it again."))


def _close_requests(transitions: Sequence[Transition]) -> None:
    closing: defaultdict[tuple[bool, Any], list[int]] = defaultdict(list)
    for t in transitions:
        if t.request:
            closing[t.request.answered, t.at].append(t.before.id)
    for (answered, at), case_ids in closing.items():
        rows = EvidenceRequest.objects.filter(case_id__in=among(case_ids), closed_at=None)
        rows.update(closed_at=at, answered=answered)


def _close_offers(transitions: Sequence[Transition]) -> None:
    closing: defaultdict[tuple[str, Any], list[int]] = defaultdict(list)
    for t in transitions:
        if t.offer:
            closing[t.offer.answer.value, t.at].append(t.before.id)
    for (answer, at), case_ids in closing.items():
        rows = Offer.objects.filter(case_id__in=among(case_ids), answer="")
        rows.update(answer=answer, answered_at=at)


def _move_returns(transitions: Sequence[Transition]) -> None:
    rows = [
        (t.returned.id, *(getattr(t.returned, column) for column in MOVING))
        for t in transitions
        if t.returned
    ]
    update(Return, ("id",), MOVING, rows)


def _move_proposals(transitions: Sequence[Transition]) -> None:
    moved: defaultdict[tuple[MovedProposal, Any], list[int]] = defaultdict(list)
    for t in transitions:
        if t.proposal:
            moved[t.proposal, t.at].append(t.before.id)
    for (step, at), case_ids in moved.items():
        rows = Proposal.objects.filter(case_id__in=among(case_ids), closed_at=None)
        changes: dict[str, Any] = {}
        if step.result:
            changes |= {"closed_at": at, "result": step.result, "closing_note": step.note}
        if step.approved_by:
            changes |= {"approved_by": step.approved_by, "approved_at": at}
        rows.update(**changes)


def _end_appeals(transitions: Sequence[Transition]) -> None:
    ended: defaultdict[tuple[str, Any], list[int]] = defaultdict(list)
    for t in transitions:
        if t.appeal:
            ended[t.appeal, t.at].append(t.before.id)
    for (outcome, at), case_ids in ended.items():
        rows = Appeal.objects.filter(case_id__in=among(case_ids), decided_at=None)
        rows.update(outcome=outcome, decided_at=at)


def _move_deadlines(transitions: Sequence[Transition]) -> None:
    moved = [(t.before.id, t.after.due_at) for t in transitions if t.moves_deadline]
    update(Offer, ("case_id",), ("due_at",), moved, only="t.answer = ''")
    update(EvidenceRequest, ("case_id",), ("due_at",), moved, only="t.closed_at IS NULL")


def _plain(value: Any) -> Any:
    """A database value: JSON as text, words as plain strings."""
    if isinstance(value, (dict, list)):
        return canonical_json(value).decode()
    return str(value) if isinstance(value, str) else value
