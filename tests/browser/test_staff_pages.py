"""The staff's pages in a real browser: they fit, obey the content policy, and all can use them.

Each page is looked at wide and narrow, light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from backoffice.files.service import store
from disputes.service.act import act
from disputes.verbs.supporting_info import provide_supporting_info
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import HOME, QUEUE, case_to_decide, seen, staff_client, url
from tests.factories import an_order, buyer_of
from tests.files.photos import PDF, a_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = list(product((1400, 390), ("light", "dark")))
# Pages made of parts that are looked at fully elsewhere.
TWO_LOOKS = pytest.mark.parametrize("look", [(1400, "dark"), (390, "light")], indirect=True)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Look]:
    """A window in which an adjudicator is logged in."""
    width, scheme = request.param
    with window(browser, live_server.url, staff_client(), width, color_scheme=scheme) as seen:
        yield seen


def test_home(look: Look) -> None:
    case_to_decide(an_order(prices=[60_000]))
    look.page.goto(HOME)
    assert look.problems() == []


def test_queue(look: Look) -> None:
    for price in (4_990, 60_000):
        case_to_decide(an_order(prices=[price]))
    look.page.goto(QUEUE)
    assert look.problems() == []


def test_case(look: Look) -> None:
    look.page.goto(url(case_to_decide(an_order(prices=[4_990, 12_000]), note="It never came.")))
    assert look.problems() == []


def test_preview_of_a_decision(look: Look) -> None:
    look.page.goto(url(case_to_decide()))
    look.page.fill(".desk-decide textarea", "Nothing came.")
    look.page.click(".desk-decide button")
    look.page.get_by_role("heading", name="Confirm the decision").wait_for()
    assert look.problems() == []


@TWO_LOOKS
def test_team(browser: Browser, live_server: LiveServer, look: Look) -> None:
    case = case_to_decide()
    ruling = {"decision": "none", "reason": "It came.", "confirmed": "1"}
    staff_client(Role.SENIOR).post(url(case, "adjudicate"), seen(case, **ruling))
    width = look.page.viewport_size["width"] if look.page.viewport_size else 0
    with window(browser, live_server.url, staff_client(Role.SENIOR), width) as senior:
        senior.page.goto(f"{QUEUE}../team/")
        assert senior.problems() == []


@TWO_LOOKS
def test_case_resolved(look: Look) -> None:
    case = case_to_decide()
    ruling = {"decision": "none", "reason": "It came.", "confirmed": "1"}
    staff_client(Role.SENIOR).post(url(case, "adjudicate"), seen(case, **ruling))
    look.page.goto(url(case))
    assert look.problems() == []


@TWO_LOOKS
@pytest.mark.parametrize(
    "model",
    [
        "ledger/account",
        "ledger/transfer",
        "rulebook/rulebookversion",
        "disputes/messagetemplate",
    ],
)
def test_records(look: Look, model: str) -> None:
    case_to_decide()
    look.page.goto(f"/admin/{model}/")
    assert look.problems() == []


@TWO_LOOKS
def test_template(browser: Browser, live_server: LiveServer, look: Look) -> None:
    width = look.page.viewport_size["width"] if look.page.viewport_size else 0
    with window(browser, live_server.url, staff_client(Role.POLICY), width) as policy:
        policy.page.goto("/admin/disputes/messagetemplate/1/change/")
        assert policy.problems() == []


def test_rulebook_version(look: Look) -> None:
    look.page.goto("/admin/rulebook/rulebookversion/1/change/")
    assert look.problems() == []


@TWO_LOOKS
def test_queue_is_used_by_keyboard(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(QUEUE)
    look.page.keyboard.press("j")
    look.page.keyboard.press("Enter")
    look.page.wait_for_url(f"**{url(case)}")


@TWO_LOOKS
def test_photos_documents_and_an_original(look: Look) -> None:
    case, now = case_to_decide(), timezone.now()
    buyer = buyer_of(case)
    files = [store(case.public_id, x, "cup.jpg", buyer, now) for x in (a_photo(), PDF)]
    words = {"evidence_type": "OTHER", "note": "See.", "files": files}
    act(provide_supporting_info, case.public_id, buyer, now, **words)
    look.page.goto(url(case))
    expect(look.page.locator(".case-pictures img")).to_have_count(1)
    assert look.problems() == []
    look.page.locator(".case-original").click()
    look.page.wait_for_url("**/original/")
    assert look.problems() == []
