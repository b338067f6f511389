"""A window of Chromium with somebody logged in, and what its pages complain of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page

GRAVE = {"serious", "critical"}


@dataclass
class Look:
    """A page in the browser, and what it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def problems(self) -> list[str]:
        """Horizontal scroll, messages of the console, and axe's grave findings, once loaded."""
        self.page.wait_for_load_state()
        found = list(self.complaints)
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if width > 0:
            found.append(f"scrolls sideways by {width} px")
        for violation in Axe().run(self.page).response["violations"]:
            if violation["impact"] in GRAVE:
                nodes = [node["html"] for node in violation["nodes"][:3]]
                found.append(f"axe: {violation['id']}: {nodes}")
        return found

    def press(self, *keys: str) -> None:
        """These keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@contextmanager
def window(
    browser: Browser, address: str, client: Client | None, width: int = 1400, **look: Any
) -> Iterator[Look]:
    """A window in which whoever `client` is logged in as (None: nobody) looks at `address`."""
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=address, viewport=viewport, **look)
    if client:
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    seen = Look(context.new_page())

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.complaints.append(message.text)

    seen.page.on("console", hear)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()
