from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from backoffice.common.errors import Invalid
from disputes.models import Case, Message
from disputes.service.act import act
from disputes.verbs.answers import deny
from disputes.verbs.escalation import escalate
from disputes.verbs.messages import MAX_MESSAGES, TooManyMessages, send_message
from tests.disputes.conftest import NOW, adjudicator
from tests.factories import buyer_of, seller_of


def fill(case: Case, count: int) -> None:
    row = {"author": "BUYER", "author_ref": "buyer-1", "body": "And?", "at": NOW}
    Message.objects.bulk_create(Message(case=case, **row) for _ in range(count))


def test_send_message_up_to_the_limit_and_no_further(case: Case) -> None:
    fill(case, MAX_MESSAGES - 1)
    act(send_message, case.public_id, buyer_of(case), NOW, body="The last one.")
    with pytest.raises(TooManyMessages) as refusal:
        act(send_message, case.public_id, seller_of(case), NOW, body="One too many.")
    assert "1000 messages" in refusal.value.message
    assert Message.objects.count() == MAX_MESSAGES


def test_an_answer_is_not_lost_to_a_full_conversation(case: Case) -> None:
    fill(case, MAX_MESSAGES)
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="It was delivered.")
    assert Message.objects.latest("id").body == "It was delivered."


def test_send_message_of_2000_characters_and_no_more(case: Case) -> None:
    act(send_message, case.public_id, buyer_of(case), NOW, body="货" * 2000)
    with pytest.raises(Invalid) as refusal:
        act(send_message, case.public_id, buyer_of(case), NOW, body="货" * 2001)
    assert (refusal.value.code, refusal.value.field) == ("text_too_long", "message")


def test_send_message_remembers_the_stage(case: Case) -> None:
    act(send_message, case.public_id, buyer_of(case), NOW, body="Hello?")
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), NOW + timedelta(hours=1), note="Decide.")
    act(send_message, case.public_id, adjudicator(), NOW + timedelta(hours=2), body="We look.")
    stages = list(Message.objects.order_by("id").values_list("stage", flat=True))
    assert stages == ["INQUIRY", "INQUIRY", "INQUIRY", "CHARGEBACK"]


def test_a_message_is_never_changed(case: Case) -> None:
    act(send_message, case.public_id, buyer_of(case), NOW, body="Hello?")
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.update(body="Something else.")
