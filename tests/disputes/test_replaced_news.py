"""What the sides are told of a replacement is what it did, not what its order did."""

from __future__ import annotations

import pytest

from backoffice.audit.queries import chain
from backoffice.common.actors import ActorKind
from disputes.queries.detail import sentence
from disputes.sweeps import follow_facts
from tests.disputes.replacing import AGREED, DAY, PROMISED, parcel, replaced, scan, told
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db
CLAIMED = PROMISED + 8 * DAY


def test_both_sides_hear_what_the_replacement_did_not_what_the_order_did() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    parcel(order, "second", CLAIMED, handed_over_at=AGREED + 3 * DAY)  # the order un-delivers
    follow_facts(CLAIMED)
    assert told(case) == [["SHIPPED"]]
    event = chain("case", case.public_id).latest("seq")
    assert sentence(event, ActorKind.BUYER).startswith("New facts arrived: shipped.")
    scan(order, "second", "lost", CLAIMED, CLAIMED)
    follow_facts(CLAIMED)
    assert told(case)[1:] == [["TRACKING"]]


def test_nobody_is_told_that_another_parcel_moved() -> None:
    order = an_order(AGREED)
    case = a_case(order, AGREED)
    parcel(order, "first", AGREED, handed_over_at=AGREED - 60 * DAY)
    parcel(order, "second", AGREED, handed_over_at=AGREED - 50 * DAY)
    follow_facts(AGREED)
    assert told(case) == [["SHIPPED"]]
