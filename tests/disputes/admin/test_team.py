"""The team page: numbers of a period, at a constant cost, for those who lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Role
from backoffice.common.money import Money
from disputes.models import Case
from disputes.queries.team import times
from disputes.service.act import act
from disputes.verbs.acknowledgements import acknowledge_return
from disputes.verbs.decisions import adjudicate
from disputes.verbs.returns import give_return_address, ship_return
from tests.disputes.admin.desk import (
    again,
    case_to_decide,
    member,
    reminded,
    seen,
    staff_actor_of,
    staff_client,
    url,
)
from tests.factories import an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
TEAM = "/admin/disputes/case/team/"
NOTHING = {"decision": "none", "reason": "It came.", "confirmed": "1"}


@pytest.fixture
def lead() -> Client:
    return staff_client(Role.SENIOR)


def decide(case: Case, role: Role = Role.ADJUDICATOR) -> None:
    staff_client(role).post(url(case, "adjudicate"), seen(case, **NOTHING))


def test_team_is_for_those_who_lead(lead: Client) -> None:
    assert lead.get(TEAM).status_code == 200
    assert staff_client(Role.ADJUDICATOR).get(TEAM).status_code == 403


def test_team_counts_by_person_and_queue(lead: Client) -> None:
    for role in (Role.ADJUDICATOR, Role.ADJUDICATOR, Role.SENIOR):
        decide(case_to_decide(), role)
    page = lead.get(TEAM).context
    assert [(line.name, line.work.decided) for line in page["people"]] == [
        ("Adjudicator", 2),
        ("Senior adjudicator", 1),
    ]
    assert [(line.name, line.work.decided) for line in page["queues"]] == [
        ("First decision: Not received", 3)
    ]


def test_time_to_decide_ends_with_the_ruling_not_when_the_goods_are_back(lead: Client) -> None:
    case = case_to_decide(age=timedelta(days=9))
    at = case.waiting_since + timedelta(hours=3)
    ruling = {"refund": Money(10_000, case.currency), "reason": "It broke.", "return_needed": True}
    act(adjudicate, case.public_id, staff_actor_of(), at, borne_by="SELLER", **ruling)
    seller, buyer = seller_of(case), buyer_of(case)
    act(give_return_address, case.public_id, seller, at, address="Shop 1, 5 Mill Lane, Leeds")
    act(ship_return, case.public_id, buyer, at, carrier="UPS", tracking_number="1Z5R8939")
    back = {"acknowledgement": "ITEM_RECEIVED", "note": "It came."}
    act(acknowledge_return, case.public_id, seller, at + timedelta(days=6), **back)
    assert again(case).refunded_minor == 10_000
    assert lead.get(TEAM).context["total"].took.text == "3 h 0 min"


def test_time_to_decide_runs_from_the_beginning_of_the_review(lead: Client) -> None:
    decide(case_to_decide(age=timedelta(hours=5)))
    assert lead.get(TEAM).context["total"].took.text == "5 h 0 min"


def test_team_says_what_a_person_has_now(lead: Client) -> None:
    case = case_to_decide()
    staff_client().post(url(case, "take"), seen(case))
    (line,) = lead.get(TEAM).context["people"]
    assert (line.name, line.work.has, line.work.decided) == ("Adjudicator", 1, 0)
    Case.objects.update(assigned_until=timezone.now() - timedelta(minutes=1))
    assert lead.get(TEAM).context["people"] == []


def test_team_says_what_is_open_and_overdue_in_each_queue(lead: Client) -> None:
    case_to_decide()
    reminded(case_to_decide())
    (line,) = lead.get(TEAM).context["queues"]
    assert (line.name, line.work.has, line.work.overdue, line.work.decided) == (
        "First decision: Not received",
        2,
        1,
        0,
    )


def test_period_leaves_out_what_lies_before_it(lead: Client) -> None:
    case = case_to_decide(age=timedelta(days=10))
    ruling = {"refund": Money(0, case.currency), "reason": "It came."}
    at = case.waiting_since + timedelta(hours=1)
    act(adjudicate, case.public_id, staff_actor_of(), at, **ruling)
    assert lead.get(f"{TEAM}?days=7").context["total"].work.decided == 0
    assert lead.get(f"{TEAM}?days=30").context["total"].work.decided == 1


@pytest.mark.parametrize(
    "query", ["days=0", "days=x", "since=2020-01-01", "until=2999-01-01", "since=%00"]
)
def test_period_that_cannot_be_is_made_one_that_can(lead: Client, query: str) -> None:
    assert len(lead.get(f"{TEAM}?{query}").context["chart"].columns) in (30, 366)


def test_page_costs_the_same_however_many_decide(
    lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decide(case_to_decide(an_order(seller="s0", buyer="b0")))
    lead.get(TEAM)
    with django_assert_num_queries(14):
        lead.get(TEAM)
    for n, role in enumerate((Role.SENIOR, Role.ADJUDICATOR, Role.ADJUDICATOR)):
        decide(case_to_decide(an_order(seller=f"s{n}", buyer=f"b{n}")), role)
    member(Role.AUDITOR)
    with django_assert_num_queries(14):
        lead.get(TEAM)


def test_times_are_the_middle_and_nine_in_ten() -> None:
    hours = times([timedelta(hours=h) for h in range(1, 11)])
    assert hours is not None
    assert (hours.median, hours.ninth_tenth) == (timedelta(hours=5), timedelta(hours=9))
