"""Saved views: a search under a name, one's own or everybody's, with what waits in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.accounts.enums import Role
from disputes.enums import Reason
from disputes.models import SavedView
from tests.disputes.admin.desk import QUEUE, case_to_decide, shown, staff_client

pytestmark = pytest.mark.django_db
VIEWS = f"{QUEUE}views/"


@pytest.fixture
def client() -> Client:
    return staff_client()


def names(client: Client) -> list[str]:
    return [one.view.name for one in client.get(QUEUE).context["views"]]


def test_search_is_kept_under_a_name(client: Client) -> None:
    client.post(f"{VIEWS}?reason=DAMAGED&above_limit=on", {"name": "Dear and broken"})
    assert SavedView.objects.get().search == {
        "view": "to-decide",
        "reason": "DAMAGED",
        "above_limit": True,
    }


def test_saved_view_finds_what_the_search_found_and_counts_it(client: Client) -> None:
    case_to_decide()
    damaged = case_to_decide(reason=Reason.NOT_AS_DESCRIBED, sub_reason="DAMAGED")
    client.post(f"{VIEWS}?reason=DAMAGED", {"name": "Broken"})
    view = client.get(QUEUE).context["views"][0]
    assert (view.count, view.oldest) == ("1", "1 h 0 min")
    assert shown(client.get(view.address)) == [damaged.public_id]


def test_view_is_seen_by_others_only_where_it_is_shared(client: Client) -> None:
    client.post(VIEWS, {"name": "Mine"})
    client.post(VIEWS, {"name": "Ours", "shared": "on"})
    assert names(client) == ["Mine", "Ours"]
    assert names(staff_client(Role.SENIOR)) == ["Ours"]


def test_name_taken_replaces_the_view(client: Client) -> None:
    for reason in ("DAMAGED", "DIFFERENT"):
        client.post(f"{VIEWS}?reason={reason}", {"name": "Broken"})
    assert SavedView.objects.get().search["reason"] == "DIFFERENT"


def test_only_the_owner_removes_a_view(client: Client) -> None:
    client.post(VIEWS, {"name": "Ours", "shared": "on"})
    address = f"{VIEWS}{SavedView.objects.get().pk}/remove/"
    assert staff_client(Role.SENIOR).post(address).status_code == 404
    client.post(address)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_view_without_a_fitting_name_is_refused(client: Client, name: str) -> None:
    client.post(VIEWS, {"name": name})
    assert not SavedView.objects.exists()


def test_view_of_a_search_no_longer_known_asks_for_what_it_still_can(client: Client) -> None:
    client.post(f"{VIEWS}?reason=DAMAGED", {"name": "Old"})
    SavedView.objects.update(search={"view": "gone", "colour": "red", "reason": "DAMAGED"})
    assert client.get(QUEUE).context["views"][0].address == f"{QUEUE}?reason=DAMAGED"


def test_queue_costs_the_same_however_many_views(client: Client) -> None:
    client.post(f"{VIEWS}?reason=DAMAGED", {"name": "0"})
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for n in range(1, 9):
        client.post(f"{VIEWS}?reason=DIFFERENT", {"name": str(n)})
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as nine:
        client.get(QUEUE)
    assert len(nine) == len(one) < 20
