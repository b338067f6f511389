"""The staff's home: how much waits, what is most urgent, and alarms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from disputes.models import Case
from disputes.queries.counts import MOST, Count, workload
from disputes.reconciliation import report_loose_ends
from disputes.sweeps import sweep_cases
from tests.disputes.admin.desk import HOME, case_to_decide, staff_client
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db
CASES = "admin/disputes/home.html"


@pytest.fixture
def client() -> Client:
    return staff_client()


def panel(client: Client) -> dict[str, object]:
    return dict(client.get(HOME).context["panels"])[CASES]


def test_home_counts_what_waits(client: Client) -> None:
    a_case()
    case_to_decide()
    urgent = case_to_decide(age=timedelta(hours=30))
    aside = case_to_decide()
    Case.objects.filter(pk=aside.pk).update(sweep_error="broken")
    mine = User.objects.get(groups__name=Role.ADJUDICATOR)
    now = timezone.now()
    Case.objects.filter(pk=urgent.pk).update(assignee=mine, assigned_until=now)
    counts = workload(mine.pk, now)
    assert str(workload(mine.pk, now + timedelta(seconds=1)).mine) == "0"
    named = ("to_decide", "late", "soon", "mine", "set_aside")
    assert {n: str(getattr(counts, n)) for n in named} == {
        "to_decide": "3",
        "late": "0",
        "soon": "1",
        "mine": "1",
        "set_aside": "1",
    }
    assert counts.oldest_wait == urgent.waiting_since


def test_home_counts_a_review_beyond_its_time_as_overdue(client: Client) -> None:
    case_to_decide(age=timedelta(hours=49))
    assert sweep_cases(timezone.now()).done == 1
    counts = panel(client)["counts"]
    assert (str(counts.late), str(counts.soon)) == ("1", "0")
    assert "1 h 0 min overdue" in client.get(HOME).content.decode()


def test_count_stops_above_most() -> None:
    assert [str(Count(n)) for n in (0, MOST, MOST + 1)] == ["0", "1,000", "1,000+"]


def test_home_shows_the_five_most_urgent(client: Client) -> None:
    ids = [case_to_decide(age=timedelta(hours=20 - n)).public_id for n in range(6)]
    assert [row.case.public_id for row in panel(client)["urgent"]] == ids[:5]


def test_home_costs_the_same_at_one_case_and_at_ten(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case_to_decide()
    client.get(HOME)  # the rulebook is compiled once per process
    with django_assert_num_queries(12):
        client.get(HOME)
    for n in range(9):
        case_to_decide(an_order(seller=f"s{n}"))
    with django_assert_num_queries(12):
        client.get(HOME)


def test_home_says_when_nothing_waits(client: Client) -> None:
    assert "Nothing waits for a decision." in client.get(HOME).content.decode()


def test_home_says_that_no_loose_end_was_found(client: Client) -> None:
    a_case()
    assert report_loose_ends(timezone.now()) == {}
    assert "Loose ends: none, as of" in client.get(HOME).content.decode()


def test_home_says_when_nobody_looks_for_loose_ends(client: Client) -> None:
    report_loose_ends(timezone.now() - timedelta(hours=4))
    assert "the hourly reconciliation is not running" in client.get(HOME).content.decode()


def test_home_raises_the_alarm_over_a_loose_end(client: Client) -> None:
    case = a_case()
    Case.objects.filter(pk=case.pk).update(sweep_error="broken")
    report_loose_ends(timezone.now())
    page = client.get(HOME).content.decode()
    assert "Loose ends were found" in page
    assert case.public_id in page


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_the_cases(role: Role) -> None:
    assert panel(staff_client(role))["urgent"] == []


def test_only_who_may_take_cases_is_offered_to() -> None:
    offered = {role for role in Role if panel(staff_client(role))["may_take"]}
    assert offered == {Role.ADJUDICATOR, Role.SENIOR}


def test_staff_without_a_role_are_told_so() -> None:
    client = Client()
    client.force_login(User.objects.create_user("new@example.org", "secret", is_staff=True))
    assert Group.objects.count() == len(Role)
    response = client.get(HOME)
    assert "Your account has no role yet" in response.content.decode()
    assert response.context["panels"] == []
