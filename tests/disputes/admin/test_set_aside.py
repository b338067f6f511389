"""Cases that the sweep set aside: seen with their error, and put back once it is mended."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.audit.models import Event
from disputes.models import Case
from disputes.sweeps import sweep_cases
from tests.disputes.admin.desk import again, case_to_decide, seen, shown, staff_client, url

pytestmark = pytest.mark.django_db
SET_ASIDE = "/admin/disputes/case/set-aside/"


@pytest.fixture
def client() -> Client:
    return staff_client()


@pytest.fixture
def aside(db: None) -> Case:
    """A case overdue for review that the sweep no longer touches."""
    case = case_to_decide()
    Case.objects.filter(pk=case.pk).update(sweep_error="KeyError: 'x'", due_at=case.filed_at)
    return again(case)


def test_list_shows_each_case_with_its_error(client: Client, aside: Case) -> None:
    case_to_decide()
    response = client.get(SET_ASIDE)
    assert shown(response) == [aside.public_id]
    assert "KeyError: &#x27;x&#x27;" in response.content.decode()


def test_queue_leaves_them_out_and_says_how_many(client: Client, aside: Case) -> None:
    response = client.get("/admin/disputes/case/queue/")
    assert shown(response) == []
    assert "1 set aside" in response.content.decode()


def test_put_back_lets_the_sweep_go_on(client: Client, aside: Case) -> None:
    assert client.post(url(aside, "put-back")).url == SET_ASIDE
    assert sweep_cases(timezone.now()).done == 1
    assert again(aside).reminders == 1


def test_put_back_is_told_with_what_had_failed(client: Client, aside: Case) -> None:
    client.post(url(aside, "put-back"))
    event = Event.objects.filter(subject_id=aside.public_id).latest("seq")
    assert (event.action, event.data) == ("case.put_back", {"error": "KeyError: 'x'"})


def test_nothing_else_is_done_to_a_stuck_case(client: Client, aside: Case) -> None:
    page = client.post(url(aside, "take"), seen(aside)).content.decode()
    assert "put the case back to the sweep first" in page.replace("\n", " ")
    assert again(aside).version == aside.version


def test_put_back_of_a_case_in_order_is_refused(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "put-back"))
    assert again(case).version == case.version


def test_empty_list_says_so(client: Client) -> None:
    assert "No case is set aside." in client.get(SET_ASIDE).content.decode()
