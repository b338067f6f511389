"""A claim for a replacement through the doors: API, desk, hosted page, case file."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from backoffice.common.actors import ActorKind
from disputes.service.links import Link, sign
from tests.disputes.admin.desk import staff_client, url
from tests.disputes.bundle.making import bundle
from tests.disputes.bundle.test_contents import everything
from tests.disputes.journey import URL, Journey
from tests.disputes.replacing import AGREED, DAY, PROMISED, parcel, replaced, scan
from tests.factories import a_case

pytestmark = pytest.mark.django_db
CLAIMED = PROMISED + 8 * DAY
NOT_RECEIVED = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"


def shipment(name: str, **facts: Any) -> dict[str, Any]:
    return {"external_id": name} | {n: at.isoformat() for n, at in facts.items()}


@pytest.fixture
def claimed() -> Journey:
    """The cup came broken, a new one was agreed on and never came: claimed and escalated."""
    with time_machine.travel(AGREED, tick=False):
        journey = Journey().shows()
        came = {"handed_over_at": AGREED - 9 * DAY, "delivered_at": AGREED - 2 * DAY}
        first = shipment("first", **came) | {"order": journey.order.external_id}
        journey.fed("shipments", first)
        journey.does("SELLER", "make-offer", offer_type="REPLACEMENT_WITHOUT_REFUND")
        journey.does("BUYER", "accept-offer")
    with time_machine.travel(CLAIMED, tick=False):
        body = {"order": journey.order.external_id, "buyer": "buyer-1", "reason": NOT_RECEIVED}
        journey.id = journey.sides["BUYER"].post(URL, body).json()["dispute_id"]
        journey.does("SELLER", "deny", reason="IN_TRANSIT", note="It is on its way.")
        return journey.does("BUYER", "escalate", note="It is not.")


def recommended(journey: Journey) -> Any:
    return staff_client().get(url(journey.case)).context["page"].recommended


def test_the_api_says_so(claimed: Journey) -> None:
    facts = claimed.shown["order_facts"]
    assert facts["replaced_at"] == "2026-03-01T12:00:00Z"
    assert facts["deliver_by"] == "2026-04-30T12:00:00Z"
    assert (facts["handed_over_at"], facts["delivered_at"]) == (None, None)
    assert (facts["tracking"], facts["proof_of_shipment"]) == ("NONE", False)


@time_machine.travel(CLAIMED, tick=False)
def test_the_desk_recommends_by_the_replacement(claimed: Journey) -> None:
    found = recommended(claimed)
    assert (str(found.pay), found.borne_by) == ("100.00 USD", "SELLER")
    assert "no tracking, no proof of shipment, 8 days late" in found.sentence
    page = staff_client().get(url(claimed.case)).content.decode()
    assert "The claim is for the replacement agreed on 1 Mar 2026" in page
    assert page.count("sent before the replacement was agreed on") == 1
    marks = {
        mark.what: mark.when
        for mark in staff_client().get(url(claimed.case)).context["page"].drawing.told
    }
    assert marks["Replacement agreed on"] == "1 Mar 2026"
    assert marks["Guaranteed by"] == "30 Apr 2026"
    assert not {"Bought", "Handed over", "Delivered"} & set(marks)


@pytest.mark.parametrize(("hours", "badges"), [(-1, 1), (1, 0)])
def test_the_desk_marks_what_was_sent_before_the_complaint(hours: int, badges: int) -> None:
    order = replaced(filed=AGREED - DAY)
    sent = AGREED - DAY + timedelta(hours=hours)
    parcel(order, "second", AGREED, handed_over_at=sent)
    scan(order, "second", "in_transit", AGREED - DAY / 2, AGREED)
    case = a_case(order, CLAIMED)
    with time_machine.travel(CLAIMED, tick=False):
        answer = staff_client().get(url(case))
    assert answer.content.decode().count("sent before the replacement was agreed on") == 1 + badges
    assert len(answer.context["page"].drawing.ticks) == 1 - badges


@time_machine.travel(CLAIMED, tick=False)
def test_a_delivery_scan_turns_the_recommendation(claimed: Journey) -> None:
    late = {"shipment": "first", "status": "lost", "happened_at": (AGREED - DAY).isoformat()}
    length = len(claimed.story)
    claimed.fed("tracking-events", late)
    assert (len(claimed.story), str(recommended(claimed).pay)) == (length, "100.00 USD")
    sent = shipment("second", handed_over_at=AGREED + 3 * DAY)
    claimed.fed("shipments", sent | {"order": claimed.order.external_id})
    came = (PROMISED - DAY).isoformat()
    claimed.fed(
        "tracking-events", {"shipment": "second", "status": "delivered", "happened_at": came}
    )
    assert claimed.story[-2:] == ["facts_changed", "facts_changed"]
    assert claimed.shown["order_facts"]["delivered_at"] == "2026-04-29T12:00:00Z"
    assert str(recommended(claimed).pay) == "0.00 USD"


@time_machine.travel(CLAIMED, tick=False)
@pytest.mark.parametrize("side", [ActorKind.BUYER, ActorKind.SELLER])
def test_the_hosted_page_says_so(claimed: Journey, side: ActorKind) -> None:
    signed = sign(Link(claimed.id, side, CLAIMED + DAY), CLAIMED)
    page = Client().get(f"/c/{signed}").content.decode()
    assert "<dt>For the replacement agreed on</dt><dd>1 Mar 2026</dd>" in page
    assert "<dt>To be delivered by</dt><dd>30 Apr 2026</dd>" in page
    assert "27 Feb 2026" not in page  # when the first parcel came


@time_machine.travel(CLAIMED, tick=False)
def test_the_case_file_says_so(claimed: Journey, tmp_path: Path) -> None:
    texts = everything(bundle(claimed.case), tmp_path)
    assert '"replaced_at":"2026-03-01T12:00:00' in texts.replace('": "', '":"')
    if shutil.which("pdftotext"):
        assert "For the replacement" in texts
        assert "30 Apr 2026" in texts
