"""The desk by keyboard alone, in Chromium: from the queue to the decision and on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from backoffice.files.service import store
from disputes.models import Case, Message, Note
from disputes.service.act import act
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.supporting_info import provide_supporting_info
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import (
    QUEUE,
    again,
    case_to_decide,
    member,
    staff_actor_of,
    staff_client,
    url,
)
from tests.factories import a_case, an_order, buyer_of, seller_of
from tests.files.photos import a_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def look(browser: Browser, live_server: LiveServer) -> Iterator[Look]:
    """A wide window in which an adjudicator is logged in."""
    with window(browser, live_server.url, staff_client()) as seen:
        yield seen


def on_page_of(look: Look, case: Case) -> None:
    look.page.wait_for_url(f"**{url(case)}*")


def test_a_case_is_decided_by_keyboard_alone_and_the_next_follows(look: Look) -> None:
    first, second = (case_to_decide(age=timedelta(hours=h)) for h in (2, 1))
    look.page.goto(QUEUE)
    look.press("t")
    on_page_of(look, first)
    assert again(first).assignee == member(Role.ADJUDICATOR)
    look.press("d")  # the cursor is in the ruling, which is filled in as recommended
    look.page.locator(".desk-decide textarea").first.focus()
    look.page.keyboard.type("Nothing came.")
    look.press("Control+Enter")
    look.page.get_by_role("heading", name="Confirm the decision").wait_for()
    look.press("y")
    on_page_of(look, second)
    assert again(first).outcome == "RESOLVED_BUYER_FAVOUR"
    assert look.complaints == []


def test_d_leads_into_the_ruling(look: Look) -> None:
    look.page.goto(url(case_to_decide()))
    look.press("d")
    assert look.page.evaluate("document.activeElement.closest('.desk-decide') !== null")


def test_message_and_note_are_written_without_a_reload(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    look.page.evaluate("window.stayed = true")
    for key, text in (("m", "Please be patient."), ("i", "Same photo as last week.")):
        look.press("Escape", key)  # after a message the cursor is ready for the next
        look.page.keyboard.type(text)
        look.press("Control+Enter")
        look.page.locator(".case-said").get_by_text(text).wait_for()
    assert look.page.evaluate("window.stayed")
    assert (Message.objects.latest("id").body, Note.objects.get().body) == (
        "Please be patient.",
        "Same photo as last week.",
    )
    assert look.problems() == []


def test_what_is_written_elsewhere_stays_and_can_be_sent_after_a_message(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    ruling = look.page.locator(".desk-decide textarea").first
    ruling.fill("Nothing came.")
    look.press("Escape", "m")
    look.page.keyboard.type("One moment.")
    look.press("Control+Enter")
    look.page.locator(".case-said").get_by_text("One moment.").wait_for()
    expect(ruling).to_have_value("Nothing came.")
    ruling.press("Control+Enter")  # the page knows that the message is the writer's own
    look.page.get_by_role("heading", name="Confirm the decision").wait_for()


def test_no_key_acts_while_one_types(look: Look) -> None:
    case = case_to_decide()
    case_to_decide()
    look.page.goto(url(case))
    look.press("m")
    look.page.keyboard.type("not j, t or ?")
    on_page_of(look, case)
    assert again(case).assignee is None
    look.press("Escape", "?")
    assert look.page.locator("#keys").is_visible()


def test_help_keeps_the_focus_and_gives_it_back(look: Look) -> None:
    look.page.goto(url(case_to_decide()))
    look.press("2", "?")
    look.press(*["Tab"] * 5)
    behind = "document.activeElement.matches('main *')"
    assert not look.page.evaluate(behind)
    assert look.problems() == []
    look.press("Escape")
    assert look.page.evaluate("document.activeElement.id") == "conversation"


def test_keys_can_be_switched_off(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    look.press("?")
    look.page.get_by_label("Single keys act").uncheck()
    look.press("Escape", "t")
    assert again(case).assignee is None


def test_j_and_k_walk_through_the_list_and_g_q_leads_back(look: Look) -> None:
    first, second = (case_to_decide(age=timedelta(hours=h)) for h in (2, 1))
    look.page.goto(f"{QUEUE}?reason=MERCHANDISE_OR_SERVICE_NOT_RECEIVED")
    look.press("j", "Enter")
    on_page_of(look, first)
    look.press("j")
    on_page_of(look, second)
    look.press("k")
    on_page_of(look, first)
    look.press("g", "q")
    look.page.wait_for_url("**/queue/?reason=MERCHANDISE_OR_SERVICE_NOT_RECEIVED")


def test_leaving_with_unsaved_text_is_asked_about(look: Look) -> None:
    case, asked = case_to_decide(), []
    case_to_decide()
    look.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    look.page.goto(url(case))
    look.page.locator(".desk-decide textarea").first.fill("Nothing")
    look.press("Escape", "n")
    look.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    on_page_of(look, case)


def test_page_says_what_arrived_meanwhile(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    act(send_message, case.public_id, staff_actor_of(Role.SENIOR), timezone.now(), body="Hm.")
    look.page.evaluate("htmx.trigger('#arrived', 'look')")
    look.page.get_by_text("Something has arrived since you opened this page").wait_for()
    assert look.problems() == []


def test_what_arrived_is_shown_without_a_reload_and_takes_nothing_written(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    look.page.evaluate("window.stayed = true")
    ruling, message = ".desk-decide textarea >> nth=0", "#write-message textarea"
    for field in (ruling, message):
        look.page.fill(field, "Nothing came.")
    act(send_message, case.public_id, staff_actor_of(Role.SENIOR), timezone.now(), body="Hm.")
    look.page.evaluate("htmx.trigger('#arrived', 'look')")
    look.page.get_by_role("link", name="Show it").click()
    look.page.locator(".case-said").get_by_text("Hm.").wait_for()
    assert look.page.evaluate("window.stayed")
    for field in (ruling, message):
        expect(look.page.locator(field)).to_have_value("Nothing came.")
    assert look.problems() == []


def test_a_note_takes_nothing_from_a_message_half_written(look: Look) -> None:
    look.page.goto(url(case_to_decide()))
    message = look.page.locator("#write-message textarea")
    message.fill("One moment.")
    look.press("Escape", "i")
    look.page.keyboard.type("Same photo as last week.")
    look.press("Control+Enter")
    look.page.locator(".case-said").get_by_text("Same photo").wait_for()
    expect(message).to_have_value("One moment.")


def test_photos_are_compared_turned_and_enlarged_by_keyboard(look: Look) -> None:
    case = a_case()
    now, seller = timezone.now(), seller_of(case)
    file = store(case.public_id, a_photo(), "cup.jpg", seller, now)
    act(provide_evidence, case.public_id, seller, now, evidence_type="OTHER", files=[file])
    second = store(case.public_id, a_photo(), "other.jpg", seller, now)
    act(provide_evidence, case.public_id, seller, now, evidence_type="OTHER", files=[second])
    look.page.goto(url(case))
    look.press("v")
    viewer = look.page.locator("#viewer")
    expect(viewer).to_be_visible()
    look.press("c", "+", "r")
    assert viewer.locator("figure").count() == 2
    assert "rotate(90deg)" in str(viewer.locator("img").last.get_attribute("style"))
    expect(viewer.locator("output")).to_have_text("125 %")
    assert look.problems() == []
    look.press("Escape")
    expect(viewer).to_be_hidden()


def test_both_sides_photos_stand_beside_the_listings(look: Look, live_server: LiveServer) -> None:
    order = an_order()
    order.lines.update(photo_url=f"{live_server.url}/static/redress/icon.svg")
    case, now = case_to_decide(order), timezone.now()
    for giver in (buyer_of(case), seller_of(case)):
        file = store(case.public_id, a_photo(), "cup.jpg", giver, now)
        shown = {"evidence_type": "OTHER", "note": "See.", "files": [file]}
        act(provide_supporting_info, case.public_id, giver, now, **shown)
    look.page.goto(url(case))
    look.press("v", "c", "c")
    owners = look.page.locator("#viewer figcaption strong")
    assert owners.all_text_contents() == ["Buyer", "As it was sold", "Seller"]
    look.press("c")
    assert owners.all_text_contents() == ["Buyer"]
    assert look.problems() == []


@pytest.mark.parametrize("width", [1400, 390])
def test_case_in_chinese_fits(browser: Browser, live_server: LiveServer, width: int) -> None:
    case = case_to_decide()
    with window(browser, live_server.url, staff_client(), width) as look:
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": live_server.url}
        look.page.context.add_cookies([cookie])
        for address in (url(case), QUEUE):
            look.page.goto(address)
            assert look.problems() == []


def test_without_javascript_a_message_is_sent_and_the_page_comes_back(
    browser: Browser, live_server: LiveServer
) -> None:
    case = case_to_decide()
    with window(browser, live_server.url, staff_client(), java_script_enabled=False) as look:
        look.page.goto(url(case))
        look.page.locator("#conversation textarea").first.fill("Please be patient.")
        look.page.get_by_role("button", name="Send to both sides").click()
        on_page_of(look, case)
        look.page.locator(".case-said").get_by_text("Please be patient.").wait_for()
