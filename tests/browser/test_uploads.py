"""Uploading in a real browser: with progress, by drop and paste, and without JavaScript."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from backoffice.common.actors import ActorKind
from disputes.models import Case, EvidenceFile
from tests.browser.looking import Look, window
from tests.disputes.hosted.test_page import link
from tests.factories import a_case
from tests.files.photos import PDF, a_photo, encoded, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = list(product((1400, 390), ("light", "dark")))


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Look]:
    """A window of nobody's in particular: the link is all its holder has."""
    width, scheme = request.param
    with window(browser, live_server.url, None, width, color_scheme=scheme) as seen:
        yield seen


def opened(page: Page, case: Case) -> Any:
    """The form for evidence, open."""
    page.goto(link(case, ActorKind.SELLER))
    page.get_by_text("Show evidence").click()
    return page.locator("form[action$=provide-evidence]")


def chosen(*files: tuple[str, bytes]) -> list[dict[str, Any]]:
    kind = "application/octet-stream"
    return [{"name": name, "mimeType": kind, "buffer": content} for name, content in files]


def test_each_file_tells_how_far_it_is_and_one_that_fails_says_why(look: Look, case: Case) -> None:
    form = opened(look.page, case)
    large = encoded(picture(900, 900), "PNG") + os.urandom(2_000_000)
    form.locator(".upload-input").set_input_files(
        chosen(("cup.jpg", a_photo()), ("big.png", large), ("virus.jpg", b"MZ"), ("b.pdf", PDF))
    )
    expect(form.locator(".upload-done")).to_have_count(3)
    expect(form.locator(".upload-wrong .upload-why")).to_contain_text("whatever its name")
    expect(form.locator(".upload-list img:visible")).to_have_count(2)
    assert look.problems() == []
    form.get_by_role("button", name="Remove: big.png").click()
    form.get_by_role("button", name="Send").click()
    look.page.get_by_role("status").get_by_text("Done.").wait_for()
    assert [x.file.name for x in EvidenceFile.objects.order_by("id")] == ["cup.jpg", "b.pdf"]
    expect(look.page.locator(".hosted-files img")).to_have_count(1)
    assert look.problems() == []


def test_files_are_dropped_and_pasted(
    browser: Browser, live_server: LiveServer, case: Case
) -> None:
    with window(browser, live_server.url, None, 1400) as look:
        form = opened(look.page, case)
        for kind in ("drop", "paste"):
            form.evaluate(
                """(form, [kind, text]) => {
                    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
                    const all = new DataTransfer();
                    all.items.add(new File([bytes], `${kind}.jpg`));
                    const options = { bubbles: true, cancelable: true };
                    const event = kind === "drop"
                        ? new DragEvent(kind, { ...options, dataTransfer: all })
                        : new ClipboardEvent(kind, { ...options, clipboardData: all });
                    form.dispatchEvent(event);
                }""",
                [kind, base64.b64encode(a_photo()).decode()],
            )
        expect(form.locator(".upload-done")).to_have_count(2)


def test_a_form_waits_for_its_files(browser: Browser, live_server: LiveServer, case: Case) -> None:
    with window(browser, live_server.url, None, 1400) as look:
        form = opened(look.page, case)
        look.page.route("**/files", lambda route: None)  # it never arrives
        form.locator(".upload-input").set_input_files(chosen(("cup.jpg", a_photo())))
        form.get_by_role("button", name="Send").click()
        expect(form.locator(".upload-said")).to_contain_text("Wait until all files have arrived")
        form.get_by_role("button", name="Remove: cup.jpg").click()
        expect(form.locator(".upload-list > li:not(.upload-said)")).to_have_count(0)


def test_leaving_with_unsent_words_is_asked_about(
    browser: Browser, live_server: LiveServer, case: Case
) -> None:
    asked: list[str] = []
    with window(browser, live_server.url, None, 390) as look:
        form = opened(look.page, case)
        form.locator("textarea").fill("It never")
        look.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        look.page.evaluate("location.assign('/admin/login/')")
        look.page.wait_for_url("**/admin/login/")
    assert asked == ["beforeunload"]


def test_without_javascript_files_go_with_the_form(
    browser: Browser, live_server: LiveServer, case: Case, tmp_path: Path
) -> None:
    with window(browser, live_server.url, None, 390, java_script_enabled=False) as look:
        form = opened(look.page, case)
        form.locator(".upload-input").set_input_files(chosen(("cup.jpg", a_photo())))
        form.get_by_role("button", name="Send").click()
        look.page.get_by_role("status").get_by_text("Done.").wait_for()
    assert EvidenceFile.objects.get().file.name == "cup.jpg"
