"""GET /disputes and GET /disputes/{id}."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Scope
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import accept_claim, deny
from tests.factories import a_case, an_order, api_client, seller_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/disputes"
DAY = timedelta(days=1)
BUYER, SELLER, READ = Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER, Scope.DISPUTES_READ


def read(case: Case, *scopes: Scope, **more: Any) -> Any:
    return api_client(READ, *scopes, **more).get(f"{URL}/{case.public_id}")


def rels(shown: dict[str, Any]) -> list[str]:
    return [link["rel"] for link in shown["links"]]


def ids(client: Any, **query: Any) -> list[str]:
    return [item["dispute_id"] for item in client.get(URL, query).json()["items"]]


def test_read_tells_how_long_was_waited_on_whom() -> None:
    case = a_case(at=timezone.now() - timedelta(days=2))
    act(deny, case.public_id, seller_of(case), case.filed_at + DAY, reason="OTHER", note="No.")
    shown = read(case).json()["waited_seconds"]
    assert (shown["SELLER"] // 86_400, shown["BUYER"] // 86_400) == (2, 1)


def test_read_tells_whom_it_waits_for() -> None:
    case = a_case()
    shown = read(case).json()
    waiting = shown["waiting"]
    assert (waiting["on"], waiting["what"]) == (["SELLER"], "SELLER_RESPONSE")
    assert waiting["due_time"] == case.due_at.isoformat().replace("+00:00", "Z")
    assert shown["order_facts"]["tracking"] == "MOVING"
    assert [entry["action"] for entry in shown["timeline"]] == ["case.filed"]


@pytest.mark.parametrize(
    ("scopes", "verbs"),
    [
        ((), []),
        ((BUYER,), ["send-message", "withdraw", "extend"]),
        (
            (SELLER,),
            [
                "send-message",
                "accept-claim",
                "deny",
                "make-offer",
                "ask-extension",
                "provide-evidence",
            ],
        ),
    ],
)
def test_links_are_what_the_caller_may_do(scopes: tuple[Scope, ...], verbs: list[str]) -> None:
    assert rels(read(a_case(), *scopes).json()) == ["self", *verbs]


def test_links_lead_to_what_they_name() -> None:
    case = a_case()
    (link,) = [x for x in read(case, BUYER).json()["links"] if x["rel"] == "withdraw"]
    assert link == {
        "rel": "withdraw",
        "href": f"http://testserver{URL}/{case.public_id}/withdraw",
        "method": "POST",
    }
    assert api_client(BUYER).post(link["href"]).status_code == 200


def test_links_are_gone_when_the_time_is_over() -> None:
    assert rels(read(a_case(at=timezone.now() - timedelta(days=6)), BUYER).json()) == ["self"]


@pytest.mark.parametrize("dispute_id", ["RD-222222222222", "x", "%F0%9F%92%A9", "9" * 400])
def test_read_an_unknown_case_is_not_found(dispute_id: str) -> None:
    response = api_client(READ).get(f"{URL}/{dispute_id}")
    assert (response.status_code, response.json()["code"]) == (404, "case_not_found")


def test_read_what_no_id_can_be_is_not_found() -> None:
    response = api_client(READ).get(f"{URL}/RD-%00")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_sellers_client_sees_its_cases_only() -> None:
    own, other = a_case(an_order(seller="own")), a_case(an_order(seller="other"))
    client = api_client(READ, SELLER, seller_ref="own")
    assert ids(client) == [own.public_id]
    assert ids(client, seller="other") == []
    assert client.get(f"{URL}/{own.public_id}").status_code == 200
    assert client.get(f"{URL}/{other.public_id}").status_code == 404
    assert client.post(f"{URL}/{other.public_id}/accept-claim").status_code == 404
    other.refresh_from_db()
    assert other.outcome == ""


def test_a_sellers_client_acts_for_no_buyer() -> None:
    case = a_case(an_order(seller="own"))
    client = api_client(READ, BUYER, seller_ref="own")
    assert rels(client.get(f"{URL}/{case.public_id}").json()) == ["self"]
    response = client.post(f"{URL}/{case.public_id}/withdraw")
    assert (response.status_code, response.json()["code"]) == (403, "seller_client")
    assert client.post(URL, {}).json()["code"] == "seller_client"


def test_list_is_newest_first_and_pages_meet() -> None:
    now = timezone.now()
    cases = [a_case(an_order(), now - timedelta(minutes=n)).public_id for n in range(5)]
    client, seen = api_client(READ), []
    url: str | None = f"{URL}?page_size=2"
    while url:
        page = client.get(url).json()
        seen.append([item["dispute_id"] for item in page["items"]])
        url = next((x["href"] for x in page["links"] if x["rel"] == "next"), None)
    assert seen == [cases[:2], cases[2:4], cases[4:]]


def test_list_costs_the_same_for_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = api_client(READ, BUYER, SELLER)
    client.get(URL)
    for _ in range(4):
        a_case(an_order(), timezone.now())
    with django_assert_num_queries(4):  # the key's client, the page, its appeals, what is unread
        client.get(URL)


def test_list_is_narrowed_by() -> None:
    now = timezone.now()
    order = an_order(seller="s-2", buyer="b-2")
    first, second = a_case(at=now - timedelta(hours=2)), a_case(order, now - timedelta(hours=1))
    third = a_case(an_order(), now)
    act(deny, first.public_id, seller_of(first), now, reason="OTHER", note="No.")
    act(accept_claim, third.public_id, seller_of(third), now)
    client = api_client(READ)
    a, b, c = first.public_id, second.public_id, third.public_id
    hour_ago = (now - timedelta(hours=1)).isoformat()
    assert ids(client, status="OPEN") == [a]
    assert ids(client, status="RESOLVED", dispute_life_cycle_stage="INQUIRY") == [c]
    assert ids(client, dispute_life_cycle_stage="CHARGEBACK") == []
    assert ids(client, seller="s-2") == ids(client, buyer="b-2") == [b]
    assert ids(client, order=order.external_id) == [b]
    assert ids(client, order="nowhere") == []
    assert ids(client, open="true") == [b, a]
    assert ids(client, open="false") == [c]
    assert ids(client, reason="MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED") == []
    assert ids(client, create_time_after=hour_ago) == [c, b]
    assert ids(client, create_time_before=hour_ago) == [a]
    assert ids(client, update_time_after=now.isoformat()) == [c, a]
    assert ids(client, due_before=(now + timedelta(days=5)).isoformat()) == [b]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=ten", "page_size"),
        ("page_size=%F0%9F%92%A9", "page_size"),
        ("next_page_token=nonsense", "next_page_token"),
        ("next_page_token=W10", "next_page_token"),
        ("status=SAD", "status"),
        ("open=perhaps", "open"),
        ("create_time_after=yesterday", "create_time_after"),
        ("create_time_after=2026-01-01T00:00:00", "create_time_after"),
        ("due_before=99999-01-01T00:00:00Z", "due_before"),
        ("due_before=0001-01-01T00:00:00%2B23:59", "due_before"),
        ("seller=a%00b", "seller"),
        ("seller=" + "x" * 101, "seller"),
        ("colour=red", "colour"),
    ],
)
def test_list_refuses_what_is_wrong_and_names_it(query: str, field: str) -> None:
    response = api_client(READ).get(f"{URL}?{query}")
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]
