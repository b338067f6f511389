"""A replacement sent before the buyer accepts it is the replacement all the same."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from backoffice.orders.models import Order
from disputes.models import Case
from disputes.queries import snapshots
from disputes.service.act import act
from disputes.service.pauses import declare_pause
from disputes.sweeps import sweep_cases
from disputes.verbs.decisions import recommendation
from disputes.verbs.evidence import provide_evidence
from tests.disputes.conftest import senior
from tests.disputes.replacing import AGREED, DAY, OTHER_NUMBER, PROMISED, parcel, replaced, scan
from tests.disputes.settling import DAMAGED
from tests.factories import a_case, seller_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
COMPLAINED = AGREED - DAY
CLAIMED = PROMISED + 8 * DAY
# An hour before the buyer accepts; or told as a day alone, and fed as its midnight.
EARLY = [AGREED - HOUR, AGREED.replace(hour=0)]


def sent_early(at: datetime, came: datetime | None = AGREED - 2 * DAY) -> Order:
    """The other goods are on their way, and scanned, before the buyer accepts them."""
    order = replaced(came, COMPLAINED)
    parcel(order, "second", AGREED, handed_over_at=at, carrier="DHL", tracking_number=OTHER_NUMBER)
    scan(order, "second", "in_transit", at + HOUR / 2, AGREED)
    return order


@pytest.mark.parametrize("at", EARLY)
@pytest.mark.parametrize("came", [AGREED - 2 * DAY, None])
def test_it_is_on_its_way(at: datetime, came: datetime | None) -> None:
    case = snapshots.peek(a_case(sent_early(at, came), CLAIMED).public_id)
    facts = case.facts
    assert (facts.tracking, facts.handed_over_at, facts.proof_of_shipment) == ("MOVING", at, True)
    assert (facts.replaced_at, facts.deliver_by) == (AGREED, PROMISED)


@pytest.mark.parametrize("came", [AGREED - HOUR / 4, AGREED + 2 * DAY])
def test_it_has_come(came: datetime) -> None:
    order = sent_early(AGREED - HOUR)
    scan(order, "second", "delivered", came, AGREED + 2 * DAY)
    case = snapshots.peek(a_case(order, AGREED + 3 * DAY, **DAMAGED).public_id)
    assert (case.facts.tracking, case.facts.delivered_at) == ("DELIVERED", came)
    found = recommendation(case, AGREED + 3 * DAY)
    assert found.trace.to_json()["inputs"]["days_late"] == 0


def test_its_scans_count_since_the_complaint() -> None:
    order = sent_early(AGREED - HOUR)
    scan(order, "second", "lost", AGREED - HOUR / 4, AGREED)
    case = a_case(order, CLAIMED)
    assert (case.replaced_at, case.complained_at) == (AGREED, COMPLAINED)
    assert snapshots.peek(case.public_id).facts.tracking == "LOST"


def test_its_number_is_proof_of_shipment() -> None:
    order = replaced(filed=COMPLAINED)
    parcel(order, "second", AGREED, handed_over_at=AGREED - HOUR, tracking_number=OTHER_NUMBER)
    case = a_case(order, CLAIMED)
    given = {"evidence_type": "PROOF_OF_FULFILLMENT", "tracking_number": OTHER_NUMBER}
    act(provide_evidence, case.public_id, seller_of(case), CLAIMED, **given)
    assert snapshots.peek(case.public_id).facts.proof_of_shipment is True


def test_what_was_sent_before_the_complaint_is_not_the_replacement() -> None:
    order = sent_early(COMPLAINED)
    scan(order, "second", "lost", AGREED + DAY, CLAIMED)
    assert snapshots.peek(a_case(order, CLAIMED).public_id).facts.tracking == "NONE"


def test_a_strike_of_its_carrier_stops_the_clock() -> None:
    case = a_case(sent_early(AGREED - HOUR), CLAIMED)
    due, starts_at = case.due_at, CLAIMED + DAY
    assert due is not None
    declare_pause(starts_at, starts_at + 12 * HOUR, "A strike.", senior(), CLAIMED, "DHL")
    sweep_cases(starts_at + 12 * HOUR)
    case.refresh_from_db()
    assert case.due_at == due + 12 * HOUR


@pytest.mark.parametrize("at", [None, AGREED + HOUR])
def test_what_is_replaced_was_complained_of_before(at: datetime | None) -> None:
    case = a_case(replaced(), CLAIMED)
    with pytest.raises(IntegrityError, match="complained_of_before"):
        Case.objects.filter(pk=case.pk).update(complained_at=at)
