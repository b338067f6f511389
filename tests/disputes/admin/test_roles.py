"""Each role at each page and each button: what it may do, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from disputes.models import Case
from tests.disputes.admin.desk import QUEUE, again, case_to_decide, seen, staff_client, url

pytestmark = pytest.mark.django_db
ACTS = {Role.ADJUDICATOR, Role.SENIOR}
PAGES = ["/admin/", QUEUE, "/admin/disputes/case/set-aside/", "page"]
LEDGER = ["/admin/ledger/account/", "/admin/ledger/transfer/"]
BUTTONS = {
    "take": {},
    "message": {"message": "Hello."},
    "evidence": {"party": "BUYER", "evidence_type": "OTHER", "note": "What came?"},
    "adjudicate": {"decision": "none", "reason": "It came.", "confirmed": "1"},
    "put-back": {},
}


@pytest.fixture
def case(db: None) -> Case:
    return case_to_decide()


def address(name: str, case: Case) -> str:
    return url(case) if name == "page" else name


def seller_user() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("s@example.org", "secret", seller_ref="seller-1"))
    return client


@pytest.mark.parametrize("page", PAGES + LEDGER)
@pytest.mark.parametrize("role", Role)
def test_every_role_reads_every_page(role: Role, page: str, case: Case) -> None:
    assert staff_client(role).get(address(page, case)).status_code == 200


@pytest.mark.parametrize("page", PAGES + LEDGER)
def test_sellers_and_strangers_are_sent_to_log_in(page: str, case: Case) -> None:
    for client in (Client(), seller_user()):
        response = client.get(address(page, case))
        assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize("page", PAGES[1:] + LEDGER)
def test_staff_without_a_role_read_nothing(page: str, case: Case) -> None:
    client = Client()
    client.force_login(User.objects.create_user("new@example.org", "secret", is_staff=True))
    assert client.get(address(page, case)).status_code == 403


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("role", Role)
def test_only_adjudicators_press_buttons(role: Role, button: str, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(sweep_error="broken")
    before = again(case).version
    response = staff_client(role).post(url(case, button), seen(case, **BUTTONS[button]))
    assert response.status_code == (302 if role in ACTS else 403)
    assert again(case).version == before + (role in ACTS)


@pytest.mark.parametrize("role", Role)
def test_only_adjudicators_take_the_next(role: Role, case: Case) -> None:
    response = staff_client(role).post(f"{QUEUE}take-next/")
    assert response.status_code == (302 if role in ACTS else 403)
    assert (again(case).assignee is not None) == (role in ACTS)


@pytest.mark.parametrize("button", BUTTONS)
def test_sellers_press_nothing(button: str, case: Case) -> None:
    response = seller_user().post(url(case, button), seen(case, **BUTTONS[button]))
    assert response.url.startswith("/admin/login/")
    assert again(case).version == case.version


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", ["disputes/case", "ledger/account", "ledger/transfer"])
def test_nobody_adds_or_deletes_by_hand(role: Role, model: str, case: Case) -> None:
    client = staff_client(role)
    assert client.post(f"/admin/{model}/add/").status_code == 403
    assert client.post(f"/admin/{model}/1/delete/").status_code in (403, 404)


def test_buttons_need_the_csrf_token(case: Case) -> None:
    client = staff_client()
    client.handler.enforce_csrf_checks = True
    assert client.post(url(case, "take"), seen(case)).status_code == 403
