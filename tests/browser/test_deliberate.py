"""What moves money or a case at once takes its key and Enter: a letter may come unmeant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from disputes.models import Case
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import QUEUE, again, case_to_decide, seen, staff_client, url
from tests.factories import an_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def look(browser: Browser, live_server: LiveServer) -> Iterator[Look]:
    """A wide window in which a senior adjudicator is logged in."""
    with window(browser, live_server.url, staff_client(Role.SENIOR)) as seen_there:
        yield seen_there


def test_q_puts_back_the_case_one_has_gone_to(look: Look) -> None:
    first, second = case_to_decide(), case_to_decide()
    Case.objects.update(sweep_error="KeyError: 'x'")
    look.page.goto(f"{QUEUE}../set-aside/")
    gone_to = look.page.locator("[data-row] h2").last.inner_text()
    look.press("j", "j", "q")
    assert Case.objects.exclude(sweep_error="").count() == 2  # it leads to the button alone
    look.press("Enter")
    look.page.get_by_text("goes back to the sweep").wait_for()
    left = Case.objects.exclude(sweep_error="").get()
    assert {left.public_id, gone_to} == {first.public_id, second.public_id}


def test_approving_takes_the_key_and_enter(look: Look) -> None:
    """A letter that comes late, of "g a" say, must not move money."""
    case = case_to_decide(an_order(prices=[60_000]))
    full = {"decision": "full", "borne_by": "SELLER", "reason": "Nothing came.", "confirmed": "1"}
    staff_client().post(url(case, "adjudicate"), seen(case, **full))
    look.page.goto(url(case))
    look.press("Shift", "a")
    assert look.page.evaluate("document.activeElement.dataset.keys") == "a"
    assert again(case).state == "TO_APPROVE"
    look.press("Enter")
    expect(look.page.get_by_role("heading", name="Proposed decision")).to_be_visible()
    assert again(case).state == "PROPOSED"
