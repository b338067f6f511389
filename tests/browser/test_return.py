"""A return between two people who have nothing but their links, each in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.audit.service.verification import Tally, check_chains
from backoffice.common.actors import ActorKind
from disputes.models import Case
from tests.browser.looking import Look, window
from tests.disputes.hosted.test_page import link
from tests.disputes.reviewing import balances
from tests.factories import a_case
from tests.files.photos import a_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Holder:
    """Whose link it is, before his page."""

    def __init__(self, look: Look, case: Case, side: ActorKind) -> None:
        self.look, self.page, self.case, self.side = look, look.page, case, side

    def does(self, verb: str, sent: str = "", **fields: str) -> None:
        """Open the page anew, fill in the form of `verb` and send it."""
        self.page.goto(link(self.case, self.side))
        form = self.page.locator(f"form[action$='/{verb}']")
        if not form.is_visible():
            form.locator("xpath=../summary").click()
        for name, value in fields.items():
            self._fill(form.locator(f"[name={name}]"), value)
        if sent:
            photo = {"name": sent, "mimeType": "image/jpeg", "buffer": a_photo()}
            form.locator(".upload-input").set_input_files([photo])
            expect(form.locator(".upload-done")).to_have_count(1)
        form.locator("button.button[type=submit]").click()
        self.page.get_by_role("status").get_by_text("Done.").wait_for()

    def _fill(self, field: Any, value: str) -> None:
        kind = field.evaluate("field => field.type")
        if kind == "checkbox":
            field.check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)

    def sees(self, *texts: str) -> None:
        self.page.goto(link(self.case, self.side))
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
        assert self.look.problems() == []


def test_a_return_with_a_deduction(browser: Browser, live_server: LiveServer) -> None:
    """The buyer's is a telephone."""
    case = a_case()
    with (
        window(browser, live_server.url, None, 390) as left,
        window(browser, live_server.url, None, 1400) as right,
    ):
        buyer, seller = Holder(left, case, ActorKind.BUYER), Holder(right, case, ActorKind.SELLER)
        seller.does("make-offer", offer_type="REFUND", amount="30", note="Keep it?")
        buyer.does("make-offer", offer_type="REFUND_WITH_RETURN", amount="80", note="Take it.")
        seller.sees("You are offered", "80.00 USD")
        seller.does("accept-offer", sure="on")
        seller.does("give-return-address", address="Shop 1, 5 Mill Lane, Leeds")
        buyer.sees("Your turn", "Shop 1, 5 Mill Lane, Leeds")
        buyer.does("ship-return", carrier="UPS", tracking_number="1Z5R89390357567127")
        used = {"acknowledgement": "DAMAGED", "deduction_percent": "25", "note": "Scratched."}
        seller.does("acknowledge-return-item", sent="back.jpg", **used)
        buyer.sees("25%: Scratched.", "60.00 USD")
        expect(left.page.locator(".hosted-files img")).to_have_count(1)
        buyer.does("accept-deduction", sure="on")
        seller.sees("60.00 USD is paid to the buyer.", "The buyer accepted the deduction.")
    case.refresh_from_db()
    assert (case.outcome, case.refunded_minor) == ("ACCEPTED", 6_000)
    assert balances() == {"buyer-1": 6_000, "seller-1": -6_000}
    assert check_chains(Tally()) is None
