"""GET /v1/customer/disputes and /v1/customer/disputes/{id}."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from backoffice.files.service import store
from disputes.enums import Reason, SubReason
from disputes.lifecycle import State, verbs_for
from disputes.models import Case
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.offers import deny_offer, make_offer
from tests.disputes.api.paypal.places import PLACES, denied
from tests.disputes.api.paypal.spec import BASE, BUYER, READ, SELLER, Spec, client, url
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db


def ids(page: dict[str, Any]) -> list[str]:
    return [item["dispute_id"] for item in page.get("items", [])]


def listed(spec: Spec, *scopes: Any, **query: str) -> list[str]:
    return ids(spec.check(client(*(scopes or (READ,))).get(BASE, query)))


def test_list_of_nothing(spec: Spec) -> None:
    page = spec.check(client(READ).get(BASE))
    assert page.keys() == {"links"}
    assert [link["rel"] for link in page["links"]] == ["self", "first"]


def test_list_tells_in_short(spec: Spec) -> None:
    case = a_case()
    (item,) = spec.check(client(READ, SELLER).get(BASE))["items"]
    links = item.pop("links")
    assert [link["rel"] for link in links][:2] == ["self", "send-message"]
    due = item.pop("seller_response_due_date")
    assert due.endswith("Z")
    assert item == {
        "dispute_id": case.public_id,
        "create_time": case.filed_at.strftime("%Y-%m-%dT%H:%M:%S.") + due[-4:],
        "update_time": case.filed_at.strftime("%Y-%m-%dT%H:%M:%S.") + due[-4:],
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": "WAITING_FOR_SELLER_RESPONSE",
        "dispute_state": "REQUIRED_ACTION",
        "dispute_amount": {"currency_code": "USD", "value": "100.00"},
        "dispute_life_cycle_stage": "INQUIRY",
        "dispute_channel": "INTERNAL",
    }


def test_list_is_walked_by_its_next_link(spec: Spec) -> None:
    now = timezone.now()
    cases = [a_case(an_order(), now - timedelta(minutes=n)).public_id for n in range(5)]
    caller, seen = client(READ), []
    address: str | None = f"{BASE}?page_size=2"
    while address:
        page = spec.check(caller.get(address))
        seen.append(ids(page))
        address = next((x["href"] for x in page["links"] if x["rel"] == "next"), None)
    assert seen == [cases[:2], cases[2:4], cases[4:]]


def test_list_takes_the_specifications_own_words_for_none(spec: Spec) -> None:
    case, caller = a_case(), client(READ)
    names = ("start_time", "next_page_token")
    words = {name: spec.components["parameters"][name]["schema"]["default"] for name in names}
    assert ids(spec.check(caller.get(BASE, words))) == [case.public_id]


def test_list_costs_the_same_for_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    caller = client()
    caller.get(BASE)
    for _ in range(4):
        a_case(an_order())
    with django_assert_num_queries(3):  # the key's client, the page, its appeals
        caller.get(BASE)


def test_list_is_narrowed_by_transaction_and_time(spec: Spec) -> None:
    now = timezone.now()
    order = an_order()
    first, second = a_case(at=now - timedelta(hours=2)), a_case(order, now - timedelta(hours=1))
    act(accept_claim, first.public_id, seller_of(first), now)
    a, b = first.public_id, second.public_id
    an_hour_ago = (now - timedelta(hours=1)).isoformat()
    assert listed(spec, disputed_transaction_id=order.external_id) == [b]
    assert listed(spec, disputed_transaction_id=order.purchase_ref) == [b]
    assert listed(spec, disputed_transaction_id="NOTHING") == []
    assert listed(spec, start_time=an_hour_ago) == [b]
    assert listed(spec, start_time=f"{now - timedelta(hours=1):%Y-%m-%dt%H:%M:%Sz}") == [b]
    assert listed(spec, update_time_after=now.isoformat()) == [a]
    assert listed(spec, update_time_before=now.isoformat()) == [b]


def test_dispute_state_is_the_readers(spec: Spec) -> None:
    waiting, talking = a_case(), denied()
    a, b = waiting.public_id, talking.public_id
    assert listed(spec, READ, SELLER, dispute_state="REQUIRED_ACTION") == [a]
    assert listed(spec, READ, BUYER, dispute_state="REQUIRED_ACTION") == []
    assert listed(spec, READ, BUYER, dispute_state="REQUIRED_OTHER_PARTY_ACTION") == [a]
    assert listed(spec, READ, BUYER, dispute_state="OPEN_INQUIRIES") == [b]
    both = "OPEN_INQUIRIES,REQUIRED_OTHER_PARTY_ACTION"
    assert sorted(listed(spec, READ, BUYER, dispute_state=both)) == sorted([a, b])
    assert listed(spec, READ, dispute_state="UNDER_PAYPAL_REVIEW,RESOLVED,APPEALABLE") == []


def test_every_state_a_list_tells_is_one_it_is_narrowed_by(spec: Spec) -> None:
    now = timezone.now()
    accepted, lapsed, late = a_case(), a_case(at=now - timedelta(days=6)), now - timedelta(days=60)
    a_case()
    denied()
    act(accept_claim, accepted.public_id, seller_of(accepted), now)
    old = a_case(an_order(late), late)
    sweep_cases(now)
    assert {lapsed.public_id, old.public_id} == set(
        listed(spec, READ, SELLER, dispute_state="APPEALABLE")
    )
    for scopes in ((READ,), (READ, BUYER), (READ, SELLER), (READ, BUYER, SELLER)):
        for item in spec.check(client(*scopes).get(BASE))["items"]:
            found = listed(spec, *scopes, dispute_state=item["dispute_state"])
            assert item["dispute_id"] in found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page_size=0", "page_size"),
        ("page_size=51", "page_size"),
        ("page_size=ten", "page_size"),
        ("next_page_token=nonsense", "next_page_token"),
        ("start_time=yesterday", "start_time"),
        ("start_time=2026-01-01T00:00:00", "start_time"),
        ("update_time_after=99999-01-01T00:00:00Z", "update_time_after"),
        ("dispute_state=SAD", "dispute_state"),
        ("dispute_state=", "dispute_state"),
        ("disputed_transaction_id=a%00b", "disputed_transaction_id"),
        ("colour=red", "colour"),
        ("dispute_state=RESOLVED&dispute_state=APPEALABLE", "dispute_state"),
        (
            "start_time=2026-01-01T00:00:00Z&disputed_transaction_id=A",
            "disputed_transaction_id",
        ),
    ],
)
def test_list_refuses_what_is_wrong_and_names_it(spec: Spec, query: str, field: str) -> None:
    response = client(READ).get(f"{BASE}?{query}")
    (detail,) = spec.check(response)["details"]
    assert (response.status_code, detail["field"], detail["location"]) == (400, field, "query")


def test_a_sellers_client_sees_its_own(spec: Spec) -> None:
    mine, other = a_case(an_order(seller="s-1")), a_case(an_order(seller="s-2"))
    caller = client(READ, SELLER, seller_ref="s-1")
    assert ids(spec.check(caller.get(BASE))) == [mine.public_id]
    response = caller.get(url(other))
    assert (response.status_code, spec.check(response)["name"]) == (404, "RESOURCE_NOT_FOUND")


def test_get_tells_all(spec: Spec) -> None:
    now = timezone.now()
    case = a_case(an_order(), now, Reason.NOT_AS_DESCRIBED, sub_reason=SubReason.COUNTERFEIT)
    act(send_message, case.public_id, buyer_of(case), now, body="Is it real?")
    case.refresh_from_db()
    shown = spec.check(client().get(url(case)))
    assert shown["messages"][0]["content"] == "Is it real?"
    assert shown["disputed_transactions"][0]["custom"] == case.order.external_id
    product = shown["extensions"]["merchandize_dispute_properties"]["product_details"]
    assert (product["sub_reasons"], product["product_received"]) == (["OTHER"], "YES")
    assert (
        shown["refund_details"]["allowed_refund_amount"]["value"] == "200.00"
    )  # twice: counterfeit
    assert "SUBMITTED_BY_BUYER" in {e["source"] for e in shown["evidences"]}


@pytest.mark.parametrize("place", PLACES)
def test_wherever_a_case_stands_it_has_paypals_shape(spec: Spec, place: Callable[[], Case]) -> None:
    case = place()
    for scopes in ((), (BUYER,), (SELLER,), (BUYER, SELLER)):
        caller = client(READ, *scopes)
        shown = spec.check(caller.get(url(case)))
        (item,) = spec.check(caller.get(BASE))["items"]
        assert (item["links"], item["status"]) == (shown["links"], shown["status"])


@pytest.mark.parametrize("place", PLACES)
def test_links_are_what_the_caller_may_do(place: Callable[[], Case]) -> None:
    case = place()
    case.refresh_from_db()
    for scope, kind in ((BUYER, ActorKind.BUYER), (SELLER, ActorKind.SELLER)):
        links = client(READ, scope).get(url(case)).json()["links"]
        may = {str(verb) for verb in verbs_for(kind, case.state, frozenset())}
        if case.appeal_until is None or kind == ActorKind.BUYER:
            may -= {"appeal"}  # nobody decided, or it is heard; or he was paid all he asked for
        if case.state == State.NEGOTIATION:
            may -= {"extend"}  # nobody asked for more time
        assert {link["rel"] for link in links} == {"self"} | may


def test_get_tells_evidence(spec: Spec) -> None:
    case = a_case()
    act(
        provide_evidence,
        case.public_id,
        seller_of(case),
        timezone.now(),
        evidence_type="PROOF_OF_FULFILLMENT",
        carrier="Pigeon Post",
        tracking_number="SF1",
    )
    shown = spec.check(client().get(url(case)))
    given = [e for e in shown["evidences"] if e["source"] == "SUBMITTED_BY_SELLER"]
    assert given[0]["evidence_info"]["tracking_info"] == [
        {"carrier_name": "OTHER", "carrier_name_other": "Pigeon Post", "tracking_number": "SF1"}
    ]


def test_get_tells_money(spec: Spec) -> None:
    case = a_case()
    act(accept_claim, case.public_id, seller_of(case), timezone.now())
    shown = spec.check(client().get(url(case)))
    hundred = {"currency_code": "USD", "value": "100.00"}
    assert shown["dispute_outcome"] == {"outcome_code": "ACCEPTED", "amount_refunded": hundred}
    moved = [(m["affected_party"], m["type"], m["amount"]) for m in shown["money_movements"]]
    assert moved == [("SELLER", "DEBIT", hundred), ("BUYER", "CREDIT", hundred)]
    assert "adjudications" not in shown


def test_names_and_ids_that_paypal_has_no_room_for(spec: Spec) -> None:
    order = an_order(seller="shop_1!", external_id="Bestellung 7/ä", purchase_ref="p:1")
    shown = spec.check(client().get(url(a_case(order))))
    (transaction,) = shown["disputed_transactions"]
    assert transaction["custom"] == "Bestellung 7/ä"
    assert transaction["seller"] == {"name": "Shop shop 1"}
    assert not {"buyer_transaction_id", "seller_transaction_id"} & transaction.keys()


def test_get_costs_the_same_for_more(photo: bytes) -> None:
    case, caller = denied(), client()
    few = _cost_after(case, caller, photo, 1)
    assert _cost_after(case, caller, photo, 4) == few
    assert few <= 30


def _cost_after(case: Case, caller: APIClient, photo: bytes, times: int) -> int:
    """The statements of a GET, once so many of everything are there more."""
    both = (buyer_of(case), seller_of(case))
    for number in range(times):
        for actor in both:
            now = timezone.now()
            file = store(case.public_id, photo, f"{number}.png", actor, now)
            act(send_message, case.public_id, actor, now, body="Hello?", files=(file,))
            evidence = {"evidence_type": "OTHER", "note": "See.", "files": (file,)}
            act(provide_evidence, case.public_id, actor, now, **evidence)
        offer = {"offer_type": "REFUND", "amount": Money(1000, "USD")}
        act(make_offer, case.public_id, both[1], timezone.now(), **offer)
        act(deny_offer, case.public_id, both[0], timezone.now())
    caller.get(url(case))
    with CaptureQueriesContext(connection) as asked:
        caller.get(url(case))
    return len(asked)


def test_a_case_that_is_not_there(spec: Spec) -> None:
    response = client(READ).get(f"{BASE}/RD-NOTHING")
    body = spec.check(response)
    assert (response.status_code, response["PayPal-Debug-Id"]) == (404, body["debug_id"])
    assert body["details"][0]["issue"] == "INVALID_RESOURCE_ID"
