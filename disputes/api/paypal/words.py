"""PayPal's words that are not ours as well, and how a case is told in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, TextChoices

from backoffice.common.actors import ActorKind
from disputes.enums import Stage, Status
from disputes.lifecycle import PLACES, State
from disputes.models import Case
from disputes.queries.cases import appealable_by
from disputes.verbs.appeals import may_appeal


class DisputeState(TextChoices):
    """Where a case stands for one reader: another side's turn is mine to wait for."""

    OPEN_INQUIRIES = "OPEN_INQUIRIES"
    REQUIRED_ACTION = "REQUIRED_ACTION"
    REQUIRED_OTHER_PARTY_ACTION = "REQUIRED_OTHER_PARTY_ACTION"
    UNDER_PAYPAL_REVIEW = "UNDER_PAYPAL_REVIEW"
    APPEALABLE = "APPEALABLE"
    RESOLVED = "RESOLVED"


class AcceptClaimType(TextChoices):
    """What a seller grants by accepting a claim."""

    REFUND = "REFUND"
    REFUND_WITH_RETURN = "REFUND_WITH_RETURN"
    PARTIAL_REFUND = "PARTIAL_REFUND"
    REFUND_WITH_RETURN_SHIPMENT_LABEL = "REFUND_WITH_RETURN_SHIPMENT_LABEL"


class Adjudicated(TextChoices):
    """In whose favour."""

    BUYER_FAVOR = "BUYER_FAVOR"
    SELLER_FAVOR = "SELLER_FAVOR"


class Action(TextChoices):
    """Whom to ask."""

    BUYER_EVIDENCE = "BUYER_EVIDENCE"
    SELLER_EVIDENCE = "SELLER_EVIDENCE"


WAITING = {
    Status.WAITING_FOR_BUYER: ActorKind.BUYER,
    Status.WAITING_FOR_SELLER: ActorKind.SELLER,
}


def dispute_state(case: Case, kinds: frozenset[ActorKind], now: datetime) -> DisputeState:
    """How `case` stands for one who acts for `kinds`; for nobody: who only reads."""
    if appealable(case, kinds, now):
        return DisputeState.APPEALABLE
    return _standing(State(case.state), kinds)


def appealable(case: Case, kinds: frozenset[ActorKind], now: datetime) -> bool:
    """Whether one of `kinds` may appeal now, as the verb has it."""
    return any(may_appeal(case, kind, now) for kind in kinds)


def stands_as(wanted: list[DisputeState], kinds: frozenset[ActorKind], now: datetime) -> Q:
    """The cases of which `dispute_state` is one of `wanted`, as a condition on their rows."""
    plain = Q(state__in=sorted(state for state in State if _standing(state, kinds) in wanted))
    open_to = appealable_by(kinds, now)
    if DisputeState.APPEALABLE in wanted:
        return plain | open_to
    # What is null compares as neither, so the rest is found by key.
    return plain & ~Q(pk__in=Case.objects.filter(open_to).values("pk"))


def _standing(state: State, kinds: frozenset[ActorKind]) -> DisputeState:
    """By the state alone: as if no appeal were possible."""
    place = PLACES[state]
    if place.status == Status.RESOLVED:
        return DisputeState.RESOLVED
    if place.status in WAITING:
        mine = WAITING[place.status] in kinds
        return DisputeState.REQUIRED_ACTION if mine else DisputeState.REQUIRED_OTHER_PARTY_ACTION
    if place.stage == Stage.INQUIRY:
        return DisputeState.OPEN_INQUIRIES
    return DisputeState.UNDER_PAYPAL_REVIEW
