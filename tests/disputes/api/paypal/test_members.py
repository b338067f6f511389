"""Every member of PayPal's dispute is told somewhere, or docs/paypal.md says that it never is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from backoffice.files.service import store
from backoffice.orders.models import Order, OrderLine, Seller
from disputes.api.paypal.bodies import Body
from disputes.api.paypal.rulings import REASONS, REFUNDED_ELSEWHERE, SILENCES, WHAT_IS_KNOWN
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.supporting_info import provide_supporting_info
from tests.architecture.house import ROOT
from tests.disputes.api.paypal.calls import a_png
from tests.disputes.api.paypal.places import PLACES, denied
from tests.disputes.api.paypal.spec import BASE, BUYER, READ, SELLER, Spec, client
from tests.factories import buyer_of

PAGE = (ROOT / "docs" / "paypal.md").read_text()
NEVER = PAGE.partition("### Never told\n")[2].partition("\n### ")[0]
ROW = re.compile(r"^\| (?:`([a-z_.]+)`|the dispute)? ?\| (`.*?`) \|", re.M)


def members(schema: Any, components: Any, at: str = "") -> Iterator[str]:
    """The paths of a schema's members: `offer.history.actor`."""
    if "$ref" in schema:
        schema = components["schemas"][schema["$ref"].rpartition("/")[2]]
    if "items" in schema:
        yield from members(schema["items"], components, at)
    for name, inner in schema.get("properties", {}).items():
        path = f"{at}.{name}".lstrip(".")
        yield path
        yield from members(inner, components, path)


def told(value: Any, at: str = "") -> Iterator[str]:
    """The paths of an answer's members."""
    if isinstance(value, list):
        for one in value:
            yield from told(one, at)
    elif isinstance(value, dict):
        for name, inner in value.items():
            path = f"{at}.{name}".lstrip(".")
            yield path
            yield from told(inner, path)


def full() -> Case:
    """A case before staff in which much was shown."""
    case, now = denied(), timezone.now()
    OrderLine.objects.filter(order=case.order).update(description="Blue")
    Order.objects.filter(pk=case.order_id).update(delivered_at=now, watch_due_at=None)
    Seller.objects.filter(pk=case.seller_id).update(external_id="S1")
    buyer = buyer_of(case)
    file = store(case.public_id, a_png(), "cup.png", buyer, now)
    act(send_message, case.public_id, buyer, now, body="See.", files=(file,))
    parcel = {"carrier": "Pigeon", "tracking_number": "P1"}
    shown: dict[str, Any] = {"evidence_type": "OTHER", "note": "See.", "files": (file,)}
    act(provide_evidence, case.public_id, buyer, now, **shown, **parcel)
    act(escalate, case.public_id, buyer, now, note="Decide.")
    act(provide_supporting_info, case.public_id, buyer, now, **shown)
    return case


def never_told() -> set[str]:
    """What the page's table names: in what, and which members of it."""
    rows = [(where, re.findall(r"`([a-z_0-9]+)`", names)) for where, names in ROW.findall(NEVER)]
    return {f"{where}.{name}".lstrip(".") for where, names in rows for name in names}


def outermost(paths: set[str]) -> set[str]:
    """Those that are in no other of them."""
    return {path for path in paths if path.rpartition(".")[0] not in paths}


@pytest.mark.django_db
def test_every_member_is_told_or_said_to_be_never(spec: Spec) -> None:
    seen: set[str] = set()
    for place in (*PLACES, full):
        dispute_id = place().public_id
        for scope in (BUYER, SELLER):
            response = client(READ, scope).get(f"{BASE}/{dispute_id}")
            seen |= set(told(spec.check(response)))
    whole = set(members({"$ref": "#/components/schemas/dispute"}, spec.components))
    assert outermost(whole - seen) == never_told()


def test_every_member_that_is_not_kept_is_named() -> None:
    left = {name for body in Body.__subclasses__() for name in body.left}
    assert left == {name for name in left if f"`{name}`" in PAGE}
    assert "address_details" in left


def test_every_reason_of_a_ruling_is_paypals(spec: Spec) -> None:
    known = set(spec.components["schemas"]["adjudication_reason"]["enum"])
    assert {*REASONS.values(), *SILENCES.values(), REFUNDED_ELSEWHERE, WHAT_IS_KNOWN} <= known
