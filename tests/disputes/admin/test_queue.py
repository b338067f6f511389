"""The queue: what is most urgent first, narrowed and searched, taken one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Role
from backoffice.orders.models import Shipment
from disputes.enums import Reason
from disputes.models import Case
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.withdrawal import withdraw
from tests.disputes.admin.desk import (
    QUEUE,
    again,
    case_to_decide,
    member,
    reminded,
    seen,
    shown,
    staff_client,
    url,
)
from tests.factories import a_case, an_order, buyer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return staff_client()


def test_queue_has_least_time_left_first(client: Client) -> None:
    ages = [timedelta(hours=h) for h in (1, 30, 12)]
    first, last, middle = (case_to_decide(age=age).public_id for age in ages)
    assert shown(client.get(QUEUE)) == [last, middle, first]


def test_queue_shows_what_staff_decide_and_all_open_on_request(client: Client) -> None:
    waiting, deciding = a_case(), case_to_decide()
    assert shown(client.get(QUEUE)) == [deciding.public_id]
    assert shown(client.get(f"{QUEUE}?view=open")) == [deciding.public_id, waiting.public_id]


def test_queue_pages_by_key(client: Client) -> None:
    ids = [case_to_decide(age=timedelta(hours=40 - n)).public_id for n in range(27)]
    first = client.get(QUEUE)
    assert shown(first) == ids[:25]
    assert shown(client.get(first.context["next_page"])) == ids[25:]


def test_queue_sends_back_who_brings_a_strange_cursor(client: Client) -> None:
    assert client.get(f"{QUEUE}?after=x").url == QUEUE


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=UNDER_REVIEW", ["nr", "damaged", "dear"]),
        ("status=OPEN", []),
        ("reason=DAMAGED", ["damaged"]),
        ("reason=MERCHANDISE_OR_SERVICE_NOT_RECEIVED", ["nr", "dear"]),
        ("assignee=mine", ["nr"]),
        ("assignee=nobody", ["damaged", "dear"]),
        ("above_limit=on", ["dear"]),
        ("status=nonsense&reason=%00&view=x", ["nr", "damaged", "dear"]),
    ],
)
def test_queue_narrows(client: Client, query: str, expected: list[str]) -> None:
    cases = {
        "nr": case_to_decide(age=timedelta(hours=3)),
        "damaged": case_to_decide(
            age=timedelta(hours=2),
            reason=Reason.NOT_AS_DESCRIBED,
            sub_reason="DAMAGED",
        ),
        "dear": case_to_decide(an_order(prices=[60_000]), age=timedelta(hours=1)),
    }
    me = member(Role.ADJUDICATOR).pk
    Case.objects.filter(pk=cases["nr"].pk).update(
        assignee_id=me, assigned_until=timezone.now() + timedelta(hours=1)
    )
    assert shown(client.get(f"{QUEUE}?{query}")) == [cases[name].public_id for name in expected]


def test_queue_shows_overdue_reviews_and_unswept_cases(client: Client) -> None:
    case_to_decide()
    late, unswept = case_to_decide(age=timedelta(hours=2)), a_case()
    reminded(late)
    Case.objects.filter(pk=unswept.pk).update(due_at=unswept.filed_at)
    page = client.get(f"{QUEUE}?view=late")
    assert shown(page) == [late.public_id, unswept.public_id]
    assert [tab.count for tab in page.context["tabs"] if tab.here] == ["2"]


def test_queue_has_what_is_longest_overdue_first(client: Client) -> None:
    """Its next reminder comes later than many a calm case's deadline; that does not count."""
    fresh, calm = case_to_decide(), case_to_decide(age=timedelta(hours=40))
    late, later = case_to_decide(age=timedelta(hours=49)), case_to_decide(age=timedelta(hours=60))
    assert sweep_cases(timezone.now()).done == 2
    assert again(late).due_at > again(calm).due_at
    page = client.get(QUEUE)
    assert shown(page) == [later.public_id, late.public_id, calm.public_id, fresh.public_id]
    assert str(page.context["rows"][0].left) == "12 h 0 min overdue"


def test_the_lead_sees_what_two_reminders_did_not_bring_about(client: Client) -> None:
    twice, escalated = case_to_decide(), case_to_decide(age=timedelta(hours=2))
    reminded(twice, 2)
    reminded(escalated, 3)
    assert shown(client.get(f"{QUEUE}?view=lead")) == [escalated.public_id]


@pytest.mark.parametrize("what", ["order", "seller", "buyer", "number", "number as typed"])
def test_search_finds_by_exact_id(client: Client, what: str) -> None:
    case = case_to_decide(an_order(seller="S-9", buyer="B-9"))
    case_to_decide()
    Shipment.objects.create(
        external_id="P-9",
        order_ref=case.order.external_id,
        order=case.order,
        tracking_number="RR123456785CN",
        fed_at=case.filed_at,
    )
    text = {
        "order": case.order.external_id,
        "seller": "S-9",
        "buyer": "B-9",
        "number": "RR123456785CN",
        "number as typed": " rr 123456785 cn",
    }[what]
    assert shown(client.get(QUEUE, {"text": text})) == [case.public_id]


def test_search_finds_by_the_beginning_of_an_id(client: Client) -> None:
    case = case_to_decide()
    assert shown(client.get(QUEUE, {"text": case.public_id[:8].lower()})) == [case.public_id]


def test_search_for_a_whole_id_opens_the_case(client: Client) -> None:
    case = case_to_decide()
    assert client.get(QUEUE, {"text": case.public_id.lower()}).url == url(case)


def test_search_tells_of_resolved_cases_too(client: Client) -> None:
    case = case_to_decide(an_order(seller="S-9"))
    act(withdraw, case.public_id, buyer_of(case), case.filed_at)
    response = client.get(QUEUE, {"text": "S-9"})
    assert [row.case for row in response.context["resolved"]] == [case]
    assert shown(client.get(QUEUE, {"text": "S-9", "view": "resolved"})) == [case.public_id]


def test_search_for_anything_else_finds_nothing(client: Client) -> None:
    case_to_decide()
    assert shown(client.get(QUEUE, {"text": "' OR 1=1 --"})) == []


def test_queue_costs_the_same_at_three_rows_and_at_twenty_five(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        case_to_decide(an_order(seller=f"s{n}", buyer=f"b{n}"))
    client.get(QUEUE)  # the rulebook is compiled once per process
    with django_assert_num_queries(15):
        assert len(shown(client.get(QUEUE))) == 3
    for n in range(3, 30):
        case_to_decide(an_order(seller=f"s{n}", buyer=f"b{n}"))
    with django_assert_num_queries(15):
        assert len(shown(client.get(QUEUE))) == 25


def test_take_next_takes_the_most_urgent_that_nobody_has(client: Client) -> None:
    urgent, taken = (case_to_decide(age=timedelta(hours=h)) for h in (20, 30))
    staff_client(Role.SENIOR).post(url(taken, "take"), seen(taken))
    case_to_decide()
    response = client.post(f"{QUEUE}take-next/")
    assert response.url == url(urgent)
    assert again(urgent).assignee == member(Role.ADJUDICATOR)


def test_take_next_passes_over_what_was_set_aside(client: Client) -> None:
    case = case_to_decide()
    Case.objects.filter(pk=case.pk).update(sweep_error="broken")
    assert client.post(f"{QUEUE}take-next/").url == QUEUE
    assert again(case).assignee is None


def test_take_next_says_when_nothing_waits(client: Client) -> None:
    response = client.post(f"{QUEUE}take-next/", follow=True)
    assert "Nothing is waiting" in response.content.decode()


def test_stock_list_leads_to_the_queue(client: Client) -> None:
    assert client.get("/admin/disputes/case/").url == QUEUE


def test_a_lock_whose_time_is_over_is_nobodys_in_the_list(client: Client) -> None:
    case, senior = case_to_decide(), member(Role.SENIOR)
    soon = timezone.now() + timedelta(hours=1)
    Case.objects.filter(pk=case.pk).update(assignee_id=senior.pk, assigned_until=soon)
    assert client.get(QUEUE).context["rows"][0].holder == str(senior)
    Case.objects.filter(pk=case.pk).update(assigned_until=timezone.now() - timedelta(hours=1))
    assert client.get(QUEUE).context["rows"][0].holder == ""


@pytest.mark.parametrize(("age", "tone"), [(35, "calm"), (37, "soon"), (49, "late")])
def test_the_list_warns_in_the_last_quarter_of_staffs_time(
    client: Client, age: int, tone: str
) -> None:
    case_to_decide(age=timedelta(hours=age))
    assert client.get(QUEUE).context["rows"][0].left.tone == tone


def test_what_was_resolved_when_overdue_has_no_deadline_any_more(client: Client) -> None:
    case = case_to_decide(age=timedelta(hours=49))
    sweep_cases(timezone.now())
    act(withdraw, case.public_id, buyer_of(case), timezone.now())
    assert (again(case).reminders, again(case).expected_by) == (1, None)
