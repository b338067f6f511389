"""What each side is told of a decision: its code's text, in the reader's language.

Staff may write a text of their own instead; then that stands, as they wrote it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.common.money import Money
from disputes.enums import BorneBy, DecisionCode, Party

BUYER: dict[str, str] = {
    DecisionCode.NOT_DELIVERED: gettext_noop("We found no proof that order {order} reached you."),
    DecisionCode.DELIVERED: gettext_noop("The carrier delivered order {order} in time."),
    DecisionCode.DELIVERED_LATE: gettext_noop("Order {order} reached you later than promised."),
    DecisionCode.STILL_IN_TIME: gettext_noop(
        "Order {order} is on its way and still within the promised time."
    ),
    DecisionCode.LOST_IN_TRANSIT: gettext_noop("The carrier lost order {order}."),
    DecisionCode.DAMAGED_IN_TRANSIT: gettext_noop("The carrier damaged order {order}."),
    DecisionCode.DIFFERS: gettext_noop("What you received differs from how it was described."),
    DecisionCode.AS_DESCRIBED: gettext_noop("What you received is as it was described."),
    DecisionCode.COUNTERFEIT: gettext_noop("What you received is not genuine."),
    DecisionCode.NO_EVIDENCE: gettext_noop("What you claim was not shown by evidence."),
    DecisionCode.GOODWILL: gettext_noop("We decided in your favour out of goodwill."),
    DecisionCode.OTHER: gettext_noop("We have decided your claim on order {order}."),
}
SELLER: dict[str, str] = {
    DecisionCode.NOT_DELIVERED: gettext_noop("Order {order} has no sufficient proof of delivery."),
    DecisionCode.DELIVERED: gettext_noop("The carrier delivered order {order} in time."),
    DecisionCode.DELIVERED_LATE: gettext_noop("Order {order} was delivered after its promise."),
    DecisionCode.STILL_IN_TIME: gettext_noop(
        "Order {order} is on its way and still within the promised time."
    ),
    DecisionCode.LOST_IN_TRANSIT: gettext_noop("The carrier lost order {order}."),
    DecisionCode.DAMAGED_IN_TRANSIT: gettext_noop("The carrier damaged order {order}."),
    DecisionCode.DIFFERS: gettext_noop("What the buyer received differs from its description."),
    DecisionCode.AS_DESCRIBED: gettext_noop("What the buyer received is as you described it."),
    DecisionCode.COUNTERFEIT: gettext_noop("What the buyer received is not genuine."),
    DecisionCode.NO_EVIDENCE: gettext_noop("What the buyer claims was not shown by evidence."),
    DecisionCode.GOODWILL: gettext_noop("We decided for the buyer out of goodwill."),
    DecisionCode.OTHER: gettext_noop("We have decided the claim on order {order}."),
}
PAID = gettext_noop("You get {refund}.")
NOT_PAID = gettext_noop("There is no refund.")
KEPT = gettext_noop("You keep the {refund} that you were paid in good faith.")
TAKEN_BACK = gettext_noop("What you were paid beyond that is taken back.")
CHARGED = gettext_noop("You bear the refund of {refund}.")
NOT_CHARGED = gettext_noop("The refund of {refund} is not charged to you.")


def text_for(
    side: Party,
    code: str,
    written: str,
    *,
    order: str,
    refund: Money,
    borne_by: str,
    kept: Money | None = None,
    fraud: bool = False,
) -> str:
    """What `side` is told: the text `written` for it, else the code's; "" if there is neither.

    On appeal, `kept` is what the buyer keeps beyond `refund`; for `fraud` it is taken back.
    """
    if written or not code:
        return written
    has = refund + kept if kept else refund
    ground = (BUYER if side == Party.BUYER else SELLER)[code]
    if side == Party.SELLER:
        told = [_charged(refund, has, borne_by)]
    elif kept and kept.minor:
        told = [(KEPT, has)]
    else:
        told = [(PAID if refund.minor else NOT_PAID, refund)]
        told += [(TAKEN_BACK, refund)] if fraud else []
    return " ".join(
        _(text).format(order=order, refund=amount) for text, amount in [(ground, refund), *told]
    )


def _charged(refund: Money, has: Money, borne_by: str) -> tuple[str, Money]:
    if not has.minor:
        return NOT_PAID, has
    bears = bool(refund.minor) and borne_by == BorneBy.SELLER
    return (CHARGED, refund) if bears else (NOT_CHARGED, has)
