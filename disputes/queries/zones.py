"""In which zone of time a side of a case is told the hour."""

from __future__ import annotations

from backoffice.accounts.models import User
from disputes.enums import Party
from disputes.models import Case

UTC = "UTC"


def zone_of(case: Case, side: Party) -> str:
    """The buyer's is the order's; the seller's that of whoever logs in for it, else UTC."""
    if side == Party.BUYER:
        return case.order.zone
    logins = User.objects.filter(seller_ref=case.seller.external_id, is_active=True)
    return logins.order_by("id").values_list("time_zone", flat=True).first() or UTC


def zone_for(public_id: str, side: Party) -> str:
    """The same, of a case that was not read yet. UTC where there is none."""
    case = Case.objects.filter(public_id=public_id).select_related("order", "seller").first()
    return zone_of(case, side) if case else UTC
