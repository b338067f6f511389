"""What is known of an order when a claim about it is filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backoffice.rulebook.engine.book import Rulebook
from disputes.queries.replaced import Agreed, Sent


@dataclass(frozen=True, slots=True)
class SoldLine:
    """An order line as a claim sees it, in minor units.

    `value_minor` is price and freight; `paid_minor` what closed remedies came to, whoever paid;
    `open_minor` what open cases claim. `ended` are the rulebook's reasons for which it was claimed
    before and not withdrawn. Where it is `replaced`, other goods are to come for it, as was agreed
    in the last case about it.
    """

    line_id: int
    external_id: str
    value_minor: int
    paid_minor: int
    open_minor: int
    ended: frozenset[str]
    replaced: Agreed | None = None


@dataclass(frozen=True, slots=True)
class ClaimableOrder:
    """The order a claim is about, read under its lock, with the rulebook it was placed under.

    `uncounted_minor` is what the marketplace refunded on its own and nothing has counted yet;
    `earlier_refunds_minor` all it refunded that no case was credited with. `sent` is read where
    one of the lines is replaced.
    """

    order_id: int
    order_ref: str
    seller_id: int
    seller_ref: str
    buyer_id: int
    buyer_ref: str
    currency: str
    status: str
    purchased_at: datetime
    deliver_by: datetime
    handed_over_at: datetime | None
    delivered_at: datetime | None
    uncounted_minor: int
    earlier_refunds_minor: int
    lines: tuple[SoldLine, ...]
    book: Rulebook
    sent: Sent | None = None
