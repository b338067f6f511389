"""Pages that no other test opens in a browser: in each look they fit, obey the content policy, and

all can use them. Wide and dark in Chinese, narrow and light in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from backoffice.audit.models import Event
from backoffice.common.actors import ActorKind
from backoffice.ledger.models import Account, Transfer
from backoffice.orders.models import Buyer, Order, Seller
from backoffice.rulebook.models import RulebookVersion
from disputes.models import Case, Pause
from tests.accounts.factories import make_client
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import QUEUE, case_to_decide, seen, staff_client, url
from tests.disputes.hosted.test_page import link
from tests.factories import a_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1400, "dark", "zh-hans"), (390, "light", "en")]
VERSIONS = "/admin/rulebook/rulebookversion/"


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{look[2]}")
def look(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Look]:
    """A window in which somebody is logged in who may do everything."""
    width, scheme, language = request.param
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", "secret", name="Root"))
    with window(browser, live_server.url, client, width, color_scheme=scheme) as seen_there:
        told = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
        seen_there.page.context.add_cookies([told])
        yield seen_there


def fit(look: Look, *addresses: str) -> None:
    for address in addresses:
        look.page.goto(address)
        assert (address, look.problems()) == (address, [])
        look.complaints.clear()  # axe tries styles of its own, which the policy forbids


def test_pages_about_many_cases(look: Look) -> None:
    case, now = case_to_decide(), timezone.now()
    Case.objects.filter(pk=case_to_decide().pk).update(sweep_error="KeyError: " + "x" * 300)
    Pause.objects.create(
        starts_at=now,
        ends_at=now + timedelta(days=1),
        reason="A strike.",
        declared_by="1",
        declared_at=now,
    )
    lists = [f"{QUEUE}../{name}/" for name in ("second-looks", "set-aside", "pauses", "team")]
    empty = f"{QUEUE}../team/?since=2020-01-01&until=2020-01-03"
    fit(look, *lists, empty, f"{QUEUE}?text=zzz", f"{QUEUE}?view=resolved", url(case, "elsewhere"))


def test_like_cases_with_their_preview(look: Look) -> None:
    look.page.goto(url(case_to_decide(), "alike"))
    assert look.problems() == []
    look.page.fill("[name=percent]", "100")
    look.page.check("[name=borne_by][value=SELLER]")
    look.page.fill("[name=reason]", "Nothing came.")
    look.page.locator(".desk-form button").first.click()
    look.page.locator("button[name=confirmed]").wait_for()
    assert look.problems() == []


def test_pages_of_a_rulebook(look: Look) -> None:
    look.page.goto(f"{VERSIONS}add/")
    assert look.problems() == []
    look.page.locator("main input[type=submit]").click()
    look.page.wait_for_url("**/edit/")
    assert look.problems() == []
    draft = f"{VERSIONS}{RulebookVersion.objects.latest('pk').pk}/"
    fit(look, f"{draft}change/", f"{draft}publish/", f"{draft}edit/")
    rules = look.page.locator("textarea")
    rules.fill(rules.input_value().replace("late_scan_restarts", "late_scan_restartz"))
    look.page.locator("main input[type=submit]").click()
    look.page.locator(".rb-faults").first.wait_for()
    assert look.problems() == []
    fit(look, f"{draft}change/", f"{draft}publish/")


def test_each_kind_of_record(look: Look) -> None:
    case = case_to_decide()
    ruling = {"decision": "none", "reason": "It came.", "confirmed": "1"}
    staff_client(Role.SENIOR).post(url(case, "adjudicate"), seen(case, **ruling))
    names = {Order: "orders", Seller: "orders", Buyer: "orders"}
    for model, app in (names | {Account: "ledger", Transfer: "ledger", Event: "audit"}).items():
        one = model._default_manager.order_by("pk").last()
        assert one
        fit(look, f"/admin/{app}/{model._meta.model_name}/{one.pk}/change/")


def test_pages_of_people_and_programs(look: Look) -> None:
    client, _header = make_client()
    user = User.objects.get()
    users, clients = "/admin/accounts/user/", "/admin/accounts/apiclient/"
    fit(look, users, f"{users}add/", f"{users}{user.pk}/change/", "/admin/password_change/")
    fit(look, clients, f"{clients}{client.pk}/change/", f"{clients}add/")
    look.page.fill("[name=name]", "A marketplace with a rather long name of many words")
    look.page.locator("[name=scopes]").first.check()
    look.page.locator("[name=_save]").click()
    look.page.locator(".messagelist").wait_for()  # the key, shown this once
    assert look.problems() == []


def test_what_is_not_there(look: Look) -> None:
    case = a_case()
    nowhere = link(case, ActorKind.BUYER)[:-1]
    for address in ("/nowhere", "/admin/nowhere/", f"{QUEUE}../RD-000/", nowhere):
        look.page.goto(address)
        look.complaints.clear()  # the console says that it is a 404
        assert (address, look.problems()) == (address, [])


@pytest.mark.parametrize("side", [ActorKind.BUYER, ActorKind.SELLER])
def test_hosted_page_with_every_form_open(look: Look, side: ActorKind) -> None:
    for case in (a_case(), case_to_decide()):
        look.page.goto(link(case, side))
        look.page.evaluate("document.querySelectorAll('details').forEach((x) => { x.open = true })")
        assert look.problems() == []
