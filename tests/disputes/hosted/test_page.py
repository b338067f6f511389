"""The page behind a signed link, over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import User
from backoffice.common.actors import ActorKind
from disputes.enums import DenyReason
from disputes.models import Case, Evidence, Message, Offer
from disputes.service.links import Link, sign
from tests.disputes.admin.desk import case_to_decide, seen, staff_client, url
from tests.factories import a_case, an_order, api_client
from tests.files.photos import a_photo

pytestmark = pytest.mark.django_db


def link(case: Case, side: ActorKind, days: float = 30) -> str:
    """The address of the page for one side."""
    now = timezone.now()
    return "/c/" + sign(Link(case.public_id, side, now + timedelta(days=days)), now)


def post(address: str, case: Case, verb: str, **fields: Any) -> Any:
    case.refresh_from_db()
    return Client().post(f"{address}/{verb}", {"version": case.version, **fields}, follow=True)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("side", [ActorKind.BUYER, ActorKind.SELLER])
def test_a_side_sees_its_case(side: ActorKind) -> None:
    case = a_case(sub_reason="")
    response = Client().get(link(case, side))
    assert response.status_code == 200
    assert case.public_id in text(response)
    assert ("Your turn" in text(response)) == (side == ActorKind.SELLER)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_the_seller_denies() -> None:
    case = a_case()
    response = post(
        link(case, ActorKind.SELLER), case, "deny", reason=DenyReason.IN_TRANSIT, note="It is late."
    )
    assert response.status_code == 200
    case.refresh_from_db()
    assert (case.state, case.seller_answer) == ("NEGOTIATION", "DENIED")
    assert "It is late." in text(response)


def test_the_seller_accepts_and_the_buyer_is_paid() -> None:
    case = a_case()
    address = link(case, ActorKind.SELLER)
    assert post(address, case, "accept-claim").status_code == 400
    assert "paid to the buyer" in text(post(address, case, "accept-claim", sure="on"))
    case.refresh_from_db()
    assert (case.outcome, case.refunded_minor) == ("ACCEPTED", 10_000)


def test_the_buyer_writes() -> None:
    case = a_case()
    response = post(link(case, ActorKind.BUYER), case, "send-message", body="Where is it?")
    assert "Where is it?" in text(response)
    assert Message.objects.get(body="Where is it?").author == "BUYER"


def test_the_seller_shows_a_tracking_number() -> None:
    case = a_case()
    fields = {"evidence_type": "PROOF_OF_FULFILLMENT", "tracking_number": "RB123456785US"}
    post(link(case, ActorKind.SELLER), case, "provide-evidence", **fields)
    assert Evidence.objects.get(case=case).tracking_number == "RB123456785US"


def test_an_empty_message_is_refused_and_nothing_stored() -> None:
    case = a_case()
    response = post(link(case, ActorKind.BUYER), case, "send-message", body="  ")
    assert response.status_code == 400
    assert not Message.objects.filter(case=case).exists()


def test_a_side_cannot_do_what_is_the_others() -> None:
    case = a_case()
    response = post(link(case, ActorKind.BUYER), case, "accept-claim", sure="on")
    assert "not possible for buyer" in text(response)
    case.refresh_from_db()
    assert case.state == "SELLER_TO_ANSWER"


def test_an_answer_to_a_page_that_is_old_is_refused() -> None:
    case = a_case()
    address = link(case, ActorKind.SELLER)
    old = case.version
    post(link(case, ActorKind.BUYER), case, "send-message", body="More.")
    response = Client().post(f"{address}/accept-claim", {"version": old, "sure": "on"})
    assert "changed since" in text(response)
    case.refresh_from_db()
    assert case.outcome == ""


def test_a_link_ends() -> None:
    case = a_case()
    address = link(case, ActorKind.SELLER, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert Client().get(address).status_code == 410
        assert Client().post(f"{address}/deny", {}).status_code == 410


@pytest.mark.parametrize("address", ["/c/x", "/c/" + "a" * 3000, "/c/x/deny", "/c/%00", "/c/é:é"])
def test_a_forged_link_is_not_found(address: str) -> None:
    case = a_case()
    assert Client().get(address).status_code in (404, 405)
    response = Client().get(link(case, ActorKind.BUYER)[:-1])
    told = "ask the marketplace for a new one" in text(response)
    assert (response.status_code, told) == (404, True)


@pytest.mark.parametrize("verb", ["adjudicate", "take", "no-such-verb", "lapse"])
def test_the_page_has_no_door_for_staffs_verbs(verb: str) -> None:
    case = a_case()
    assert post(link(case, ActorKind.SELLER), case, verb).status_code == 404


def test_the_marketplace_makes_a_link() -> None:
    case = a_case()
    client = api_client(Scope.DISPUTES_SELLER, Scope.DISPUTES_READ)
    response = client.post(f"/api/v1/disputes/{case.public_id}/links", {"as": "SELLER"})
    assert response.status_code == 201
    assert "Your turn" in text(Client().get(response.json()["url"]))


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"as": "BUYER"}, 403, "as"),
        ({"as": "STAFF"}, 400, "as"),
        ({}, 400, "as"),
        ({"as": "SELLER", "expires_at": "2020-01-01T00:00:00Z"}, 400, "expires_at"),
        ({"as": "SELLER", "expires_at": "2199-01-01T00:00:00Z"}, 400, "expires_at"),
    ],
)
def test_a_wrong_link_is_refused(body: dict[str, str], status: int, field: str) -> None:
    case = a_case()
    client = api_client(Scope.DISPUTES_SELLER)
    response = client.post(f"/api/v1/disputes/{case.public_id}/links", body)
    assert response.status_code == status
    assert field in text(response)


@pytest.mark.parametrize(("wait", "lasts"), [(5, 30), (45, 45), (90, 60)])
def test_a_link_does_not_end_before_the_time_to_answer(wait: int, lasts: int) -> None:
    case, now = a_case(), timezone.now()
    Case.objects.filter(pk=case.pk).update(due_at=now + timedelta(days=wait))
    at = f"/api/v1/disputes/{case.public_id}/links"
    with time_machine.travel(now, tick=False):
        answer = api_client(Scope.DISPUTES_SELLER).post(at, {"as": "SELLER"}, format="json")
    assert datetime.fromisoformat(answer.json()["expires_at"]) == now + timedelta(days=lasts)


def test_another_sellers_client_learns_nothing() -> None:
    case = a_case(an_order(seller="seller-1"))
    client = api_client(Scope.DISPUTES_SELLER, seller_ref="seller-2")
    url = f"/api/v1/disputes/{case.public_id}/links"
    assert client.post(url, {"as": "SELLER"}).status_code == 404


def test_an_offer_is_made_countered_and_accepted() -> None:
    case = a_case()
    seller, buyer = link(case, ActorKind.SELLER), link(case, ActorKind.BUYER)
    post(seller, case, "make-offer", offer_type="REFUND", amount="20.00", note="Sorry.")
    assert "You are offered" in text(Client().get(buyer))
    post(buyer, case, "make-offer", offer_type="REFUND", amount="60")
    assert "60.00 USD" in text(Client().get(seller))
    post(seller, case, "accept-offer", sure="on")
    case.refresh_from_db()
    assert (case.outcome, case.refunded_minor) == ("ACCEPTED", 6_000)


def test_both_sides_see_every_offer_with_its_words_and_deadline_in_their_zone() -> None:
    case = a_case(an_order(zone="America/Sao_Paulo"))
    User.objects.create(email="s@example.com", seller_ref="seller-1", time_zone="Asia/Shanghai")
    seller, buyer = link(case, ActorKind.SELLER), link(case, ActorKind.BUYER)
    post(seller, case, "make-offer", offer_type="REFUND", amount="20.00", note="Sorry, really.")
    post(buyer, case, "make-offer", offer_type="REFUND", amount="60.00", note="More, please.")
    due = Offer.objects.get(answer="").due_at
    for address, zone in ((buyer, "America/Sao_Paulo"), (seller, "Asia/Shanghai")):
        page = text(Client().get(address))
        assert "Sorry, really." in page
        assert "More, please." in page
        at = date_format(due.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
        assert f"until {at} {zone}" in " ".join(page.split())


def test_the_page_says_for_whom_was_waited() -> None:
    case = a_case(at=timezone.now() - timedelta(days=2, hours=3))
    page = text(Client().get(link(case, ActorKind.BUYER)))
    assert "<dt>Seller</dt><dd>2 d 3 h</dd>" in page


@pytest.mark.parametrize(("side", "asked"), [(ActorKind.BUYER, False), (ActorKind.SELLER, True)])
def test_only_the_seller_is_asked_where_the_goods_go_back_to(side: ActorKind, asked: bool) -> None:
    case = a_case()
    denied = {"reason": DenyReason.IN_TRANSIT.value, "note": "Wait."}
    post(link(case, ActorKind.SELLER), case, "deny", **denied)
    page = text(Client().get(link(case, side)))
    assert ('action="/c/' in page, 'name="return_address"' in page) == (True, asked)


def test_an_amount_that_is_none_is_refused_beside_its_field() -> None:
    case = a_case()
    response = post(
        link(case, ActorKind.SELLER), case, "make-offer", offer_type="REFUND", amount="ten"
    )
    assert response.status_code == 400
    assert "Write the amount in digits, such as 12.30." in text(response)


def test_a_return_goes_back_and_is_paid_less_a_deduction() -> None:
    case = a_case()
    seller, buyer = link(case, ActorKind.SELLER), link(case, ActorKind.BUYER)
    offer = {"offer_type": "REFUND_WITH_RETURN", "amount": "100", "return_address": "1 Pier Rd"}
    assert "What we ask you to show" in text(Client().get(buyer))
    post(seller, case, "make-offer", **offer)
    post(buyer, case, "accept-offer", sure="on")
    assert "1 Pier Rd" in text(Client().get(buyer))
    assert "What we ask you to show" not in text(Client().get(buyer))  # it is settled
    post(buyer, case, "ship-return", carrier="UPS", tracking_number="1Z5R89390357567127")
    damaged = {"acknowledgement": "DAMAGED", "deduction_percent": "25", "note": "A scratch."}
    refused = post(seller, case, "acknowledge-return-item", **damaged)
    assert (refused.status_code, "Add a photo of what came back" in text(refused)) == (400, True)
    photo = SimpleUploadedFile("back.jpg", a_photo())
    post(seller, case, "acknowledge-return-item", **damaged, attached=[photo])
    assert "A scratch." in text(Client().get(buyer))
    assert text(Client().get(buyer)).count("<img src=") == 1
    post(buyer, case, "accept-deduction", sure="on")
    case.refresh_from_db()
    assert (case.outcome, case.refunded_minor) == ("ACCEPTED", 7_500)


def test_the_buyer_gives_the_seller_more_time() -> None:
    case = a_case()
    before = case.due_at
    post(link(case, ActorKind.BUYER), case, "extend", hours="48", reason="Holidays.")
    case.refresh_from_db()
    assert case.due_at == before + timedelta(days=2)


def test_a_side_adds_to_a_review_and_appeals_against_the_decision() -> None:
    case = case_to_decide()
    buyer = link(case, ActorKind.BUYER)
    post(buyer, case, "provide-supporting-info", evidence_type="OTHER", note="The neighbour saw.")
    assert "The neighbour saw." in text(Client().get(buyer))
    case.refresh_from_db()
    ruling = seen(case, decision="none", reason="It came.", confirmed="1")
    staff_client().post(url(case, "adjudicate"), ruling)
    assert "Appeal against the decision" in text(Client().get(buyer))
    assert "Appeal against the decision" not in text(Client().get(link(case, ActorKind.SELLER)))
    post(buyer, case, "appeal", text="It never came; the signature is not mine.")
    case.refresh_from_db()
    assert case.state == "APPEAL_REVIEW"
