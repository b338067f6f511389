"""Taking a bundle, putting an order back, and what is left of a case that cannot be read: they fit,

obey the content policy, and all can use them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from disputes.models import Case
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import case_to_decide, staff_client, url
from tests.factories import an_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[(1400, "dark"), (390, "light")], ids=lambda look: f"{look[0]}-{look[1]}")
def look(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Look]:
    """A window in which an adjudicator is logged in."""
    width, scheme = request.param
    with window(browser, live_server.url, staff_client(), width, color_scheme=scheme) as seen:
        yield seen


def test_bundle_is_asked_for_and_downloaded(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case, "bundle"))
    assert look.problems() == []
    for _again in range(2):  # for the other side, say
        with look.page.expect_download(timeout=10_000) as download:
            look.page.get_by_role("button", name="Take the bundle").click()
        assert download.value.suggested_filename == f"{case.public_id}.zip"


def test_unreadable_case(look: Look) -> None:
    case = case_to_decide(note="It never came.")
    Case.objects.update(rulebook_number=99)
    look.page.goto(url(case))
    assert look.problems() == []


def test_order_is_put_back(look: Look) -> None:
    order = an_order(watch_error="KeyError: " + "x" * 300)
    look.page.goto(f"/admin/orders/order/{order.pk}/change/")
    look.page.get_by_role("link", name="Put back to the delivery watch").click()
    assert look.problems() == []
    look.page.get_by_role("button", name="Put back to the delivery watch").click()
    look.page.get_by_text("The delivery watch looks at the order again.").wait_for()
