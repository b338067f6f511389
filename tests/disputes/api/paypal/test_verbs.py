"""POST /v1/customer/disputes/{id}/{operation}, and PATCH."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from backoffice.accounts.enums import Role, Scope
from backoffice.audit.models import Event
from disputes.api.paypal.links import OPERATIONS
from disputes.api.paypal.verbs import VERBS
from disputes.lifecycle import Verb
from disputes.models import Case, Message
from tests.accounts.factories import make_staff
from tests.disputes.api.paypal.places import TEN, asked, denied, escalated, lapsed, shipped
from tests.disputes.api.paypal.spec import BUYER, READ, SELLER, SIMULATE, Spec, client, url
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db


SEE = {"evidence_type": "OTHER", "notes": "See."}


def post(case: Case, verb: str, body: Any, *scopes: Scope, **headers: str) -> Any:
    return client(*scopes).post(url(case, verb), body, headers=headers)


def form(case: Case, verb: str, *scopes: Scope, **parts: Any) -> Any:
    return client(*scopes).post(url(case, verb), parts, format="multipart")


def shown(spec: Spec, case: Case, *scopes: Scope) -> Any:
    return spec.check(client(READ, *scopes).get(url(case)))


def rels(body: dict[str, Any]) -> list[str]:
    return [link["rel"] for link in body["links"]]


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


def test_accept_claim_pays(spec: Spec) -> None:
    case = a_case()
    body = {"accept_claim_type": "REFUND", "note": "Sorry."}
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps(body), "accept-claim-document": slip}
    spec.check(form(case, "accept-claim", SELLER, **parts))
    case.refresh_from_db()
    assert case.outcome == "ACCEPTED"
    (message,) = shown(spec, case, BUYER)["messages"]
    assert (message["content"], len(message["documents"])) == ("Sorry.", 1)


def test_accept_claim_of_another_amount_is_refused(spec: Spec) -> None:
    body = {"accept_claim_type": "REFUND", "refund_amount": TEN}
    refused = spec.check(post(a_case(), "accept-claim", body, SELLER))
    assert refused["details"][0]["field"] == "/refund_amount"


def test_accept_claim_for_less_is_an_offer(spec: Spec) -> None:
    body = {"accept_claim_type": "PARTIAL_REFUND", "refund_amount": TEN}
    refused = spec.check(post(a_case(), "accept-claim", body, SELLER))
    assert refused["details"][0]["field"] == "/accept_claim_type"


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


def test_provide_evidence_takes_several_pieces_and_files(spec: Spec) -> None:
    case = asked("SELLER")
    parcels = [
        {"carrier_name": "UPS", "tracking_number": "1Z5R89390357567127"},
        {"carrier_name": "OTHER", "carrier_name_other": "SF", "tracking_number": "SF1"},
    ]
    evidences = [
        {
            "evidence_type": "PROOF_OF_FULFILLMENT",
            "evidence_info": {"tracking_info": parcels},
            "documents": [{"name": "slip.png"}],
        },
        {"evidence_type": "PROOF_OF_REFUND", "evidence_info": {"refund_ids": ["R1", "R2"]}},
    ]
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    answer = form(
        case,
        "provide-evidence",
        SELLER,
        input=json.dumps({"evidences": evidences}),
        **{"evidence-file": slip},
    )
    spec.check(answer)
    told = [
        (e["evidence_type"], e.get("notes"), "documents" in e)
        for e in shown(spec, case, SELLER)["evidences"]
        if e["source"] == "SUBMITTED_BY_SELLER"
    ]
    assert told == [
        ("PROOF_OF_FULFILLMENT", None, True),
        ("PROOF_OF_FULFILLMENT", None, False),
        ("PROOF_OF_REFUND", "Refunds: R1, R2", False),
    ]
    case.refresh_from_db()
    assert case.state == "UNDER_REVIEW"


def a_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def test_provide_evidence_names_the_piece_that_says_nothing(spec: Spec) -> None:
    evidences = [{"evidence_type": "OTHER", "notes": "See."}, {"evidence_type": "OTHER"}]
    response = post(asked("BUYER"), "provide-evidence", {"evidences": evidences}, BUYER)
    refused = spec.check(response)
    assert (response.status_code, refused["details"][0]["field"]) == (400, "/evidences/1/notes")


def test_a_file_that_is_refused_spoils_the_call(spec: Spec) -> None:
    case = asked("BUYER")
    evidences = {"evidences": [{"evidence_type": "OTHER", "notes": "See."}]}
    bad = SimpleUploadedFile("x.png", b"MZ\x90", "image/png")
    parts = {"input": json.dumps(evidences), "evidence-file": bad}
    refused = spec.check(form(case, "provide-evidence", BUYER, **parts))
    assert refused["details"][0]["field"] == "/evidence-file"
    assert refused["details"][0]["issue"] == "FILE_TYPE_NOT_ALLOWED"
    assert not case.evidence.filter(note="See.").exists()


def test_an_offer_is_made_countered_denied_and_accepted(spec: Spec) -> None:
    case = denied()
    offer = {"note": "Half.", "offer_type": "REFUND", "offer_amount": TEN}
    spec.check(post(case, "make-offer", offer, SELLER))
    seen = shown(spec, case, BUYER)
    assert seen["offer"]["seller_offered_amount"] == TEN
    assert {"make-offer", "accept-offer", "deny-offer"} <= set(rels(seen))
    spec.check(post(case, "deny-offer", {"note": "More."}, BUYER))
    spec.check(post(case, "make-offer", offer | {"note": "Then 10?"}, BUYER))
    spec.check(post(case, "accept-offer", {}, SELLER))
    seen = shown(spec, case, BUYER)
    history = [(step["actor"], step["event_type"]) for step in seen["offer"]["history"]]
    assert history == [
        ("SELLER", "PROPOSED"),
        ("BUYER", "DENIED"),
        ("BUYER", "PROPOSED"),
        ("SELLER", "ACCEPTED"),
    ]
    assert seen["dispute_outcome"] == {"outcome_code": "ACCEPTED", "amount_refunded": TEN}


def test_an_offers_return_address_and_the_return(spec: Spec) -> None:
    case = denied()
    address = {"address_line_1": "1 Lane", "postal_code": "1", "country_code": "CN"}
    offer = {
        "note": "Send it back.",
        "offer_type": "REFUND_WITH_RETURN",
        "offer_amount": TEN,
        "return_shipping_address": address,
    }
    spec.check(post(case, "make-offer", offer, SELLER))
    spec.check(post(case, "accept-offer", {"note": "Yes."}, BUYER))
    seen = shown(spec, case, BUYER)
    assert "ship-return" in rels(seen)
    assert case.returns.get().address == "1 Lane\n1\nCN"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "/note"),
        ({"note": "x", "offer_type": "GIFT"}, "/offer_type"),
        ({"note": "x", "offer_type": "REFUND"}, "/offer_amount"),
        (
            {"note": "x", "offer_type": "REFUND", "offer_amount": TEN | {"value": "1e3"}},
            "/offer_amount/value",
        ),
        (
            {"note": "x", "offer_type": "REFUND", "offer_amount": TEN | {"value": "999"}},
            "/offer_amount",
        ),
        ({"note": "x", "colour": "red"}, "/colour"),
        ({"note": 5, "offer_type": "REFUND"}, "/note"),
    ],
)
def test_a_wrong_offer_names_the_field(spec: Spec, body: Any, field: str) -> None:
    response = post(denied(), "make-offer", body, SELLER)
    assert spec.check(response)["details"][0]["field"] == field
    assert response.status_code == 400


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


def test_a_form_sent_again_is_known_by_its_parts(spec: Spec) -> None:
    case, caller = asked("BUYER"), client(BUYER)
    evidences = json.dumps({"evidences": [{"evidence_type": "OTHER"}]})
    for _ in range(2):
        parts = {"input": evidences, "evidence-file": SimpleUploadedFile("a.png", a_png())}
        answer = caller.post(
            url(case, "provide-evidence"),
            parts,
            format="multipart",
            headers={"PayPal-Request-Id": "k"},
        )
        assert answer.status_code == 200, answer.content
    assert answer["Idempotent-Replayed"] == "true"
    other = {"input": evidences, "evidence-file": SimpleUploadedFile("b.png", a_png())}
    headers = {"PayPal-Request-Id": "k"}
    answer = caller.post(url(case, "provide-evidence"), other, format="multipart", headers=headers)
    assert answer.status_code == 422
    assert spec.check(answer)["details"][0]["location"] == "header"


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


def test_appeal_brings_words_and_files(spec: Spec) -> None:
    case = lapsed()
    evidences = [
        {"evidence_type": "PROOF_OF_FULFILLMENT", "notes": "It was signed for."},
        {"evidence_type": "PROOF_OF_DELIVERY_SIGNATURE", "documents": [{"name": "slip.png"}]},
    ]
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps({"evidences": evidences}), "evidence-file": slip}
    spec.check(form(case, "appeal", SELLER, **parts))
    assert case.appeals.get().text == "It was signed for."
    seen = shown(spec, case, SELLER)
    assert (seen["status"], seen["dispute_life_cycle_stage"]) == ("UNDER_REVIEW", "ARBITRATION")
    (photo,) = given(seen)
    assert photo["documents"][0]["url"].startswith("http://testserver/files/")


def given(seen: Any) -> list[Any]:
    """What the sides gave with files."""
    return [
        one
        for one in seen.get("evidences", []) + seen.get("supporting_info", [])
        if "documents" in one
    ]


def test_provide_supporting_info_while_staff_decide(spec: Spec) -> None:
    case = escalated()
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps({"notes": "Look closer."}), "supporting document": slip}
    spec.check(form(case, "provide-supporting-info", BUYER, **parts))
    (info,) = shown(spec, case, BUYER)["supporting_info"]
    assert (info["notes"], info["source"]) == ("Look closer.", "SUBMITTED_BY_BUYER")
    assert [one["name"] for one in info["documents"]] == ["slip.png"]


def test_acknowledge_return_item_pays(spec: Spec) -> None:
    case = shipped()
    body = {"acknowledgement_type": "ITEM_RECEIVED", "note": "Thank you."}
    spec.check(form(case, "acknowledge-return-item", SELLER, input=json.dumps(body)))
    case.refresh_from_db()
    assert (case.resolved_at is not None, case.refunded_minor) == (True, 1000)


def test_acknowledge_return_item_damaged_goes_to_staff(spec: Spec) -> None:
    case = shipped()
    body = {
        "acknowledgement_type": "DAMAGED",
        "note": "Broken.",
        "evidences": [{"evidence_type": "PROOF_OF_DAMAGE", "notes": "See the handle."}],
    }
    photo = SimpleUploadedFile("cup.png", a_png(), "image/png")
    parts = {"input": json.dumps(body), "acknowledgement_document": photo}
    spec.check(form(case, "acknowledge-return-item", SELLER, **parts))
    seen = shown(spec, case, BUYER)
    assert seen["status"] == "UNDER_REVIEW"
    assert seen["messages"][-1]["content"] == "Broken.\nSee the handle."
    assert len(seen["messages"][-1]["documents"]) == 1


def test_staff_are_simulated_only_where_one_is_named(spec: Spec, settings: Settings) -> None:
    case, body = escalated(), {"adjudication_outcome": "BUYER_FAVOR"}
    response = post(case, "adjudicate", body, READ, SIMULATE)
    assert spec.check(response)["details"][0]["issue"] == "SIMULATION_OFF"
    assert rels(shown(spec, case, SIMULATE)) == ["self"]
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.ADJUDICATOR).email
    assert rels(shown(spec, case, SIMULATE)) == ["self", "require-evidence", "adjudicate"]
    spec.check(post(case, "require-evidence", {"action": "BUYER_EVIDENCE"}, READ, SIMULATE))
    assert shown(spec, case)["status"] == "WAITING_FOR_BUYER_RESPONSE"
    spec.check(post(case, "provide-evidence", {"evidences": [SEE]}, BUYER))
    spec.check(post(case, "adjudicate", body, READ, SIMULATE))
    seen = shown(spec, case)
    types = [ruling["type"] for ruling in seen["adjudications"]]
    assert types == ["PAYOUT_TO_BUYER", "RECOVER_FROM_SELLER"]
    assert seen["dispute_outcome"]["outcome_code"] == "RESOLVED_BUYER_FAVOUR"


def test_no_other_scope_is_staffs(spec: Spec, settings: Settings) -> None:
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.SENIOR).email
    body = {"adjudication_outcome": "BUYER_FAVOR"}
    others = [scope for scope in Scope if scope != SIMULATE]
    response = post(escalated(), "adjudicate", body, *others)
    assert (response.status_code, spec.check(response)["name"]) == (403, "NOT_AUTHORIZED")
