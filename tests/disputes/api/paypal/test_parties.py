"""`Redress-Party`: a key of both sides, or of neither, reads as the one it names."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from backoffice.accounts.enums import Scope
from disputes.api.paypal.links import OPERATIONS
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.messages import send_message
from tests.disputes.api.paypal.calls import rels
from tests.disputes.api.paypal.spec import BASE, BUYER, READ, SELLER, Spec, client, url
from tests.disputes.api.paypal.test_hostile import GOOD
from tests.factories import a_case, buyer_of

pytestmark = pytest.mark.django_db
SAID, HIDDEN = "Mail a@example.com", "Mail [e-mail address hidden]"
MINE, OTHERS = "REQUIRED_ACTION", "REQUIRED_OTHER_PARTY_ACTION"


def spoken() -> Case:
    """A case that waits for the seller, to whom the buyer wrote his address."""
    case = a_case()
    act(send_message, case.public_id, buyer_of(case), timezone.now(), body=SAID)
    return case


def seen(spec: Spec, case: Case, party: str, *scopes: Scope) -> Any:
    caller = client(READ, *scopes)
    return spec.check(caller.get(url(case), headers={"Redress-Party": party}))


@pytest.mark.parametrize(("party", "said"), [("BUYER", SAID), ("SELLER", HIDDEN)])
@pytest.mark.parametrize("scopes", [(), (BUYER, SELLER)])
def test_read_as_one_side_hides_what_is_hidden_from_it(
    spec: Spec, party: str, said: str, scopes: tuple[Scope, ...]
) -> None:
    assert seen(spec, spoken(), party, *scopes)["messages"][-1]["content"] == said


def test_read_as_one_side_has_its_links_alone(spec: Spec) -> None:
    case = a_case()
    buyers, sellers = (rels(seen(spec, case, side, BUYER, SELLER)) for side in ("BUYER", "SELLER"))
    assert buyers == ["self", "send-message", "withdraw", "extend"]
    assert sellers[1:4] == ["send-message", "accept-claim", "make-offer"]
    assert rels(seen(spec, case, "SELLER")) == ["self"]  # a key that only reads


@pytest.mark.parametrize(("party", "state"), [("BUYER", OTHERS), ("SELLER", MINE)])
@pytest.mark.parametrize("scopes", [(), (BUYER, SELLER)])
def test_list_as_one_side_tells_and_filters_its_state(
    spec: Spec, party: str, state: str, scopes: tuple[Scope, ...]
) -> None:
    a_case()
    caller, headers = client(READ, *scopes), {"Redress-Party": party}
    pages = [caller.get(BASE, {"dispute_state": s}, headers=headers) for s in (MINE, OTHERS)]
    found = [item["dispute_state"] for page in pages for item in spec.check(page).get("items", [])]
    assert found == [state]


def test_read_as_a_side_that_the_key_is_not_for_is_refused(spec: Spec) -> None:
    for address in (BASE, url(a_case())):
        response = client(READ, SELLER).get(address, headers={"Redress-Party": "BUYER"})
        (detail,) = spec.check(response)["details"]
        told = (response.status_code, detail["field"], detail["location"])
        assert told == (400, "Redress-Party", "header")


@pytest.mark.parametrize("verb", ["", *OPERATIONS])
def test_another_sellers_case_is_not_there(spec: Spec, verb: str) -> None:
    case, caller = a_case(), client(*Scope, seller_ref="another")
    body = GOOD[verb][1] if verb else {}
    response = caller.post(url(case, verb), body) if verb else caller.get(url(case))
    (detail,) = spec.check(response)["details"]
    assert (response.status_code, detail["issue"]) == (404, "INVALID_RESOURCE_ID")


def test_patch_is_never_the_buyers(spec: Spec) -> None:
    case = a_case()
    patch = [{"op": "add", "path": "/communication_details", "value": {"note": "Here."}}]
    caller = client(BUYER, SELLER)
    response = caller.patch(url(case), patch, headers={"Redress-Party": "BUYER"})
    (detail,) = spec.check(response)["details"]
    assert (response.status_code, detail["field"]) == (400, "Redress-Party")
    assert not case.messages.exists()
