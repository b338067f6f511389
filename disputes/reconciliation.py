"""The cases' books against the chains and the ledger: always in order, and alarmed if not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog
from django.db import models as db
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from backoffice.audit.service import (
    NewEvent,
    append,
    register_heads,
    register_reconciliation,
)
from backoffice.common.actors import SYSTEM
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from disputes.models import Case
from disputes.queries.counts import RECONCILIATION
from disputes.queries.loose_ends import loose_ends

log = structlog.get_logger()


def report_loose_ends(now: datetime) -> dict[str, list[str]]:
    """Log an error for each kind of loose end and return them all.

    What was found, nothing included, is an event: the staff's home shows the last one, because
    looking takes too long for a page.
    """
    found = {kind: refs for kind, refs in loose_ends(now).items() if refs}
    for kind, refs in found.items():
        log.error("reconcile.loose_end", kind=kind, first=refs)
    event = NewEvent(*RECONCILIATION, "reconciliation.done", SYSTEM, now, {"found": found})
    with transaction.atomic():
        append([event])
    return found


def chain_ends() -> Iterator[tuple[str, int, str]]:
    """Each case's own note of where its chain ends."""
    rows = Case.objects.order_by("public_id")
    yield from rows.values_list("public_id", "chain_length", "chain_hash").iterator(2000)


def wrong_amounts() -> Iterator[str]:
    """Cases whose ledger says something else than the case itself."""
    paid = _paid().exclude(moved=F("refunded_minor"))
    for ref, said, moved in _amounts(paid, "refunded_minor"):
        yield f"case {ref} refunded {said}, the ledger {moved}"
    held = _compared(TransferState.PENDING).filter(resolved_at=None)
    for ref, said, moved in _amounts(held.exclude(moved=F("requested_minor")), "requested_minor"):
        yield f"case {ref} claims {said}, the ledger holds {moved}"


def strangers() -> Iterator[str]:
    """Cases whose money goes to, or comes from, somebody who has no part in them."""
    mine = Transfer.objects.filter(subject=OuterRef("public_id"))
    to_another = mine.exclude(
        credit__kind="BUYER", credit__owner_ref=OuterRef("buyer__external_id")
    )
    from_another = mine.filter(debit__kind="SELLER").exclude(
        debit__owner_ref=OuterRef("seller__external_id")
    )
    cases = Case.objects.filter(Exists(to_another) | Exists(from_another))
    for ref in cases.values_list("public_id", flat=True).iterator(2000):
        yield f"case {ref} moves money of somebody who is not its buyer or seller"


def dangling() -> Iterator[str]:
    """Every loose end, as a sentence."""
    for kind, refs in loose_ends(None).items():
        for ref in refs:
            yield f"{kind}: {ref}"


def _amounts(rows: QuerySet[Any], column: str) -> Iterator[tuple[str, int, int]]:
    yield from rows.values_list("public_id", column, "moved").iterator(2000)


def _paid() -> QuerySet[Any]:
    """Each case with what its buyer has of it: paid to him, less what was taken back for fraud."""
    his = db.Case(
        db.When(credit__kind="BUYER", then=F("amount_minor")),
        db.When(debit__kind="BUYER", then=-F("amount_minor")),
        default=0,
        output_field=db.BigIntegerField(),
    )
    moved = (
        Transfer.objects.filter(subject=OuterRef("public_id"), state=TransferState.POSTED)
        .values("subject")
        .annotate(total=Sum(his))
        .values("total")
    )
    return Case.objects.annotate(moved=Coalesce(Subquery(moved), 0))


def _compared(state: TransferState) -> QuerySet[Any]:
    moved = (
        Transfer.objects.filter(subject=OuterRef("public_id"), state=state)
        .values("subject")
        .annotate(total=Sum("amount_minor"))
        .values("total")
    )
    return Case.objects.annotate(moved=Coalesce(Subquery(moved), 0))


register_heads("case", chain_ends)
register_reconciliation("cases against the ledger", wrong_amounts)
register_reconciliation("whose money a case moves", strangers)
register_reconciliation("loose ends of cases", dangling)
