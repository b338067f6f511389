"""Cases in the hands of staff, and the staff who have them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.money import Money
from backoffice.ledger.models import Account
from backoffice.ledger.queries import balance
from backoffice.orders.models import Order
from disputes.models import Case
from disputes.service.act import Acted, act
from disputes.verbs.answers import deny
from disputes.verbs.decisions import ABOVE_LIMIT, adjudicate
from disputes.verbs.escalation import escalate
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order, buyer_of, seller_of

ADJUDICATE = "disputes.adjudicate_case"


def person(name: str, *permissions: str) -> Actor:
    """The member of staff of that name, an adjudicator if nothing else is said."""
    user, _ = User.objects.get_or_create(
        email=f"{name.lower()}@example.com", name=name, is_staff=True
    )
    held = frozenset(permissions or {ADJUDICATE})
    return Actor(ActorKind.STAFF, str(user.pk), name, permissions=held)


def a_senior(name: str) -> Actor:
    """A senior adjudicator of that name."""
    return person(name, ADJUDICATE, ABOVE_LIMIT)


def under_review(order: Order | list[int], **claim: Any) -> Case:
    """A denied claim that the buyer escalated at NOW."""
    order = an_order(NOW, prices=order) if isinstance(order, list) else order
    case = a_case(order, NOW, **claim)
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), NOW, note="Decide.")
    return again(case)


def decide(
    case: Case,
    minor: int,
    borne_by: str = "SELLER",
    actor: Actor | None = None,
    at: datetime = NOW,
    **more: Any,
) -> Acted:
    """Decide the case: so much to the buyer, borne by that side."""
    ruling = {"refund": Money(minor, "USD"), "borne_by": borne_by, "reason": "As it stands."}
    return act(adjudicate, case.public_id, actor or person("Ann"), at, **(ruling | more))


def again(case: Case) -> Case:
    """The case read anew."""
    return Case.objects.get(pk=case.pk)


def balances() -> dict[str, int]:
    """Each account's posted balance, by whose it is."""
    return {a.owner_ref or a.kind: balance(a) for a in Account.objects.all()}
