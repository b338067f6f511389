from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from backoffice.audit.models import Event
from backoffice.common.admin.records import RecordAdmin
from tests.accounts.factories import make_staff
from tests.audit.chains import make_chains

EVENTS, LOGIN = "/admin/audit/event/", "/admin/login/"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_staff(Role.AUDITOR))
    return client


def ids(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(rf"{EVENTS}(\d+)/change/", page)]


@pytest.mark.django_db
def test_a_list_of_records_is_walked_once_and_in_order(auditor: Client) -> None:
    make_chains(a=120)
    met, url = [], EVENTS
    while url:
        page = auditor.get(url).content.decode()
        met += ids(page)
        follow = re.search(r'href="([^"]+)" rel="next"', page)
        url = EVENTS + follow[1].replace("&amp;", "&") if follow else ""
    assert len(met) == 120
    assert met == sorted(met, reverse=True)


@pytest.mark.django_db
def test_a_page_of_records_counts_nothing(
    auditor: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    make_chains(a=60)
    with django_assert_max_num_queries(6) as asked:  # type: ignore[operator]
        auditor.get(EVENTS)
    assert not [q for q in asked.captured_queries if "COUNT(" in q["sql"]]


@pytest.mark.django_db
def test_records_are_searched_by_a_subjects_whole_id(auditor: Client) -> None:
    make_chains(a=2, ab=3)
    assert len(ids(auditor.get(EVENTS, {"q": "ab"}).content.decode())) == 3


@pytest.mark.django_db
def test_a_forged_cursor_leads_back_to_the_list(auditor: Client) -> None:
    assert auditor.get(EVENTS, {"after": "x"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["add/", "1/delete/"])
def test_records_cannot_be_written_even_by_a_superuser(client: Client, page: str) -> None:
    make_chains(a=1)
    client.force_login(User.objects.create_superuser("root@example.org"))
    assert client.post(EVENTS + page, {"action": "x"}).status_code == 403


@pytest.mark.django_db
def test_the_header_shows_only_the_readers_sections(client: Client) -> None:
    for role, seen in ((Role.AUDITOR, True), (None, False)):
        user = make_staff(role, f"{seen}@example.org") if role else _nobody()
        client.force_login(user)
        assert (EVENTS in client.get("/admin/").content.decode()) is seen


def _nobody() -> User:
    return User.objects.create_user("nobody@example.org", is_staff=True)


# --- In the browser ------------------------------------------------------------------------------


def addresses() -> list[str]:
    """Every list and every form of the admin, an event, and the pages around them."""
    lists = [
        reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        for model in admin.site._registry
    ]
    forms = [
        reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")
        for model, page in admin.site._registry.items()
        if not isinstance(page, RecordAdmin)
        and type(page).has_add_permission is ModelAdmin.has_add_permission
    ]
    event = reverse("admin:audit_event_change", args=[Event.objects.earliest("id").pk])
    around = ["/admin/", "/admin/password_change/", "/admin/nowhere/", "/api/v1/docs", event]
    return [*around, *lists, *forms, LOGIN]


def visit(page: Page, address: str) -> None:
    """Open `address`; the login is for those who are out."""
    if address == LOGIN:
        page.context.clear_cookies()
    page.goto(address, wait_until="networkidle" if "/api/" in address else "load")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, client: Client) -> Page:
    """A logged-in superuser's window, 390 pixels wide."""
    make_chains(a=3)
    client.force_login(User.objects.create_superuser("root@example.org", "secret"))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    return context.new_page()


def policy(message: ConsoleMessage) -> bool:
    """Whether the browser complains of the page, not of our saying that there is none."""
    return message.type == "error" and "404 (Not Found)" not in message.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_page_breaks_its_policy_or_scrolls_sideways(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if policy(m) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wide = []
    for address in addresses():
        visit(page, address)
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(address)
    assert (complaints, wide) == ([], [])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_a_reader_out(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    # Swagger UI's page is not ours to mend.
    found = [
        grave for address in addresses() if "/api/" not in address for grave in axe(page, address)
    ]
    assert found == []


def axe(page: Page, address: str) -> list[str]:
    """What axe finds at `address` that keeps somebody from using it."""
    visit(page, address)
    found = Axe().run(page).response["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    return [f"{address}: {v['id']} {[n['target'] for n in v['nodes']]}" for v in grave]
