"""What was decided and what was paid: outcome, rulings, money movements, what is left."""

from __future__ import annotations

from collections.abc import Iterator

from backoffice.ledger.enums import AccountKind, TransferState
from backoffice.ledger.models import Transfer
from disputes.api.paypal.rulings import adjudications
from disputes.api.paypal.shapes import Shape, latest, moment, shape
from disputes.api.paypal.shapes import money as amount
from disputes.queries.public import PublicCase

MOVEMENTS = 50
PARTIES = {AccountKind.BUYER: "BUYER", AccountKind.SELLER: "SELLER"}


def of_case(found: PublicCase) -> Shape:
    """The dispute's members about money."""
    case = found.case
    left = max(0, case.requested_minor - case.credited_minor - case.refunded_minor)
    outcome = shape(
        outcome_code=case.outcome,
        amount_refunded=amount(case.refunded_minor, case.currency) if case.outcome else None,
    )
    moved = [step for transfer in found.transfers for step in _movements(transfer)]
    return {
        "dispute_outcome": outcome,
        "adjudications": adjudications(found),
        "money_movements": latest(moved, MOVEMENTS),
        "refund_details": {"allowed_refund_amount": amount(left, case.currency)},
    }


def _movements(transfer: Transfer) -> Iterator[Shape]:
    """Both ends of a posted transfer, where a party's: what is on hold has not moved."""
    if transfer.state != TransferState.POSTED:
        return
    for kind, word in (("DEBIT", transfer.debit.kind), ("CREDIT", transfer.credit.kind)):
        if word in PARTIES:
            yield {
                "affected_party": PARTIES[AccountKind(word)],
                "amount": amount(transfer.amount_minor, transfer.currency),
                "initiated_time": moment(transfer.created_at),
                "type": kind,
                "reason": "DISPUTE_SETTLEMENT",
            }
