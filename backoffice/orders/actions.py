"""The audit actions of orders: what each says, who may read it. The subject is the order's id."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

CLAIMABLE = "order.claimable"
PUT_BACK = "order.put_back"

register(
    Action(
        CLAIMABLE,
        _(
            "Order {order} was not delivered by {deliver_by:time}; the marketplace was told that"
            " the buyer may claim."
        ),
    ),
    Action(PUT_BACK, _("{actor} put order {order} back to the delivery watch."), NOBODY),
)
