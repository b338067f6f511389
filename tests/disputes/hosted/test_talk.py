"""The conversation on the hosted page: what a side reads of the other, and what it has read."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.common.actors import ActorKind
from disputes.enums import Party
from disputes.models import Case, ReadMark
from disputes.queries.reading import unread_in
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.notes import add_note
from tests.disputes.conftest import adjudicator
from tests.disputes.hosted.test_page import link, post, text
from tests.factories import a_case, buyer_of

pytestmark = pytest.mark.django_db


def said() -> Case:
    case = a_case()
    act(send_message, case.public_id, buyer_of(case), timezone.now(), body="Mail ann@example.com")
    return case


def test_contact_data_is_hidden_from_the_other_side_alone() -> None:
    case = said()
    assert "[e-mail address hidden]" in text(Client().get(link(case, ActorKind.SELLER)))
    assert "ann@example.com" in text(Client().get(link(case, ActorKind.BUYER)))
    assert "ann@example.com" not in text(Client().get(link(case, ActorKind.SELLER)))


@pytest.mark.parametrize("side", [ActorKind.BUYER, ActorKind.SELLER])
def test_notes_are_not_there(side: ActorKind) -> None:
    case = said()
    act(add_note, case.public_id, adjudicator(), timezone.now(), body="Our secret.")
    page = text(Client().get(link(case, side)))
    assert "Our secret." not in page
    assert "internal note" not in page


def test_opening_marks_nothing_and_acting_does() -> None:
    case, side = said(), Party.SELLER
    address = link(case, ActorKind.SELLER)
    Client().get(address)
    assert unread_in(case.pk, {side}) == {side: 1}
    post(address, case, "send-message", body="It is on its way.")
    assert unread_in(case.pk, {side}) == {side: 0}


def test_read_marks_what_the_page_showed() -> None:
    case, side = said(), Party.SELLER
    address = link(case, ActorKind.SELLER)
    shown = re.search(r'name="up_to" value="(\d+)"', text(Client().get(address)))
    act(send_message, case.public_id, buyer_of(case), timezone.now(), body="And another.")
    assert shown is not None
    Client().post(f"{address}/read", {"up_to": shown[1]})
    assert unread_in(case.pk, {side}) == {side: 1}


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "999999"])
def test_read_of_a_message_that_is_not_there_marks_nothing(up_to: str) -> None:
    case = said()
    response = Client().post(f"{link(case, ActorKind.SELLER)}/read", {"up_to": up_to})
    assert (response.status_code, ReadMark.objects.exists()) == (404, False)
