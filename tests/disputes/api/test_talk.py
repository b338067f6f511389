"""Messages through the API: what is hidden, what is read, what is never shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Scope
from backoffice.audit.models import Event
from disputes.models import Case, Message
from disputes.service.act import act
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.extensions import extend
from disputes.verbs.messages import send_message, text_digest
from disputes.verbs.notes import add_note
from tests.disputes.conftest import adjudicator
from tests.factories import a_case, an_order, api_client, buyer_of, seller_of

pytestmark = pytest.mark.django_db
BUYER, SELLER, READ = Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER, Scope.DISPUTES_READ
SAID = "Write to me: ann@example.com"
HIDDEN = "Write to me: [e-mail address hidden]"


def url(case: Case, end: str = "") -> str:
    return f"/api/v1/disputes/{case.public_id}{end}"


def say(case: Case, body: str = SAID) -> Message:
    act(send_message, case.public_id, buyer_of(case), timezone.now(), body=body)
    return Message.objects.latest("id")


def read(case: Case, *scopes: Scope, **query: Any) -> Any:
    return api_client(READ, *scopes).get(url(case), query).json()


def contents(shown: Any) -> list[str]:
    return [message["content"] for message in shown["messages"]]


def test_contact_data_is_hidden_from_the_other_side_alone() -> None:
    case = a_case()
    say(case)
    assert contents(read(case, SELLER)) == [HIDDEN]
    assert contents(read(case, BUYER)) == [SAID]
    assert [m["masked"] for m in read(case, SELLER)["messages"]] == [True]


def test_the_original_and_its_digest_stay_whole() -> None:
    case = a_case()
    assert say(case).body == SAID
    assert Event.objects.get(action="case.message_sent").data["sha256"] == text_digest(SAID)


def test_a_key_for_both_sides_reads_for_one_by_saying_so() -> None:
    case = a_case()
    say(case)
    assert contents(read(case, BUYER, SELLER)) == contents(read(case)) == [HIDDEN]
    assert contents(read(case, BUYER, SELLER, **{"as": "BUYER"})) == [SAID]
    assert contents(read(case, BUYER, SELLER, **{"as": "SELLER"})) == [HIDDEN]


def test_a_key_reads_for_no_side_but_its_own() -> None:
    problem = read(a_case(), SELLER, **{"as": "BUYER"})
    assert (problem["code"], problem["errors"][0]["field"]) == ("side_not_allowed", "as")


def test_an_answer_shows_the_case_as_the_side_acted_for_sees_it() -> None:
    case = a_case()
    say(case)
    body = {"message": "13812345678", "as": "SELLER"}
    shown = api_client(BUYER, SELLER).post(url(case, "/send-message"), body).json()
    assert contents(shown) == [HIDDEN, "13812345678"]


def test_evidence_hides_contact_data_too() -> None:
    case = a_case()
    given = {"evidence_type": "OTHER", "note": "Ask the carrier: www.example.com"}
    act(provide_evidence, case.public_id, seller_of(case), timezone.now(), **given)
    assert read(case, BUYER)["evidence"][0]["note"] == "Ask the carrier: [link hidden]"
    assert read(case, SELLER)["evidence"][0]["note"] == given["note"]


def test_the_history_hides_contact_data_too() -> None:
    case = a_case()
    reason = "Take your time. 13812345678"
    act(extend, case.public_id, buyer_of(case), timezone.now(), hours=5, reason=reason)
    assert read(case, SELLER)["timeline"][-1]["sentence"].endswith("[telephone number hidden]")
    assert read(case, BUYER)["timeline"][-1]["sentence"].endswith(reason)


def test_the_orders_own_numbers_are_shown() -> None:
    case = a_case(an_order(external_id="13812345678"))
    say(case, "My order is 13812345678.")
    assert contents(read(case, SELLER)) == ["My order is 13812345678."]


def test_what_is_hidden_is_said_in_the_readers_language() -> None:
    case = a_case()
    say(case)
    client = api_client(READ, SELLER)
    shown = client.get(url(case), headers={"accept-language": "zh-hans"}).json()
    assert contents(shown) == ["Write to me: [电子邮箱已隐藏]"]


def test_notes_are_in_no_answer() -> None:
    case = a_case()
    act(add_note, case.public_id, adjudicator(), timezone.now(), body="A secret of ours.")
    client = api_client(*Scope)
    answers = [client.get(url(case)), client.get("/api/v1/disputes"), read(case)]
    answers.append(client.get(f"/api/v1/audit/case/{case.public_id}"))
    told = [json.dumps(getattr(a, "data", a), default=str) for a in answers]
    assert not any("secret" in text for text in told)
    assert all("case.note_added" not in text for text in told[:3])


def test_a_message_beyond_the_limit_is_refused() -> None:
    case = a_case()
    row = {"author": "BUYER", "author_ref": "buyer-1", "body": "And?", "at": timezone.now()}
    Message.objects.bulk_create(Message(case=case, **row) for _ in range(1000))
    response = api_client(BUYER).post(url(case, "/send-message"), {"message": "One more."})
    assert (response.status_code, response.json()["code"]) == (409, "too_many_messages")


def test_read_tells_how_much_is_unread() -> None:
    case = a_case()
    say(case)
    say(case)
    assert read(case, SELLER)["unread_messages"] == {"SELLER": 2}
    assert read(case, BUYER)["unread_messages"] == {"BUYER": 0}
    assert read(case)["unread_messages"] == {"BUYER": 0, "SELLER": 2}


def test_reading_by_get_marks_nothing() -> None:
    case = a_case()
    say(case)
    read(case, SELLER)
    assert read(case, SELLER)["unread_messages"] == {"SELLER": 1}


def test_read_marks_up_to_a_message() -> None:
    case = a_case()
    first, _ = say(case), say(case)
    client = api_client(SELLER)
    answer = client.post(url(case, "/read"), {"message_id": first.pk}).json()
    assert answer == {"side": "SELLER", "read_up_to": first.pk, "unread_messages": 1}
    assert client.post(url(case, "/read")).json()["unread_messages"] == 0


def test_read_never_moves_back() -> None:
    case = a_case()
    first, second = say(case), say(case)
    client = api_client(SELLER)
    client.post(url(case, "/read"))
    answer = client.post(url(case, "/read"), {"message_id": first.pk}).json()
    assert answer == {"side": "SELLER", "read_up_to": second.pk, "unread_messages": 0}


def test_read_moves_no_clock_and_makes_no_event() -> None:
    case = a_case()
    say(case)
    case.refresh_from_db()
    before = (case.version, case.chain_length, case.updated_at)
    api_client(SELLER).post(url(case, "/read"))
    case.refresh_from_db()
    assert (case.version, case.chain_length, case.updated_at) == before


def test_read_before_anybody_wrote() -> None:
    answer = api_client(SELLER).post(url(a_case(), "/read"))
    assert (answer.status_code, answer.json()["read_up_to"]) == (200, 0)


def test_read_of_another_cases_message_is_refused() -> None:
    other = say(a_case(an_order()))
    problem = api_client(SELLER).post(url(a_case(), "/read"), {"message_id": other.pk}).json()
    assert (problem["code"], problem["errors"][0]["field"]) == ("unknown_message", "message_id")


def test_read_for_either_side_has_to_say_which() -> None:
    case = a_case()
    assert api_client(BUYER, SELLER).post(url(case, "/read")).json()["code"] == "side_required"
    shown = api_client(BUYER, SELLER).post(url(case, "/read"), {"as": "BUYER"}).json()
    assert shown["side"] == "BUYER"


def test_read_by_another_sellers_client_finds_nothing() -> None:
    client = api_client(SELLER, seller_ref="another")
    assert client.post(url(a_case(), "/read")).status_code == 404


def test_lists_tell_what_is_unread_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cases = [a_case(an_order(), timezone.now()) for _ in range(4)]
    for case in cases[:2]:
        say(case)
    client = api_client(READ, BUYER, SELLER)
    client.get("/api/v1/disputes")
    with django_assert_num_queries(4):  # the key, the page, what is unread, who appealed
        items = client.get("/api/v1/disputes").json()["items"]
    unread = {item["dispute_id"]: item["unread_messages"]["SELLER"] for item in items}
    assert unread == {case.public_id: int(case in cases[:2]) for case in cases}
