"""A case whose facts cannot be put together shows what is left of it, and why."""

from __future__ import annotations

import pytest
from django.test import Client

from disputes.models import Case
from tests.disputes.admin.desk import QUEUE, again, case_to_decide, seen, shown, staff_client, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return staff_client()


@pytest.fixture
def broken(db: None) -> Case:
    """A case pinned to a rulebook that is not there."""
    case = case_to_decide()
    Case.objects.filter(pk=case.pk).update(rulebook_number=99)
    return again(case)


def test_page_shows_the_error_and_what_can_be_read(client: Client, broken: Case) -> None:
    page = client.get(url(broken)).content.decode()
    for said in ("There is no published rulebook version 99.", "100.00 USD", "Please decide."):
        assert said in page
    assert "denied the claim" in page


def test_nothing_is_done_to_it(client: Client, broken: Case) -> None:
    page = client.post(url(broken, "take"), seen(broken)).content.decode()
    assert "This case cannot be read" in page
    assert again(broken).version == broken.version


def test_queue_still_lists_it_with_the_others(client: Client, broken: Case) -> None:
    other = case_to_decide()
    listed = shown(client.get(QUEUE))
    assert sorted(listed) == sorted([broken.public_id, other.public_id])
