"""What a decision on appeal does to money that has moved already.

Who is paid and who bears it stay two questions. A buyer who gets more is paid the difference. A
buyer who should have got less keeps what he was paid in good faith, and the platform bears it: the
seller is made whole. Only for fraud is it taken back. (FIELD.md; docs/decisions/0014)
"""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.common.money import Money
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.service import PLATFORM, NewTransfer, Party
from disputes.enums import BorneBy
from disputes.queries.known import Snapshot


@dataclass(frozen=True, slots=True)
class Remade:
    """How a case's money stands after an appeal, in minor units of its currency.

    `paid_minor` is what the buyer has from us in the end, `kept_minor` the part of it that the
    decision would not have given him, `borne_by` who bears what it does give him.
    """

    paid_minor: int
    kept_minor: int
    borne_by: str
    further_minor: int
    reimbursed_minor: int
    recovered_minor: int
    clawed_back_minor: int
    transfers: tuple[NewTransfer, ...]

    @property
    def moved_minor(self) -> int:
        """The largest amount that changes hands anew."""
        return max(
            self.further_minor, self.reimbursed_minor, self.recovered_minor, self.clawed_back_minor
        )


def remade(case: Snapshot, ruled_minor: int, borne_by: str, *, fraud: bool) -> Remade:
    """From what `case` paid before to `ruled_minor` borne by `borne_by`."""
    paid = case.now.refunded_minor
    bore = paid if case.now.borne_by == BorneBy.SELLER else 0
    bears = ruled_minor if borne_by == BorneBy.SELLER else 0
    further = max(0, ruled_minor - paid)
    surplus = max(0, paid - ruled_minor)
    from_seller = max(0, bears - bore)
    amounts = {
        TransferKind.FURTHER: further,
        TransferKind.REIMBURSE: max(0, bore - bears),
        # What the seller owes beyond the further refund, the platform had paid before.
        TransferKind.RECOVERY: max(0, from_seller - further),
        TransferKind.CLAWBACK: surplus if fraud else 0,
    }
    kept = 0 if fraud else surplus
    total = ruled_minor + kept
    bearer = borne_by if ruled_minor else BorneBy.PLATFORM.value if total else ""
    return Remade(
        total,
        kept,
        bearer,
        amounts[TransferKind.FURTHER],
        amounts[TransferKind.REIMBURSE],
        amounts[TransferKind.RECOVERY],
        amounts[TransferKind.CLAWBACK],
        _transfers(case, amounts, further_by_seller=bool(further and from_seller)),
    )


def _transfers(
    case: Snapshot, amounts: dict[TransferKind, int], *, further_by_seller: bool
) -> tuple[NewTransfer, ...]:
    buyer = Party(AccountKind.BUYER, case.buyer_ref)
    seller = Party(AccountKind.SELLER, case.seller_ref)
    ways = {
        TransferKind.FURTHER: (seller if further_by_seller else PLATFORM, buyer),
        TransferKind.REIMBURSE: (PLATFORM, seller),
        TransferKind.RECOVERY: (seller, PLATFORM),
        TransferKind.CLAWBACK: (buyer, PLATFORM),
    }
    return tuple(
        NewTransfer(
            f"{case.public_id}:appeal:{kind.value.lower()}",
            kind,
            debit=ways[kind][0],
            credit=ways[kind][1],
            amount=Money(minor, case.currency),
            state=TransferState.POSTED,
            subject=case.public_id,
        )
        for kind, minor in amounts.items()
        if minor
    )
