"""The audit actions of orders: what each says, who may read it. The subject is the order's id."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import Action, register

CLAIMABLE = "order.claimable"

register(
    Action(
        CLAIMABLE,
        _(
            "Order {order} was not delivered by {deliver_by:time}; the marketplace was told that"
            " the buyer may claim."
        ),
    ),
)
