"""Who may take a bundle where, and what each gets."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from backoffice.accounts.enums import Role, Scope
from backoffice.audit.models import Event
from disputes.models import Case
from tests.disputes.admin.desk import staff_client, url
from tests.disputes.bundle.making import a_long_case, verified
from tests.factories import api_client

pytestmark = pytest.mark.django_db
TAKES = {Role.ADJUDICATOR, Role.SENIOR, Role.AUDITOR}
READ = Scope.DISPUTES_READ
BOTH = "PARTIES"


@pytest.fixture
def case(db: None) -> Case:
    return a_long_case()


def content(response: Any) -> bytes:
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    taken = b"".join(response.streaming_content)
    assert len(taken) == int(response["Content-Length"])
    return taken


def told(taken: bytes) -> tuple[str, bool]:
    """For whom a bundle says it is, and whether its chain is whole."""
    archive = zipfile.ZipFile(BytesIO(taken))
    whole = b"withheld" not in archive.read("chains/case.jsonl")
    return json.loads(archive.read("manifest.json"))["for"], whole


@pytest.mark.parametrize("role", Role)
def test_adjudicators_and_auditors_take_it_from_the_desk(role: Role, case: Case) -> None:
    browser, page = staff_client(role), url(case, "bundle")
    linked = page in browser.get(url(case)).content.decode()
    assert linked == (role in TAKES)
    assert browser.get(page).status_code == (200 if role in TAKES else 403)
    answer = browser.post(page, {"view": "staff", "reason": ""})
    assert answer.status_code == (200 if role in TAKES else 403)
    assert Event.objects.filter(action="bundle.made").count() == (role in TAKES)


def test_desk_gives_each_view(case: Case) -> None:
    browser, page = staff_client(), url(case, "bundle")
    views = {"staff": ("STAFF", True), "parties": (BOTH, False), "seller": ("SELLER", False)}
    for view, expected in views.items():
        assert told(content(browser.post(page, {"view": view, "reason": ""}))) == expected


def test_originals_are_in_staffs_bundle_only(case: Case) -> None:
    browser, page = staff_client(), url(case, "bundle")
    taken = content(browser.post(page, {"view": "staff", "reason": "The court asks."}))
    assert any(n.startswith("originals/") for n in zipfile.ZipFile(BytesIO(taken)).namelist())
    refused = browser.post(page, {"view": "buyer", "reason": "The court asks."})
    assert "Only staff&#x27;s bundle has originals." in refused.content.decode()


def test_strangers_take_nothing_from_the_desk(case: Case) -> None:
    assert Client().get(url(case, "bundle")).url.startswith("/admin/login/")


@pytest.mark.parametrize(
    ("scopes", "asked", "expected"),
    [
        ((READ,), "", (BOTH, False)),
        ((READ, Scope.AUDIT_READ), "", (BOTH, True)),
        ((READ, Scope.AUDIT_READ), "?as=BUYER", ("BUYER", False)),
        ((READ, Scope.DISPUTES_SELLER), "", ("SELLER", False)),
    ],
)
def test_api_gives_what_the_key_may_see(
    case: Case, scopes: tuple[Scope, ...], asked: str, expected: tuple[str, bool]
) -> None:
    address = f"/api/v1/disputes/{case.public_id}/bundle{asked}"
    assert told(content(api_client(*scopes).get(address))) == expected
    event = Event.objects.get(action="bundle.made")
    assert (event.actor["kind"], event.data["for"]) == ("MARKETPLACE", expected[0])


def test_sellers_client_takes_its_own_cases_only(case: Case) -> None:
    address = f"/api/v1/disputes/{case.public_id}/bundle"
    own = api_client(READ, Scope.AUDIT_READ, seller_ref=case.seller.external_id)
    assert told(content(own.get(address))) == ("SELLER", False)
    other = api_client(READ, seller_ref="another")
    assert other.get(address).json()["code"] == "case_not_found"


def test_api_gives_a_zip_whatever_is_accepted(case: Case) -> None:
    address = f"/api/v1/disputes/{case.public_id}/bundle"
    assert content(api_client(READ).get(address, headers={"Accept": "application/zip"}))
    missing = api_client(READ).get(address.replace("RD-", "RD-X"), headers={"Accept": "image/png"})
    assert missing.json()["code"] == "case_not_found"


def test_command_writes_a_bundle_that_holds(case: Case, tmp_path: Path) -> None:
    path, out = tmp_path / "b.zip", StringIO()
    call_command("bundle", case.public_id, out=str(path), view="parties", stdout=out)
    code, said = verified(path)
    digest = out.getvalue().split()[-1]
    assert (code, digest in said) == (0, True)


def test_command_leaves_nothing_for_a_case_that_is_not(db: None, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with pytest.raises(CommandError, match="no such case"):
        call_command("bundle", "RD-222222222222", out=str(path))
    assert not path.exists()
