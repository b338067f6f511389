"""Reading cases for verbs: one lock, a constant number of statements, however many cases.

Rows come as tuples, not model instances: this is the sweep's hot path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from backoffice.audit.service import Head
from backoffice.common.bulk import among
from backoffice.common.errors import NotFound, Refused
from backoffice.rulebook.queries import book
from disputes.models import Case, CaseLine, Evidence, Message
from disputes.queries.judged import judged
from disputes.queries.known import STANDING, ClaimedLine, Judged, OrderFacts, Snapshot, Standing
from disputes.queries.pending import Pending, pending
from disputes.queries.replaced import Agreed, Sent, sent
from disputes.queries.tracking import Proofs, proofs, telling, tracking_input

COLUMNS = (
    "id",
    "public_id",
    "version",
    "chain_length",
    "chain_hash",
    "reason",
    "sub_reason",
    "currency",
    "requested_minor",
    "rulebook_number",
    "order_id",
    "buyer__external_id",
    "seller__external_id",
    "order__external_id",
    "order__deliver_by",
    "order__handed_over_at",
    "order__delivered_at",
    "order__refunded_minor",
    "order__refunds_counted_minor",
    "replaced_at",
    "complained_at",
    *STANDING,
)
ORDER_AT = COLUMNS.index("order_id")
REPLACED_AT = COLUMNS.index("replaced_at")
STANDING_AT = COLUMNS.index("state")
ASSIGNEE_AT = COLUMNS.index("assignee_id")
NOT_JUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A case whose facts cannot be put together (its rulebook is gone, say)."""

    id: int
    public_id: str
    error: Exception


class CaseUnreadable(Refused):
    """What the case rests on cannot be put together, and so nothing can be done to it."""

    code = "case_unreadable"

    def __init__(self, broken: Unreadable) -> None:
        super().__init__(_("The case cannot be read."))
        self.public_id = broken.public_id
        self.why = f"{type(broken.error).__name__}: {broken.error}"


@dataclass(frozen=True, slots=True)
class Fed:
    """What was fed of the cases' orders, by order id; `sent` where one is about a replacement."""

    tracking: dict[int, str]
    proofs: Proofs
    sent: dict[int, Sent]


@dataclass(frozen=True, slots=True)
class Found:
    """What a sweep works on: the cases, and those that cannot even be read."""

    cases: list[Snapshot]
    unreadable: list[Unreadable]


def one(public_id: str) -> Snapshot:
    """The case, locked until the transaction ends. Raises NotFound."""
    case = _only(_locked(Case.objects.filter(public_id=public_id)))
    return replace(
        case,
        messages=Message.objects.filter(case_id=case.id).count(),
        evidence=Evidence.objects.filter(case_id=case.id).count(),
    )


def peek(public_id: str) -> Snapshot:
    """The case as it stands, not locked: for pages that only show. Raises NotFound."""
    return _only(_read(Case.objects.filter(public_id=public_id)))


def due(now: datetime, limit: int) -> Found:
    """Up to `limit` cases past their deadline, locked; those locked by others are left out."""
    return _locked(due_cases(now), limit, skip_locked=True)


def locked(rows: QuerySet[Case], limit: int) -> Found:
    """Up to `limit` of these cases, locked; those locked by others are left out."""
    return _locked(rows, limit, skip_locked=True)


def open_on_orders(order_ids: Iterable[int]) -> Found:
    """The open cases on these orders, locked, in the order of filing."""
    return _locked(
        Case.objects.filter(order_id__in=set(order_ids), due_at__isnull=False).order_by("id")
    )


def _only(found: Found) -> Snapshot:
    """The one case asked for. Raises NotFound, or Refused for one that cannot be read."""
    for broken in found.unreadable:
        raise CaseUnreadable(broken) from broken.error
    if not found.cases:
        raise NotFound("There is no such case.", code="case_not_found")
    return found.cases[0]


def _locked(rows: QuerySet[Case], limit: int | None = None, skip_locked: bool = False) -> Found:
    """Lock first, by id alone, then read: a join in the locking statement would lock the order,

    buyer and seller too. (On SQLite the IMMEDIATE transaction is the lock.)
    """
    ids = list(rows.select_for_update(skip_locked=skip_locked).values_list("id", flat=True)[:limit])
    if not ids:
        return Found([], [])
    found = _read(Case.objects.filter(id__in=among(ids)))
    place = {pk: at for at, pk in enumerate(ids)}
    found.cases.sort(key=lambda case: place[case.id])
    return found


def _read(rows: QuerySet[Case]) -> Found:
    columns = list(rows.values_list(*COLUMNS))
    if not columns:
        return Found([], [])
    case_ids, order_ids = [row[0] for row in columns], [row[ORDER_AT] for row in columns]
    lines = _lines(case_ids)
    fed = Fed(
        telling(order_ids),
        proofs(order_ids, case_ids),
        sent(row[ORDER_AT] for row in columns if row[REPLACED_AT]),
    )
    waits = pending([(row[0], row[ORDER_AT], row[STANDING_AT]) for row in columns])
    held = judged([(row[0], row[STANDING_AT], row[ASSIGNEE_AT]) for row in columns])
    found = Found([], [])
    for row in columns:
        try:
            found.cases.append(_snapshot(row, lines, fed, waits, held))
        except Exception as error:  # noqa: BLE001  whatever it is, it must not block the rest
            found.unreadable.append(Unreadable(row[0], row[1], error))
    return found


def _snapshot(
    row: Sequence[Any],
    lines: dict[int, tuple[ClaimedLine, ...]],
    fed: Fed,
    waits: Pending,
    held: dict[int, Judged],
) -> Snapshot:
    (pk, public_id, version, length, digest, reason, sub, currency, requested, number) = row[:10]
    buyer, seller = row[11:13]
    return Snapshot(
        pk,
        public_id,
        version,
        Head(length, digest),
        Standing(*row[STANDING_AT:]),
        reason,
        sub,
        currency,
        requested,
        buyer,
        seller,
        lines[pk],
        pk in fed.proofs.answered,
        _facts(pk, row[ORDER_AT], row[13:STANDING_AT], fed),
        book(number),
        waits.offers.get(pk),
        waits.offers_made.get(pk, 0),
        waits.returns.get(pk),
        waits.showed.get(pk, frozenset()),
        held.get(pk, NOT_JUDGED),
    )


def _facts(pk: int, order_id: int, row: Sequence[Any], fed: Fed) -> OrderFacts:
    ref, deliver_by, handed_over, delivered, refunded, counted, replaced_at, complained_at = row
    replaced = Agreed(replaced_at, complained_at) if replaced_at else None
    told = tracking_input(fed.tracking.get(order_id), handed_over, delivered)
    proof = order_id in fed.proofs.orders or pk in fed.proofs.cases
    if replaced:
        known = fed.sent[order_id].since(replaced)
        deliver_by, told = known.deliver_by, known.tracking
        handed_over, delivered = known.handed_over_at, known.delivered_at
        given = fed.proofs.cases.get(pk, set())
        proof = known.seen or bool(given - known.first_numbers)
    return OrderFacts(
        order_id,
        ref,
        deliver_by,
        handed_over,
        delivered,
        told,
        proof,
        refunded,
        counted,
        replaced,
    )


def _lines(case_ids: list[int]) -> dict[int, tuple[ClaimedLine, ...]]:
    lines: defaultdict[int, list[ClaimedLine]] = defaultdict(list)
    rows = CaseLine.objects.filter(case_id__in=among(case_ids)).order_by("id")
    columns = rows.values_list("case_id", "line_id", "line__external_id", "requested_minor")
    for case_id, line_id, external_id, minor in columns:
        lines[case_id].append(ClaimedLine(line_id, external_id, minor))
    return {case_id: tuple(found) for case_id, found in lines.items()}


def uncounted_refunds(snapshots: Iterable[Snapshot]) -> set[int]:
    """Ids of the orders whose fed refunds one of these cases has still to take into account.

    One that is paid in full (an appealed one) has none to take: it would be waited for for ever.
    """
    return {
        s.facts.order_id
        for s in snapshots
        if s.facts.refunded_minor > s.facts.refunds_counted_minor and s.unpaid_minor > 0
    }


def orders_to_count(cases: QuerySet[Case]) -> set[int]:
    """Ids of the orders of these cases with refunds to count, read before any lock."""
    behind = Case.objects.filter(
        id__in=cases.values("id"), order__refunded_minor__gt=F("order__refunds_counted_minor")
    )
    return set(behind.values_list("order_id", flat=True))


def due_cases(now: datetime) -> QuerySet[Case]:
    """The open cases whose deadline has passed and that are not set aside, the oldest first."""
    return Case.objects.filter(due_at__lt=now, sweep_error="").order_by("due_at", "id")
