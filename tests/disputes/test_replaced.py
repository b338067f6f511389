"""A claim for a replacement is judged by the replacement's facts, not by the first parcel's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from backoffice.audit.queries import chain
from backoffice.orders.models import Order
from disputes.models import Case, Decision
from disputes.queries import snapshots
from disputes.queries.known import OrderFacts
from disputes.queries.would_change import sentences, would_change
from disputes.service.act import act
from disputes.service.desk import put_case_back
from disputes.service.pauses import declare_pause
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.decisions import recommendation
from disputes.verbs.evidence import provide_evidence
from tests.disputes.conftest import adjudicator, senior
from tests.disputes.replacing import (
    AGREED,
    DAY,
    FIRST_NUMBER,
    OTHER_NUMBER,
    PROMISED,
    agree,
    parcel,
    replaced,
    scan,
    told,
)
from tests.disputes.settling import DAMAGED
from tests.factories import a_case, an_order, seller_of

pytestmark = pytest.mark.django_db
CLAIMED = PROMISED + 8 * DAY


def facts(case: Case) -> OrderFacts:
    return snapshots.peek(case.public_id).facts


def ruled(case: Case, at: datetime = CLAIMED) -> tuple[Any, Any]:
    """The recommended refund in percent, and what it rests on."""
    found = recommendation(snapshots.peek(case.public_id), at)
    return found.outputs["refund_percent"], found.trace.to_json()["inputs"]


def noted(case: Case) -> list[Any]:
    """What the case was told of its parcels, as it says itself."""
    events = chain("case", case.public_id).filter(action="case.facts_changed")
    return [event.data["tracking"] for event in events.order_by("seq")]


def test_a_replacement_that_never_came_is_refunded_in_full() -> None:
    case = a_case(replaced(), CLAIMED)
    assert case.replaced_at == AGREED
    percent, inputs = ruled(case)
    assert (percent, inputs["tracking"], inputs["days_late"]) == (100, "NONE", 8)
    assert inputs["proof_of_shipment"] is False


def test_the_first_parcels_case_keeps_the_first_parcels_facts() -> None:
    replaced()
    first = Case.objects.get()
    assert first.replaced_at is None
    assert (facts(first).tracking, facts(first).delivered_at) == ("DELIVERED", AGREED - 2 * DAY)


def test_a_replacement_that_came_is_not_refunded() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    parcel(order, "second", CLAIMED, handed_over_at=AGREED + 3 * DAY)
    assert ruled(case)[1]["tracking"] == "MOVING"
    scan(order, "second", "delivered", PROMISED - DAY, CLAIMED)
    percent, inputs = ruled(case)
    assert (percent, inputs["tracking"], inputs["days_late"]) == (0, "DELIVERED", 0)


@pytest.mark.parametrize("status", ["delivered", "lost", "return_to_sender"])
def test_a_scan_of_the_first_parcel_told_late_changes_nothing(status: str) -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    before = ruled(case)
    scan(order, "first", status, AGREED - DAY / 2, CLAIMED)
    follow_facts(CLAIMED)
    assert (ruled(case), noted(case)) == (before, [])


def test_what_befalls_the_first_parcel_later_is_not_the_replacements() -> None:
    order = replaced(came=None)
    case = a_case(order, CLAIMED)
    before = ruled(case)
    scan(order, "first", "return_to_sender", AGREED + DAY, CLAIMED)
    follow_facts(CLAIMED)
    assert (ruled(case), noted(case)) == (before, [])


def test_a_first_parcel_that_comes_after_all_brings_what_was_awaited() -> None:
    order = replaced(came=None)
    scan(order, "first", "delivered", AGREED + 5 * DAY, AGREED + 5 * DAY)
    case = a_case(order, AGREED + 6 * DAY)
    known = facts(case)
    assert (known.tracking, known.handed_over_at) == ("DELIVERED", None)
    assert (known.delivered_at, known.proof_of_shipment) == (AGREED + 5 * DAY, True)


def test_a_scan_from_before_says_nothing_of_a_first_parcel_that_comes_after_all() -> None:
    order = replaced(came=None)
    scan(order, "first", "lost", AGREED - DAY, AGREED)
    scan(order, "first", "delivered", AGREED + 5 * DAY, CLAIMED)
    parcel(order, "second", CLAIMED, handed_over_at=AGREED + 3 * DAY)
    assert facts(a_case(order, CLAIMED)).tracking == "MOVING"


def test_a_replacement_in_two_parcels_has_come_with_the_last() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    for name, day in (("second", 3), ("third", 5)):
        parcel(order, name, CLAIMED, handed_over_at=AGREED + day * DAY)
    scan(order, "second", "delivered", AGREED + 9 * DAY, CLAIMED)
    assert (facts(case).tracking, facts(case).handed_over_at) == ("MOVING", AGREED + 3 * DAY)
    scan(order, "third", "delivered", AGREED + 11 * DAY, CLAIMED)
    assert facts(case).delivered_at == AGREED + 11 * DAY


def test_a_replacement_that_was_only_announced_is_not_on_its_way() -> None:
    order = replaced()
    parcel(order, "second", AGREED + DAY)
    assert facts(a_case(order, CLAIMED)).tracking == "NONE"


def test_a_lost_replacement_is_lost() -> None:
    order = replaced()
    parcel(order, "second", AGREED + DAY, handed_over_at=AGREED + DAY)
    scan(order, "second", "lost", AGREED + 20 * DAY, AGREED + 20 * DAY)
    known = facts(a_case(order, CLAIMED))
    assert (known.tracking, known.proof_of_shipment) == ("LOST", True)


@pytest.mark.parametrize(("number", "proves"), [(FIRST_NUMBER, False), (OTHER_NUMBER, True)])
def test_the_first_parcels_number_proves_nothing_of_the_replacement(
    number: str, proves: bool
) -> None:
    case = a_case(replaced(), CLAIMED)
    given = {"evidence_type": "PROOF_OF_FULFILLMENT", "tracking_number": number.lower()}
    act(provide_evidence, case.public_id, seller_of(case), CLAIMED, **given)
    assert facts(case).proof_of_shipment is proves


def test_what_would_change_it_names_days_of_the_replacement() -> None:
    case = snapshots.peek(a_case(replaced(), CLAIMED).public_id)
    found = would_change(case, CLAIMED)
    days = {day for one in found for day in (one.since, one.before) if day}
    assert days
    assert min(days) > PROMISED.isoformat()
    assert "With a delivery scan before 1 May 2026: no refund." in sentences(case.book, found)


def test_silence_is_decided_by_the_replacements_facts() -> None:
    case = a_case(replaced(), CLAIMED)
    sweep_cases(CLAIMED + 6 * DAY)
    case.refresh_from_db()
    assert (case.outcome, case.refunded_minor) == ("RESOLVED_BUYER_FAVOUR", 10_000)
    trace = Decision.objects.get(case=case).recommended
    assert trace is not None
    inputs = trace["inputs"]
    assert (inputs["tracking"], inputs["days_late"], inputs["seller_answer"]) == (
        "NONE",
        13,
        "SILENT",
    )


@pytest.mark.parametrize("restarts", [False, True])
def test_a_late_hand_over_restarts_the_promise_where_the_rulebook_says_so(restarts: bool) -> None:
    order = replaced(late_scan_restarts=restarts)
    sent = PROMISED + DAY
    parcel(order, "second", sent, handed_over_at=sent)
    Order.objects.filter(pk=order.pk).update(deliver_by=AGREED + 500 * DAY)  # what the order's says
    claimed = sent + 60 * DAY if restarts else CLAIMED
    assert facts(a_case(order, claimed)).deliver_by == (claimed if restarts else PROMISED)


def test_the_case_hears_of_its_own_parcel_where_the_orders_facts_stay() -> None:
    order = replaced(came=None)
    case = a_case(order, CLAIMED)
    for days in (1, 2):
        parcel(order, "second", CLAIMED + days * DAY, handed_over_at=AGREED + 3 * DAY)
        follow_facts(CLAIMED + days * DAY)
    assert noted(case) == ["MOVING"]
    scan(order, "second", "delivered", CLAIMED + 3 * DAY, CLAIMED + 3 * DAY)
    follow_facts(CLAIMED + 3 * DAY)
    assert noted(case) == ["MOVING", "DELIVERED"]
    assert told(case) == [["SHIPPED"], ["DELIVERED"]]


def test_a_case_of_the_order_as_a_whole_hears_of_the_order_alone() -> None:
    order = an_order(AGREED)
    parcel(order, "first", AGREED, handed_over_at=AGREED - 60 * DAY)
    parcel(order, "second", AGREED, handed_over_at=AGREED - 50 * DAY)
    case = a_case(order, AGREED)
    follow_facts(AGREED)
    before = noted(case)
    scan(order, "second", "delivered", AGREED - 40 * DAY, AGREED)
    assert follow_facts(AGREED).done == 0
    assert noted(case) == before


def test_facts_missed_while_set_aside_are_its_own() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    Case.objects.filter(pk=case.pk).update(rulebook_number=99)
    scan(order, "first", "lost", AGREED - DAY / 2, CLAIMED)
    parcel(order, "second", CLAIMED, handed_over_at=AGREED + 3 * DAY)
    follow_facts(CLAIMED)
    Case.objects.filter(pk=case.pk).update(rulebook_number=1)
    put_case_back(case.public_id, adjudicator(), CLAIMED + DAY)
    assert (noted(case), told(case)) == (["MOVING"], [["SHIPPED"]])


def test_nothing_is_missed_that_was_the_first_parcels() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    Case.objects.filter(pk=case.pk).update(sweep_error="KeyError")
    scan(order, "first", "lost", AGREED - DAY / 2, CLAIMED)
    put_case_back(case.public_id, adjudicator(), CLAIMED + DAY)
    assert noted(case) == []


def test_a_claim_on_what_is_replaced_in_part_is_about_the_first_goods() -> None:
    order = an_order(AGREED, prices=[5_000, 5_000])
    parcel(order, "first", AGREED, handed_over_at=AGREED - 60 * DAY, delivered_at=AGREED - DAY)
    agree(order, AGREED, line_refs=("1",), **DAMAGED)
    both = a_case(order, AGREED + DAY, **DAMAGED)
    assert (both.replaced_at, facts(both).tracking) == (None, "DELIVERED")


def test_the_other_line_of_the_order_keeps_its_facts_in_one_batch() -> None:
    order = an_order(AGREED, prices=[5_000, 5_000])
    parcel(order, "first", AGREED, handed_over_at=AGREED - 60 * DAY, delivered_at=AGREED - DAY)
    agree(order, AGREED, line_refs=("1",), **DAMAGED)
    one, other = (a_case(order, AGREED + 12 * DAY, line_refs=(ref,), **DAMAGED) for ref in "12")
    found = {s.public_id: s.facts for s in snapshots.open_on_orders([order.pk]).cases}
    assert found[one.public_id].replaced_at == AGREED
    assert (found[one.public_id].tracking, found[other.public_id].tracking) == ("NONE", "DELIVERED")


def test_it_is_read_in_three_statements_more_however_many() -> None:
    def statements(cases: int, order: Callable[[], Order]) -> int:
        ids = [a_case(order(), CLAIMED).order_id for _ in range(cases)]
        with CaptureQueriesContext(connection) as seen:
            snapshots.open_on_orders(ids)
        return len(seen)

    plain = statements(3, lambda: an_order(CLAIMED))
    assert plain == statements(1, lambda: an_order(CLAIMED))
    assert statements(1, replaced) == statements(3, replaced) == plain + 3


def test_a_strike_of_the_first_carrier_stops_no_clock() -> None:
    order = replaced()
    case = a_case(order, CLAIMED)
    parcel(order, "second", CLAIMED, handed_over_at=AGREED + 3 * DAY, carrier="DHL")
    due = case.due_at
    assert due is not None
    starts_at, hours = CLAIMED + DAY, timedelta(hours=12)
    for carrier, still in (("UPS", timedelta()), ("DHL", hours)):
        declare_pause(starts_at, starts_at + hours, "A strike.", senior(), CLAIMED, carrier)
        sweep_cases(starts_at + hours)
        case.refresh_from_db()
        assert case.due_at == due + still


def test_a_replacement_is_agreed_on_before_it_is_claimed() -> None:
    case = a_case(replaced(), CLAIMED)
    with pytest.raises(IntegrityError, match="agreed_on_before"):
        Case.objects.filter(pk=case.pk).update(replaced_at=CLAIMED + DAY)
