"""POST /v1/customer/disputes/{id}/{operation}, and PATCH."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from backoffice.audit.models import Event
from disputes.api.paypal.links import OPERATIONS
from disputes.api.paypal.verbs import VERBS
from disputes.lifecycle import Verb
from disputes.models import Message
from tests.disputes.api.paypal.calls import a_png, form, post, shown
from tests.disputes.api.paypal.places import TEN, asked, denied
from tests.disputes.api.paypal.spec import BUYER, READ, SELLER, Spec, client, url
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db


def test_every_operation_of_paypals_has_an_address(spec: Spec) -> None:
    told = {path.rpartition("/")[2] for method, path in spec.operations if method == "POST"}
    assert {view.verb for view in VERBS} == told == {str(verb) for verb in OPERATIONS}


def test_send_message_leads_back_to_the_case(spec: Spec) -> None:
    case = a_case()
    body = spec.check(post(case, "send-message", {"message": " On its way. "}, SELLER))
    (link,) = body["links"]
    assert (link["rel"], link["method"]) == ("self", "GET")
    assert link["href"].endswith(url(case))
    (message,) = shown(spec, case, SELLER)["messages"]
    assert (message["posted_by"], message["content"]) == ("SELLER", "On its way.")


@pytest.mark.parametrize(
    "part",
    [
        lambda text: text,
        lambda text: SimpleUploadedFile("input.json", text.encode(), "application/json"),
    ],
    ids=["text", "file"],
)
def test_send_message_as_a_form(spec: Spec, part: Callable[[str], Any]) -> None:
    case = a_case()
    spec.check(form(case, "send-message", BUYER, input=part(json.dumps({"message": "Hello"}))))
    assert [m.body for m in Message.objects.filter(case=case)] == ["Hello"]


def test_a_message_may_be_a_file_alone(spec: Spec) -> None:
    case, photo = a_case(), SimpleUploadedFile("Tasse Nr. 1.png", a_png(), "image/png")
    spec.check(form(case, "send-message", BUYER, message_document=photo))
    (message,) = shown(spec, case, BUYER)["messages"]
    assert "content" not in message
    (document,) = message["documents"]
    assert Client().get(document["url"]).status_code == 200


def test_too_many_files_are_refused_by_their_part(spec: Spec) -> None:
    photos = [SimpleUploadedFile("a.png", a_png(), "image/png") for _ in range(21)]
    refused = spec.check(form(a_case(), "send-message", BUYER, message_document=photos))
    assert refused["details"][0]["field"] == "/message_document"


def test_a_form_may_have_a_part_for_each_member(spec: Spec) -> None:
    case = denied()
    parts = {"note": "Half.", "offer_type": "REFUND", "offer_amount": json.dumps(TEN)}
    spec.check(form(case, "make-offer", SELLER, **parts))
    assert case.offers.get().amount_minor == 1000


def test_related_and_mixed_bodies_are_read_as_forms(spec: Spec) -> None:
    for kind in ("related", "mixed"):
        case = denied()
        body = b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nDecide.\r\n--b--\r\n'
        answer = client(BUYER).generic(
            "POST", url(case, "escalate"), body, f"multipart/{kind}; boundary=b"
        )
        spec.check(answer)
        assert answer.status_code == 200


def test_a_key_for_both_sides_acts_for_whose_turn_it_is(spec: Spec) -> None:
    evidence = {"evidences": [{"evidence_type": "OTHER", "notes": "See."}]}
    case = asked("BUYER")
    spec.check(post(case, "provide-evidence", evidence, BUYER, SELLER))
    assert case.evidence.get(note="See.").party == "BUYER"


def test_a_key_for_both_sides_says_which_where_both_may(spec: Spec) -> None:
    case, body = a_case(), {"message": "Hello"}
    refused = spec.check(post(case, "send-message", body, BUYER, SELLER))
    assert refused["details"][0]["issue"] == "SIDE_REQUIRED"
    assert refused["details"][0]["location"] == "header"
    party = {"Redress-Party": "BUYER"}
    spec.check(client(BUYER, SELLER).post(url(case, "send-message"), body, headers=party))
    assert [m.author for m in Message.objects.filter(case=case)] == ["BUYER"]


def test_what_is_not_possible_now_is_422(spec: Spec) -> None:
    case = a_case()
    post(case, "accept-claim", {}, SELLER)
    response = post(case, "accept-claim", {}, SELLER)
    refused = spec.check(response)
    assert (response.status_code, refused["name"]) == (422, "UNPROCESSABLE_ENTITY")
    assert refused["details"][0]["issue"] == "VERB_NOT_ALLOWED"


def test_after_the_deadline_the_case_lapses_first_and_that_stands(spec: Spec) -> None:
    case = a_case(at=timezone.now() - timedelta(days=6))
    refused = spec.check(post(case, "accept-claim", {}, SELLER))
    assert "lapsed" in refused["details"][0]["description"]
    case.refresh_from_db()
    assert case.resolved_at is not None


def test_patch_tells_the_buyer_where_to_turn(spec: Spec) -> None:
    case, patch = (
        a_case(),
        [
            {
                "op": "add",
                "path": "/communication_details",
                "value": {"email": "shop@example.com", "note": "Write to us here."},
            }
        ],
    )
    response = client(SELLER).patch(url(case), patch)
    spec.check(response)
    assert response.status_code == 204
    assert [m.body for m in Message.objects.filter(case=case)] == ["Write to us here."]


@pytest.mark.parametrize(
    ("patch", "status", "field"),
    [
        ([{"op": "remove", "path": "/communication_details"}], 422, "/0/op"),
        ([{"op": "replace", "path": "/status", "value": "RESOLVED"}], 422, "/0/path"),
        ([{"op": "add", "path": "/communication_details"}], 400, "/0/value"),
        ([{"op": "add", "path": "/communication_details", "value": {}}], 400, "/0/value/note"),
        ([{"op": "sing"}], 400, "/0/op"),
        ([], 400, ""),
        ({}, 400, ""),
    ],
)
def test_a_wrong_patch_names_the_step(spec: Spec, patch: Any, status: int, field: str) -> None:
    response = client(SELLER).patch(url(a_case()), patch)
    refused = spec.check(response)
    assert (response.status_code, refused["details"][0]["field"]) == (status, field)


@pytest.mark.parametrize("header", ["PayPal-Request-Id", "Idempotency-Key"])
def test_sent_again_with_its_id_it_acts_once(header: str) -> None:
    case, caller = a_case(), client(BUYER)
    body, headers = {"message": "Hello"}, {header: "k-1"}
    first = caller.post(url(case, "send-message"), body, headers=headers)
    again = caller.post(url(case, "send-message"), body, headers=headers)
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    assert case.messages.count() == 1


def test_a_patch_sent_again_with_its_id_acts_once() -> None:
    case, caller = a_case(), client(SELLER)
    patch = [{"op": "add", "path": "/communication_details", "value": {"note": "Here."}}]
    first, again = (
        caller.patch(url(case), patch, headers={"PayPal-Request-Id": "k-1"}) for _ in range(2)
    )
    assert (first.status_code, first.content) == (again.status_code, again.content) == (204, b"")
    assert again["Idempotent-Replayed"] == "true"
    assert case.messages.count() == 1


def test_the_event_tells_which_client_acted() -> None:
    case = a_case()
    post(case, "accept-claim", {}, SELLER)
    event = Event.objects.filter(subject_id=case.public_id, action="case.claim_accepted").get()
    assert event.actor["via"].startswith("client-")


def test_a_sellers_client_acts_for_its_seller_only(spec: Spec) -> None:
    case = a_case(an_order(seller="s-2"))
    caller = client(BUYER, SELLER, seller_ref="s-1")
    response = caller.post(url(case, "send-message"), {"message": "Hello"})
    assert (response.status_code, spec.check(response)["name"]) == (404, "RESOURCE_NOT_FOUND")


@pytest.mark.parametrize("verb", OPERATIONS)
def test_without_the_scope_nothing_opens(spec: Spec, verb: Verb) -> None:
    response = post(a_case(), verb, {}, READ)
    assert (response.status_code, spec.check(response)["name"]) == (403, "NOT_AUTHORIZED")
