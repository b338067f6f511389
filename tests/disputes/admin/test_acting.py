"""Buttons of the case page: each is one verb on the case as the page showed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.common.money import Money
from disputes.admin.acting import BUTTONS
from disputes.enums import EvidenceType, Party
from disputes.forms import ExtendForm, ReconsiderForm
from disputes.lifecycle import State
from disputes.models import Case, EvidenceRequest, Message
from disputes.service.act import act
from disputes.verbs.extensions import ask_extension
from disputes.verbs.messages import send_message
from disputes.verbs.offers import accept_offer, make_offer
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
from tests.factories import a_case, buyer_of, seller_of

pytestmark = pytest.mark.django_db
ASK = {
    "party": Party.SELLER.value,
    "evidence_type": EvidenceType.PROOF_OF_FULFILLMENT.value,
    "note": "The receipt, please.",
}


@pytest.fixture
def client() -> Client:
    return staff_client()


def test_forms_say_that_both_sides_read_why() -> None:
    forms = (ExtendForm().fields["reason"], ReconsiderForm().fields["note"])
    assert [str(field.help_text) for field in forms] == ["Both sides read this."] * 2


def test_take_makes_the_case_mine(client: Client) -> None:
    case = case_to_decide()
    assert client.post(url(case, "take"), seen(case)).url == url(case)
    assert again(case).assignee == member(Role.ADJUDICATOR)


def test_take_from_an_old_page_does_not_take_from_a_colleague(client: Client) -> None:
    case = case_to_decide()
    old = seen(case)
    staff_client(Role.SENIOR).post(url(case, "take"), seen(case))
    page = client.post(url(case, "take"), old).content.decode()
    assert "Senior adjudicator took the case" in page
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


@pytest.mark.parametrize("name", [*BUTTONS, "adjudicate", "put-back"])
def test_a_buttons_address_opened_by_hand_leads_to_the_page(client: Client, name: str) -> None:
    case = case_to_decide()
    assert client.get(url(case, name)).url == url(case)


def test_release_frees_the_case(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "take"), seen(case))
    client.post(url(case, "release"), seen(case))
    assert again(case).assignee is None


def test_case_is_handed_to_a_colleague(client: Client) -> None:
    case, senior = case_to_decide(), member(Role.SENIOR)
    form = seen(case, colleague=str(senior.pk), note="You know this seller.")
    client.post(url(case, "assign"), form)
    assert again(case).assignee == senior


def test_case_is_not_handed_to_who_may_not_decide(client: Client) -> None:
    case, auditor = case_to_decide(), member(Role.AUDITOR)
    form = seen(case, colleague=str(auditor.pk), note="Please.")
    response = client.post(url(case, "assign"), form)
    assert list(response.context["assign_form"].errors) == ["colleague"]


def test_note_stands_in_the_conversation_and_is_internal(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "note"), seen(case, note="Same photo as last week."))
    said = client.get(url(case)).context["page"].said[-1].said
    assert (said.body, said.internal) == ("Same photo as last week.", True)


def test_deadline_is_moved(client: Client) -> None:
    case = case_to_decide()
    client.post(url(case, "extend"), seen(case, hours="2", reason="A holiday."))
    assert again(case).due_at == case.due_at + timedelta(hours=2)


def test_page_tells_that_more_time_is_asked_for_and_by_whom(client: Client) -> None:
    case = a_case()
    assert "More time is asked for" not in client.get(url(case)).content.decode()
    ask = {"hours": 48, "reason": "I travel."}
    act(ask_extension, case.public_id, seller_of(case), timezone.now(), **ask)
    shown = client.get(url(case))
    section = shown.content.decode().split('id="more-time"')[1].split("</section>")[0]
    assert "asked for 48 more hours: I travel." in section
    assert shown.context["extend_form"]["hours"].value() == 48
    client.post(url(case, "extend"), seen(again(case), hours="48", reason="Agreed."))
    assert "More time is asked for" not in client.get(url(case)).content.decode()


def test_message_by_htmx_answers_with_the_parts_it_changed(client: Client) -> None:
    case = case_to_decide()
    head = {"HX-Request": "true", "HX-Target": "conversation"}
    form = seen(case, message="Please be patient.")
    page = client.post(url(case, "message"), form, headers=head).content.decode()
    assert page.lstrip().startswith("<section")
    assert "Please be patient." in page
    assert f'data-version="{again(case).version}"' in page


def test_page_learns_what_has_arrived_since(client: Client) -> None:
    case = case_to_decide()
    asked = f"{url(case, 'arrived')}?seen={case.chain_length}"
    assert client.get(asked, headers={"HX-Request": "true"}).status_code == 204
    act(send_message, case.public_id, staff_actor_of(), timezone.now(), body="Hm.")
    page = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert "Adjudicator sent a message." in page


def test_list_walked_through_is_kept(client: Client) -> None:
    case = case_to_decide()
    answer = client.post(f"{url(case, 'take')}?view=open&x=y", seen(case))
    assert answer.url == f"{url(case)}?view=open"


def test_return_address_is_told_for_a_seller_who_gives_none(client: Client) -> None:
    case = waits_for_an_address()
    assert "Where the goods go back to" in client.get(url(case)).content.decode()
    client.post(url(case, "return-address"), seen(case, address="5 Mill Lane, Leeds"))
    assert (again(case).state, again(case).returns.get().address) == (
        State.RETURN_TO_SHIP,
        "5 Mill Lane, Leeds",
    )


def waits_for_an_address() -> Case:
    """A seller's offer of a refund after return, accepted; he has not said where to."""
    case, now = a_case(), timezone.now()
    offer = {"offer_type": "REFUND_WITH_RETURN", "amount": Money(5_000, "USD")}
    act(make_offer, case.public_id, seller_of(case), now, **offer)
    act(accept_offer, case.public_id, buyer_of(case), now)
    return again(case)
