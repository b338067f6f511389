"""Contact data in whatever a side can write: no door shows it to the other side."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Scope
from backoffice.common.actors import ActorKind
from backoffice.files.service import store
from disputes.models import Case, Evidence, Offer
from disputes.service.act import act
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.extensions import ask_extension, extend
from disputes.verbs.offers import deny_offer
from tests.disputes.bundle.making import BUYER, bundle
from tests.disputes.hosted.test_page import link
from tests.disputes.settling import offer, usd
from tests.factories import a_case, api_client, buyer_of, seller_of
from tests.files.photos import a_photo

pytestmark = pytest.mark.django_db
NUMBER = "13812345678"
HIDDEN = "[telephone number hidden]"


def told_in_all_ways() -> Case:
    """The seller's number stands in all that he can write while the two talk."""
    case, now = a_case(), timezone.now()
    seller, buyer = seller_of(case), buyer_of(case)
    photo = store(case.public_id, a_photo(), f"call_{NUMBER}.jpg", seller, now)
    given = {"note": f"Me: {NUMBER}", "carrier": f"Tel {NUMBER}", "tracking_number": f"a {NUMBER}"}
    act(
        provide_evidence,
        case.public_id,
        seller,
        now,
        evidence_type="OTHER",
        files=(photo,),
        **given,
    )
    act(ask_extension, case.public_id, seller, now, hours=24, reason=f"Ask at {NUMBER}")
    words = {"note": f"Ring {NUMBER}", "return_address": f"Mill Lane 1, {NUMBER}"}
    offer(case, seller, 4_000, "REFUND_WITH_RETURN", at=now, **words)
    act(extend, case.public_id, seller, now, hours=24, reason=f"Call first: {NUMBER}")
    act(deny_offer, case.public_id, buyer, now)
    return case


def api(case: Case) -> str:
    client = api_client(Scope.DISPUTES_READ, Scope.DISPUTES_BUYER)
    return client.get(f"/api/v1/disputes/{case.public_id}").content.decode()


def paypal(case: Case) -> str:
    client = api_client(Scope.DISPUTES_READ, Scope.DISPUTES_BUYER)
    return client.get(f"/v1/customer/disputes/{case.public_id}").content.decode()


def hosted(case: Case) -> str:
    return Client().get(link(case, ActorKind.BUYER)).content.decode()


def taken(case: Case) -> str:
    with ZipFile(BytesIO(bundle(case, BUYER))) as archive:
        names = [name for name in archive.namelist() if ".json" in name]
        return "".join(archive.read(name).decode() for name in names)


@pytest.mark.parametrize("door", [api, paypal, hosted, taken])
def test_no_door_shows_contact_data_to_the_other_side(door: Callable[[Case], str]) -> None:
    shown = door(told_in_all_ways())
    assert NUMBER not in shown
    assert HIDDEN in shown


def test_what_is_stored_stays_whole() -> None:
    case = told_in_all_ways()
    api(case)
    assert Evidence.objects.get(case=case).carrier == f"Tel {NUMBER}"
    assert Offer.objects.get(case=case).return_address == f"Mill Lane 1, {NUMBER}"


def test_the_writer_reads_his_own_words() -> None:
    case = told_in_all_ways()
    client = api_client(Scope.DISPUTES_READ, Scope.DISPUTES_SELLER)
    shown = client.get(f"/api/v1/disputes/{case.public_id}").json()
    assert shown["evidence"][0]["files"][0]["name"] == f"call_{NUMBER}.jpg"
    assert shown["offers"][0]["return_address"] == f"Mill Lane 1, {NUMBER}"
    assert shown["offers"][0]["offer_amount"] == usd(4_000).to_json()


def test_an_address_of_a_file_tells_no_hidden_name() -> None:
    photo = api_client(Scope.DISPUTES_READ, Scope.DISPUTES_BUYER).get(
        f"/api/v1/disputes/{told_in_all_ways().public_id}"
    )
    file = photo.json()["evidence"][0]["files"][0]
    response = Client().get(file["addresses"]["small"])
    assert response["Content-Disposition"] == f'inline; filename="{file["id"]}.jpg"'
