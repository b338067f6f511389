"""PayPal's words that are not ours as well, and how a case is told in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, TextChoices

from backoffice.common.actors import ActorKind
from disputes.enums import Stage, Status
from disputes.lifecycle import PLACES, TABLE, State, Verb
from disputes.models import Case


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
# Carriers' names that are PayPal's own words; any other is OTHER with its name beside it.
CARRIERS = frozenset(
    """UPS USPS FEDEX DHL TNT ROYAL_MAIL PARCELFORCE CA_CANADA_POST CA_PUROLATOR CA_CANPAR
    AIRBORNE_EXPRESS AIRSURE SWIFTAIR""".split()
)
OTHER = "OTHER"


def dispute_state(case: Case, kinds: frozenset[ActorKind], now: datetime) -> DisputeState:
    """How `case` stands for one who acts for `kinds`; for nobody: who only reads."""
    state = State(case.state)
    in_time = case.appeal_until is not None and case.appeal_until >= now
    if in_time and state in _appealable(kinds):
        return DisputeState.APPEALABLE
    return _standing(state, kinds)


def stands_as(wanted: list[DisputeState], kinds: frozenset[ActorKind], now: datetime) -> Q:
    """The cases of which `dispute_state` is one of `wanted`, as a condition."""
    states = sorted(state for state in State if _standing(state, kinds) in wanted)
    appealable = Q(state__in=sorted(_appealable(kinds)), appeal_until__gte=now)
    plain = Q(state__in=states)
    if DisputeState.APPEALABLE in wanted:
        return plain | appealable
    # A time that is not set compares as neither, so it is said outright.
    over = Q(appeal_until=None) | Q(appeal_until__lt=now)
    return plain & (over | ~Q(state__in=sorted(_appealable(kinds))))


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


def _appealable(kinds: frozenset[ActorKind]) -> frozenset[State]:
    """The states in which one of `kinds` may appeal, by the lifecycle."""
    return frozenset().union(*(TABLE.get((Verb.APPEAL, kind), frozenset()) for kind in kinds))
