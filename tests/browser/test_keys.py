"""Every action of the desk by keyboard alone, each listed in the help, and none while one types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.accounts.enums import Role
from backoffice.files.models import StoredFile
from backoffice.files.service import store
from disputes.models import Case, Pause, QualityCheck, SavedView
from disputes.queries.reading import unread_in
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.supporting_info import provide_supporting_info
from tests.browser.looking import Look, window
from tests.disputes.admin.desk import (
    HOME,
    QUEUE,
    again,
    case_to_decide,
    member,
    seen,
    staff_actor_of,
    staff_client,
    url,
)
from tests.factories import an_order, buyer_of
from tests.files.photos import PDF, a_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS_PAGE, ASIDE, PAUSES, TEAM = (
    f"{QUEUE}../{name}/" for name in ("second-looks", "set-aside", "pauses", "team")
)
# What can be pressed or filled in and is led to by no key; the site's own frame is not the desk's.
WITHOUT_KEY = """
  [...document.querySelectorAll("#content :is(button, form, input[type=submit])")]
    .filter((each) => each.checkVisibility() && !each.closest("dialog"))
    .filter((each) => [each, each.form].filter(Boolean).every((part) =>
      !part.closest("[data-keys]") && !part.querySelector("[data-keys]")))
    .map((each) => each.outerHTML)
"""
# Keys of the page that no visible row of the open help names.
NOT_LISTED = """
  [...document.querySelectorAll("[data-keys]")]
    .filter((each) => each.checkVisibility() && each.dataset.keys !== "?")
    .map((each) => each.dataset.keys)
    .filter((keys) => ![...document.querySelectorAll("#keys dl > div")].some((row) => {
      const told = [...row.querySelectorAll("kbd")].map((each) => each.textContent);
      const all = /^g /.test(keys) ? [keys] : keys.split(" ");
      const named = all.some((key) => told.includes(key) || told.join(" ") === key);
      const digit = told.join() === "1,9" && /[1-9]/.test(keys);
      return row.checkVisibility() && (named || digit);
    }))
"""


@pytest.fixture
def look(browser: Browser, live_server: LiveServer) -> Iterator[Look]:
    """A wide window in which a senior adjudicator is logged in."""
    with window(browser, live_server.url, staff_client(Role.SENIOR)) as seen_there:
        yield seen_there


def broken() -> Case:
    case = case_to_decide()
    Case.objects.filter(pk=case.pk).update(sweep_error="KeyError: 'x'")
    return case


def decided() -> Case:
    """A case an adjudicator has decided, drawn for a second look."""
    case = case_to_decide()
    ruling = {"decision": "none", "reason": "It came.", "confirmed": "1"}
    staff_client(Role.ADJUDICATOR).post(url(case, "adjudicate"), seen(case, **ruling))
    drawn = {"drawn_at": timezone.now(), "decided_by": str(member(Role.ADJUDICATOR).pk)}
    QualityCheck.objects.get_or_create(decision=again(case).decisions.get(), defaults=drawn)
    return case


def shown_a_file(case: Case, content: bytes, name: str) -> None:
    now, buyer = timezone.now(), buyer_of(case)
    file = store(case.public_id, content, name, buyer, now)
    words: dict[str, Any] = {"evidence_type": "OTHER", "note": "See.", "files": [file]}
    act(provide_supporting_info, case.public_id, buyer, now, **words)


def a_rich_case() -> Case:
    """A case with a photo, a document, and a message nobody has read."""
    case = case_to_decide(an_order(prices=[60_000]))
    shown_a_file(case, a_photo(), "cup.jpg")
    shown_a_file(case, PDF, "bill.pdf")
    return case


def pages() -> list[str]:
    case, aside = a_rich_case(), broken()
    case_to_decide()
    decided()
    photo = StoredFile.objects.get(name="cup.jpg")
    original = reverse("admin:disputes_case_original", args=[case.public_id, photo.public_id])
    return [
        HOME,
        QUEUE,
        f"{QUEUE}?view=open&text=RD",
        url(case),
        url(aside),
        url(case, "alike"),
        url(case, "bundle"),
        url(case, "elsewhere"),
        original,
        LOOKS_PAGE,
        ASIDE,
        PAUSES,
        TEAM,
    ]


def test_nothing_can_be_done_that_has_no_key_and_the_help_lists_each(look: Look) -> None:
    for page in pages():
        look.page.goto(page)
        assert (page, look.page.evaluate(WITHOUT_KEY)) == (page, [])
        look.press("?")
        assert (page, look.page.evaluate(NOT_LISTED)) == (page, [])
        assert (page, look.problems()) == (page, [])


def test_h_marks_as_read(look: Look) -> None:
    case = a_rich_case()
    look.page.goto(url(case))
    look.press("h")
    expect(look.page.get_by_role("button", name="Mark as read")).to_have_count(0)
    assert unread_in(case.pk, {"STAFF"}) == {"STAFF": 0}


def test_z_leads_to_the_bundle_y_takes_it_and_b_leads_back(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    look.press("z")
    look.page.wait_for_url("**/bundle/")
    with look.page.expect_download(timeout=10_000) as download:
        look.press("y")
    assert download.value.suggested_filename == f"{case.public_id}.zip"
    look.press("b")
    look.page.wait_for_url(f"**{url(case)}")


def test_f_begins_a_message_with_a_template(look: Look) -> None:
    look.page.goto(url(case_to_decide()))
    look.press("f")
    assert look.page.evaluate("document.activeElement.id") == "begin"
    look.press("Control+Enter")
    look.page.wait_for_url("**template=**")
    expect(look.page.locator("#write-message textarea")).not_to_have_value("")


def test_c_leads_to_the_documents_one_after_the_other(look: Look) -> None:
    case = a_rich_case()
    shown_a_file(case, PDF + b"%", "second.pdf")
    look.page.goto(url(case))
    names = []
    for _again in range(3):
        look.press("c")
        names.append(look.page.evaluate("document.activeElement.textContent"))
    assert (len({*names}), names[0] == names[2]) == (2, True)


def test_o_in_the_viewer_leads_to_the_original_and_y_saves_it(look: Look) -> None:
    case = a_rich_case()
    look.page.goto(url(case))
    look.press("v", "o")
    look.page.wait_for_url("**/original/")
    look.press("d")
    look.page.keyboard.type("To see what it says.")
    with look.page.expect_download(timeout=10_000) as download:
        look.press("Control+Enter")
    assert download.value.suggested_filename == "cup.jpg"
    look.press("Escape", "b")
    look.page.wait_for_url(f"**{url(case)}")


@pytest.mark.parametrize(("key", "verdict"), [("a", "AGREE"), ("d", "DISAGREE")])
def test_second_look_is_given_by_keyboard(look: Look, key: str, verdict: str) -> None:
    decided()
    decided()
    look.page.goto(LOOKS_PAGE)
    second = look.page.locator("[data-row] h2").last.inner_text()
    look.press("j", "j", key)
    look.page.keyboard.type("I see.")
    look.press("Control+Enter")
    look.page.get_by_text("is kept").wait_for()
    given = QualityCheck.objects.exclude(verdict="").get()
    assert (given.decision.case.public_id, given.verdict, given.note) == (second, verdict, "I see.")


def test_a_pause_is_declared_by_keyboard(look: Look) -> None:
    look.page.goto(HOME)
    look.press("g", "p")
    look.page.wait_for_url("**/pauses/")
    look.press("d")
    assert look.page.evaluate("document.activeElement.closest('form') !== null")
    look.page.locator("[name=reason]").fill("A strike.")
    now = timezone.localtime()
    for name, at in (("starts_at", now), ("ends_at", now + timedelta(days=1))):
        look.page.locator(f"[name={name}]").fill(f"{at:%Y-%m-%dT%H:%M}")
    look.press("Control+Enter")
    look.page.get_by_role("heading", name="A strike.").wait_for()
    assert Pause.objects.get().reason == "A strike."


def test_like_cases_are_decided_by_keyboard(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case, "alike"))
    look.press("j", "d", "0")
    look.page.locator("textarea").first.focus()
    look.page.keyboard.type("Nothing came.")
    look.press("Escape", "p")
    look.page.get_by_role("button", name="Decide them now").wait_for()
    look.press("y")
    look.page.wait_for_url(f"**{QUEUE}*")
    assert again(case).outcome == "RESOLVED_SELLER_FAVOUR"


def test_searches_are_kept_found_and_removed_by_keyboard(look: Look) -> None:
    case_to_decide()
    look.page.goto(QUEUE)
    look.press("7", "/")
    look.page.wait_for_url("**view=open*")
    look.press("/")
    look.page.keyboard.type("RD")
    look.press("Enter")
    look.page.wait_for_url("**text=RD*")
    look.press("s")
    look.page.keyboard.type("Ours")
    look.press("Control+Enter")
    look.page.get_by_role("link", name="Ours").wait_for()
    look.press("c", "v", "Enter")
    look.page.wait_for_url("**text=RD*")
    look.press("x", "Enter")
    expect(look.page.get_by_role("link", name="Ours")).to_have_count(0)
    assert not SavedView.objects.exists()


def test_help_lists_what_has_come_since_the_page_was_opened(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(url(case))
    look.press("?")
    row = look.page.locator("#keys [data-for=u]")
    expect(row).to_be_hidden()
    look.press("Escape")
    act(send_message, case.public_id, staff_actor_of(Role.ADJUDICATOR), timezone.now(), body="Hm.")
    look.page.evaluate("htmx.trigger('#arrived', 'look')")
    look.page.get_by_role("link", name="Show it").wait_for()
    look.press("?")
    expect(row).to_be_visible()


def test_t_takes_the_next_case_from_home(look: Look) -> None:
    case = case_to_decide()
    look.page.goto(HOME)
    look.press("t")
    look.page.wait_for_url(f"**{url(case)}*")


def test_leaving_after_a_choice_from_a_list_is_asked_about(look: Look) -> None:
    asked: list[str] = []
    look.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    address = url(case_to_decide())
    for choose in (False, True):
        look.page.goto(address)
        look.press("e")
        if choose:
            look.page.locator("form[action*='/evidence/'] select").first.select_option(index=1)
        look.press("Escape", "g", "h")
        look.page.wait_for_url("**/admin/")
        assert asked == ["beforeunload"] * choose
