"""Beginning a case."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from backoffice.audit import service as audit
from backoffice.common.actors import Actor
from backoffice.ledger import service as ledger
from backoffice.orders.enums import RemedyKind
from backoffice.orders.service.refunds import count_refunds
from backoffice.orders.service.remedies import open_remedies
from backoffice.outbox import service as outbox
from disputes.models import Case, CaseLine
from disputes.queries.claimable import claimable_order
from disputes.service.commit import SUBJECT, append_rows
from disputes.service.pauses import pause_clocks_of
from disputes.service.refunds import credit_refunds
from disputes.verbs.filing import Claim, Filing, file
from disputes.verbs.messages import message_row, required_text

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: read out on the telephone


def file_claim(order_ref: str, claim: Claim, actor: Actor, now: datetime) -> str:
    """File `claim` for the buyer `actor` and return the new case's public id.

    Raises the filing verb's errors, and Refused where a remedy is open on one of the lines.
    """
    with transaction.atomic():
        order = claimable_order(order_ref)
        if order.uncounted_minor:  # open cases of the order come first
            credit_refunds([order.order_id], now)
            order = claimable_order(order_ref)
        public_id = new_public_id()
        filing = file(order, claim, public_id, actor, now)
        _write(filing)
        pause_clocks_of(public_id, now)
    return public_id


def new_public_id() -> str:
    """An id nobody can guess: RD- and twelve characters (60 bits)."""
    return "RD-" + "".join(secrets.choice(ALPHABET) for _ in range(12))


def _write(filing: Filing) -> None:
    order, now = filing.order, filing.at
    line_ids = [line.line_id for line, _ in filing.lines]
    open_remedies(line_ids, RemedyKind.DISPUTE, filing.public_id, now)
    event = audit.NewEvent(
        SUBJECT, filing.public_id, filing.event.action, filing.actor, now, filing.event.data
    )
    head = audit.append([event], {})[SUBJECT, filing.public_id]
    case = Case.objects.create(
        public_id=filing.public_id,
        order_id=order.order_id,
        seller_id=order.seller_id,
        buyer_id=order.buyer_id,
        reason=filing.claim.reason,
        sub_reason=filing.claim.sub_reason,
        state=filing.state,
        currency=order.currency,
        requested_minor=filing.requested.minor,
        rulebook_number=order.book.version,
        filed_at=now,
        replaced_at=filing.replacement and filing.replacement.at,
        complained_at=filing.replacement and filing.replacement.complained_at,
        waiting_since=now,
        due_at=filing.due_at,
        updated_at=now,
        chain_length=head.length,
        chain_hash=head.hash,
    )
    rows = [
        CaseLine(case=case, line_id=line.line_id, requested_minor=minor)
        for line, minor in filing.lines
    ]
    CaseLine.objects.bulk_create(rows)
    if filing.claim.note:
        body = required_text(filing.claim.note, "note")
        append_rows([message_row(case.id, filing.actor, now, body)])
    ledger.record([filing.hold], now)
    outbox.enqueue(filing.outbox, now)
    if order.uncounted_minor:  # it lowered the claimable amount; it must not count again
        count_refunds({order.order_id: order.uncounted_minor})
