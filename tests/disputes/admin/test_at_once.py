"""Two people at the desk at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from backoffice.accounts.enums import Role
from disputes.lifecycle import State
from disputes.models import Case, Proposal
from tests.disputes.admin.desk import QUEUE, again, case_to_decide, seen, staff_client, url
from tests.factories import an_order

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*doings: Callable[[], object]) -> list[object]:
    """Start them all at one moment, each with a connection of its own."""
    barrier = Barrier(len(doings))

    def run(doing: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return doing()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def taker(client: Client) -> Callable[[], object]:
    return lambda: client.post(f"{QUEUE}take-next/").url


def test_two_who_take_next_at_once_get_different_cases() -> None:
    for n in range(6):
        case_to_decide(an_order(seller=f"s{n}", buyer=f"b{n}"))
    clients = [staff_client(role) for role in (Role.ADJUDICATOR, Role.SENIOR)]
    for _ in range(3):
        first, second = together(*map(taker, clients))
        assert first != second
    assert Case.objects.filter(assignee=None).count() == 0


def test_two_who_decide_one_case_at_once_decide_it_once() -> None:
    case = case_to_decide()
    form = seen(case, decision="none", reason="It came.", confirmed="1")
    clients = [staff_client(role) for role in (Role.ADJUDICATOR, Role.SENIOR)]
    answers = together(*(lambda c=c: c.post(url(case, "adjudicate"), form) for c in clients))
    assert sorted(a.status_code for a in answers) == [200, 302]
    assert again(case).version == case.version + 1


def test_of_approve_and_send_back_at_once_one_wins() -> None:
    case = case_to_decide(an_order(prices=[60_000]))
    ruling = {"decision": "full", "borne_by": "SELLER", "reason": "It never came."}
    staff_client().post(url(case, "adjudicate"), seen(case, confirmed="1", **ruling))
    form = seen(case, note="Too much.")
    seniors = [staff_client(Role.SENIOR) for _ in range(2)]
    ways = zip(seniors, ("approve", "send-back"), strict=True)
    answers = together(*(lambda c=c, w=w: c.post(url(case, w), form) for c, w in ways))
    assert sorted(a.status_code for a in answers) == [200, 302]
    assert Proposal.objects.get().result in ("", "SENT_BACK")
    assert again(case).state in (State.PROPOSED, State.UNDER_REVIEW)
