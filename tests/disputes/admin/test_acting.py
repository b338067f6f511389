"""Buttons of the case page: each is one verb on the case as the page showed it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from disputes.enums import EvidenceType, Party
from disputes.lifecycle import State
from disputes.models import EvidenceRequest, Message
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.withdrawal import withdraw
from tests.disputes.admin.desk import (
    again,
    case_to_decide,
    member,
    seen,
    staff_actor_of,
    staff_client,
    url,
)
from tests.factories import buyer_of

pytestmark = pytest.mark.django_db
ASK = {
    "party": Party.SELLER.value,
    "evidence_type": EvidenceType.PROOF_OF_FULFILLMENT.value,
    "note": "The receipt, please.",
}


@pytest.fixture
def client() -> Client:
    return staff_client()


def test_take_makes_the_case_mine(client: Client) -> None:
    case = case_to_decide()
    assert client.post(url(case, "take"), seen(case)).url == url(case)
    assert again(case).assignee == member(Role.ADJUDICATOR)


def test_take_from_an_old_page_does_not_take_from_a_colleague(client: Client) -> None:
    case = case_to_decide()
    old = seen(case)
    staff_client(Role.SENIOR).post(url(case, "take"), seen(case))
    page = client.post(url(case, "take"), old).content.decode()
    assert "Senior adjudicator took the case." in page
    assert again(case).assignee == member(Role.SENIOR)


def test_message_is_sent_to_both(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "message"), seen(case, message="Please be patient."))
    assert Message.objects.latest("id").body == "Please be patient."


def test_message_sent_twice_is_written_once(client: Client) -> None:
    case = case_to_decide()
    form = seen(case, message="Please be patient.")
    client.post(url(case, "message"), form)
    client.post(url(case, "message"), form)
    assert Message.objects.filter(body="Please be patient.").count() == 1


def test_message_refused_on_a_changed_case_is_kept_and_can_be_sent_again(client: Client) -> None:
    case = case_to_decide()
    old = seen(case, message="Please be patient.")
    act(send_message, case.public_id, staff_actor_of(), timezone.now(), body="Hm.")
    form = client.post(url(case, "message"), old).context["message_form"]
    assert form["message"].value() == "Please be patient."
    assert form["version"].value() == again(case).version


def test_empty_message_is_refused_beside_the_field(client: Client) -> None:
    case = case_to_decide()
    response = client.post(url(case, "message"), seen(case, message="  "))
    assert list(response.context["message_form"].errors) == ["message"]


def test_evidence_is_asked_of_a_side(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "evidence"), seen(case, **ASK))
    assert again(case).state == State.SELLER_EVIDENCE
    assert EvidenceRequest.objects.get().note == "The receipt, please."


def test_a_case_resolved_meanwhile_keeps_what_was_written_to_copy(client: Client) -> None:
    case = case_to_decide()
    old = seen(case, **ASK)
    act(withdraw, case.public_id, buyer_of(case), timezone.now())
    page = client.post(url(case, "evidence"), old).content.decode()
    assert "The buyer withdrew the claim." in page
    assert "The receipt, please." in page


def test_a_post_without_a_version_does_nothing(client: Client) -> None:
    case = case_to_decide()
    assert client.post(url(case, "take")).status_code == 200
    assert again(case).assignee is None


@pytest.mark.parametrize("name", ["take", "message", "evidence", "adjudicate", "put-back"])
def test_a_buttons_address_opened_by_hand_leads_to_the_page(client: Client, name: str) -> None:
    case = case_to_decide()
    assert client.get(url(case, name)).url == url(case)
