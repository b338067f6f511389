"""Silence of each side at each step: what the passing of every deadline brings, by the sweep.

Each step before it is a request to the API or a form of the desk. Each case ends with the money,
the chain, the timeline and what the marketplace was told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.audit.catalogue import find
from backoffice.common.actors import ActorKind
from disputes.lifecycle import OPEN_STATES, State
from disputes.service.links import Link, sign
from tests.disputes.admin.desk import QUEUE, staff_client, url
from tests.disputes.journey import Journey
from tests.disputes.settling import ADDRESS

pytestmark = pytest.mark.django_db
DEAR = 60_000  # above the approval limit
FAIR = 30_000  # shown to both sides before it is final
REVIEW = ["lapsed", "escalated"]
ENDED = ["lapsed", "resolved"]
PAID = ["dispute.resolved", "payout.requested"]


class Silence(NamedTuple):
    """How a case comes to wait, where silence leaves it, and what is written and told of that."""

    steps: Callable[[], Journey]
    stands: tuple[str, str, str]
    events: list[str]
    told: list[str]


def appealed(price: int = 10_000) -> Journey:
    """The silent seller paid, and appeals."""
    return Journey(price).shows().silence(6).does("SELLER", "appeal", text="I was ill.")


def reversed_on_appeal() -> Journey:
    upon = {"outcome": "REVERSED", "decision": "none", "reason": "It was whole."}
    return appealed(DEAR).staff(Role.SENIOR, "decide-appeal", **upon)


SILENCES = {
    State.BUYER_TO_SHOW: Silence(
        Journey, ("INQUIRY", "CANCELED_BY_BUYER", "0.00"), ENDED, ["dispute.resolved"]
    ),
    State.SELLER_TO_ANSWER: Silence(
        lambda: Journey().shows(), ("INQUIRY", "RESOLVED_BUYER_FAVOUR", "100.00"), ENDED, PAID
    ),
    State.NEGOTIATION: Silence(
        lambda: Journey().denied(), ("CHARGEBACK", "REVIEW", "0.00"), REVIEW, ["escalated"]
    ),
    State.OFFER_TO_BUYER: Silence(
        lambda: Journey().shows().offers("SELLER", "40.00"),
        ("INQUIRY", "NEGOTIATION", "0.00"),
        ["lapsed", "offer_expired"],
        ["offer_expired"],
    ),
    State.OFFER_TO_SELLER: Silence(
        lambda: Journey().shows().offers("SELLER", "40.00").offers("BUYER", "90.00"),
        ("INQUIRY", "NEGOTIATION", "0.00"),
        ["lapsed", "offer_expired"],
        ["offer_expired"],
    ),
    State.UNDER_REVIEW: Silence(
        lambda: Journey().escalated(),
        ("CHARGEBACK", "REVIEW", "0.00"),
        ["review_overdue"],
        ["review_overdue"],
    ),
    State.BUYER_EVIDENCE: Silence(
        lambda: Journey().asked("BUYER"), ("CHARGEBACK", "REVIEW", "0.00"), REVIEW, ["escalated"]
    ),
    State.SELLER_EVIDENCE: Silence(
        lambda: Journey().asked("SELLER"), ("CHARGEBACK", "REVIEW", "0.00"), REVIEW, ["escalated"]
    ),
    State.TO_APPROVE: Silence(
        lambda: Journey(DEAR).decided("full"),
        ("CHARGEBACK", "APPROVAL", "0.00"),
        ["review_overdue"],
        ["review_overdue"],
    ),
    State.PROPOSED: Silence(
        lambda: Journey(FAIR).decided("full"),
        ("CHARGEBACK", "RESOLVED_BUYER_FAVOUR", "300.00"),
        ENDED,
        PAID,
    ),
    State.RETURN_ADDRESS: Silence(
        lambda: Journey().returning(), ("CHARGEBACK", "ACCEPTED", "80.00"), ENDED, PAID
    ),
    State.RETURN_TO_SHIP: Silence(
        lambda: Journey().returning(return_address=ADDRESS),
        ("CHARGEBACK", "RESOLVED_SELLER_FAVOUR", "0.00"),
        ENDED,
        ["dispute.resolved"],
    ),
    State.RETURN_UNDERWAY: Silence(
        lambda: Journey().ships(), ("CHARGEBACK", "REVIEW", "0.00"), REVIEW, ["escalated"]
    ),
    State.RETURN_DELIVERED: Silence(
        lambda: Journey().ships().delivered(), ("CHARGEBACK", "ACCEPTED", "80.00"), ENDED, PAID
    ),
    State.DEDUCTION_TO_BUYER: Silence(
        lambda: Journey().ships().deducts(50), ("CHARGEBACK", "ACCEPTED", "40.00"), ENDED, PAID
    ),
    State.APPEAL_REVIEW: Silence(
        appealed,
        ("ARBITRATION", "APPEAL", "100.00"),
        ["review_overdue"],
        ["review_overdue"],
    ),
    State.APPEAL_TO_APPROVE: Silence(
        reversed_on_appeal,
        ("ARBITRATION", "APPROVAL", "600.00"),
        ["review_overdue"],
        ["review_overdue"],
    ),
}


def test_every_wait_has_its_silence() -> None:
    assert SILENCES.keys() == OPEN_STATES


@pytest.mark.parametrize("state", SILENCES)
def test_silence(state: State) -> None:
    silence = SILENCES[state]
    journey = silence.steps().looks()
    assert (journey.case.state, who_cannot_look(journey)) == (state, [])
    before, told, said = journey.story, journey.told(), journey.said()

    journey.silence()

    paid = int(silence.stands[2].replace(".", ""))
    assert (journey.stands, journey.books()) == (
        silence.stands,
        {"buyer-1": paid, "seller-1": -paid},
    )
    assert journey.story == before + silence.events
    assert journey.told() == told + silence.told
    assert journey.said() == said
    public = [a for a in journey.story if find(f"case.{a}").seen_by(ActorKind.BUYER)]
    assert [entry["action"] for entry in journey.shown["timeline"]] == [f"case.{a}" for a in public]
    assert who_cannot_look(journey) == []


def who_cannot_look(journey: Journey) -> list[str]:
    """The pages on which the case is not shown as it stands."""
    now, desk = timezone.now(), staff_client()
    pages = [(desk, url(journey.case)), (desk, f"{QUEUE}?view=open")]
    for side in (ActorKind.BUYER, ActorKind.SELLER):
        token = sign(Link(journey.id, side, now + timedelta(days=30)), now)
        pages.append((Client(), f"/c/{token}"))
    return [at for client, at in pages if client.get(at).status_code != 200]
