"""POST /disputes/{id}/{verb}."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.accounts.enums import Scope
from backoffice.audit.models import Event
from backoffice.common.actors import Actor, ActorKind
from disputes.lifecycle import TABLE, Verb
from disputes.models import Case
from disputes.service.act import act
from disputes.urls import VERBS
from disputes.verbs.answers import deny
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import require_evidence
from tests.factories import a_case, api_client, buyer_of, seller_of

pytestmark = pytest.mark.django_db
BUYER, SELLER, READ = Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER, Scope.DISPUTES_READ
STAFF = Actor(ActorKind.STAFF, "1", "Ann", permissions=frozenset({"disputes.adjudicate_case"}))


def url(case: Case, verb: str) -> str:
    return f"/api/v1/disputes/{case.public_id}/{verb}"


def post(case: Case, verb: str, *scopes: Scope, **body: Any) -> Any:
    return api_client(*scopes).post(url(case, verb), body)


def denied() -> Case:
    case = a_case()
    act(deny, case.public_id, seller_of(case), timezone.now(), reason="OTHER", note="No.")
    return case


def asked(party: str) -> Case:
    case, now = denied(), timezone.now()
    act(escalate, case.public_id, buyer_of(case), now, note="Decide!")
    request = {"party": party, "evidence_type": "OTHER", "note": "Show us."}
    act(require_evidence, case.public_id, STAFF, now, **request)
    return case


def test_every_verb_of_a_party_has_an_address() -> None:
    parties = (ActorKind.BUYER, ActorKind.SELLER)
    assert {view.verb for view in VERBS} == {verb for verb, kind in TABLE if kind in parties}


@pytest.mark.parametrize("verb", [Verb.ADJUDICATE, Verb.REQUIRE_EVIDENCE, Verb.TAKE, Verb.LAPSE])
def test_what_is_staffs_has_no_address(verb: Verb) -> None:
    response = api_client(*Scope).post(url(a_case(), verb), {})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_send_message_for_the_seller() -> None:
    shown = post(a_case(), "send-message", SELLER, message=" On its way. ").json()
    (message,) = shown["messages"]
    assert (message["posted_by"], message["content"]) == ("SELLER", "On its way.")
    assert shown["timeline"][-1]["sentence"] == "The seller sent a message."


def test_send_message_for_either_side_has_to_say_which() -> None:
    case = a_case()
    problem = post(case, "send-message", BUYER, SELLER, message="Hello").json()
    assert (problem["code"], problem["errors"][0]["field"]) == ("side_required", "as")
    shown = post(case, "send-message", BUYER, SELLER, message="Hello", **{"as": "BUYER"}).json()
    assert [m["posted_by"] for m in shown["messages"]] == ["BUYER"]


def test_send_message_for_the_other_side_is_refused() -> None:
    problem = post(a_case(), "send-message", BUYER, message="Hello", **{"as": "SELLER"}).json()
    assert (problem["code"], problem["errors"][0]["field"]) == ("side_not_allowed", "as")


def test_accept_claim_pays_the_buyer() -> None:
    shown = post(a_case(), "accept-claim", SELLER).json()
    assert (shown["status"], shown["outcome"]) == ("RESOLVED", "ACCEPTED")
    assert shown["decision"]["refunded_amount"] == {"currency_code": "USD", "value": "100.00"}
    assert shown["decision"]["rule"] != ""
    assert [(t["kind"], t["state"]) for t in shown["transfers"]] == [("HOLD", "POSTED")]
    assert shown["waiting"] is None


def test_accept_claim_twice_is_refused() -> None:
    case = a_case()
    post(case, "accept-claim", SELLER)
    response = post(case, "accept-claim", SELLER)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (409, "verb_not_allowed")
    assert (problem["dispute"]["status"], problem["possible"]) == ("RESOLVED", [])


def test_deny_lets_both_talk() -> None:
    shown = post(a_case(), "deny", SELLER, reason="IN_TRANSIT", note="Wait.").json()
    assert (shown["status"], shown["waiting"]["on"]) == ("OPEN", ["BUYER", "SELLER"])


def test_escalate_for_the_buyer() -> None:
    shown = post(denied(), "escalate", BUYER, note="No agreement.").json()
    assert (shown["dispute_life_cycle_stage"], shown["status"]) == ("CHARGEBACK", "UNDER_REVIEW")


def test_withdraw_frees_the_sellers_money() -> None:
    shown = post(a_case(), "withdraw", BUYER).json()
    assert shown["outcome"] == "CANCELED_BY_BUYER"
    assert [t["state"] for t in shown["transfers"]] == ["VOIDED"]


def test_provide_evidence_answers_the_request() -> None:
    shown = post(
        asked("BUYER"), "provide-evidence", BUYER, evidence_type="OTHER", note="Empty box."
    ).json()
    assert (shown["status"], shown["evidence"][0]["note"]) == ("UNDER_REVIEW", "Empty box.")
    assert shown["evidence_requests"][0]["answered"] is True


def test_provide_evidence_needs_a_text_or_a_number() -> None:
    problem = post(asked("BUYER"), "provide-evidence", BUYER, evidence_type="OTHER").json()
    assert problem["errors"][0]["field"] == "note"


def test_the_event_tells_which_client_acted() -> None:
    case = a_case()
    post(case, "withdraw", BUYER)
    event = Event.objects.filter(subject_id=case.public_id, action="case.withdrawn").get()
    assert event.actor["ref"] == "buyer-1"
    assert event.actor["via"].startswith("client-")


def test_a_verb_after_the_deadline_meets_the_lapsed_case() -> None:
    case = a_case(at=timezone.now() - timedelta(days=6))
    response = post(case, "deny", SELLER, reason="OTHER", note="Late.")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (409, "verb_not_allowed")
    assert (problem["lapsed"], problem["dispute"]["status"]) == (True, "RESOLVED")
    case.refresh_from_db()
    assert case.outcome == "RESOLVED_BUYER_FAVOUR"


def test_a_verb_sent_again_with_its_key_acts_once() -> None:
    case, client = a_case(), api_client(BUYER)
    body, headers = {"message": "Hello"}, {"Idempotency-Key": "k"}
    first = client.post(url(case, "send-message"), body, headers=headers)
    again = client.post(url(case, "send-message"), body, headers=headers)
    assert (first.content, case.messages.count()) == (again.content, 1)


def test_a_refusal_after_a_lapse_is_kept_for_its_key() -> None:
    case, client = a_case(at=timezone.now() - timedelta(days=6)), api_client(SELLER)
    body, headers = {"reason": "OTHER", "note": "Late."}, {"Idempotency-Key": "k"}
    first = client.post(url(case, "deny"), body, headers=headers)
    again = client.post(url(case, "deny"), body, headers=headers)
    assert (again.status_code, again.content) == (409, first.content)
    assert again["Content-Type"] == "application/problem+json"
