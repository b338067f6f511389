"""What every test stands on: the data, the lanes, the property tests' sizes, a clean database."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from backoffice.rulebook import queries as rulebook
from tests.snapshot import take_snapshot

ROOT = Path(__file__).resolve().parent.parent
# In CI every lane has to run: there, a test that would be skipped fails instead.
REQUIRED = os.environ.get("REDRESS_REQUIRE_LANES") == "1"
POSTGRES_ONLY = "needs PostgreSQL: make test-postgres runs it"

hypothesis_settings.register_profile(
    "default",
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile(
    "soak",
    parent=hypothesis_settings.get_profile("default"),
    max_examples=5_000,
    stateful_step_count=60,
)
hypothesis_settings.load_profile("default")


def pytest_configure(config: pytest.Config) -> None:
    """Make logging in cheap: the real hashers are slow on purpose. Files go where they are lost."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    media = tempfile.TemporaryDirectory(prefix="redress-media-")
    settings.STORAGES["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": media.name},
    }
    config.add_cleanup(media.cleanup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep PostgreSQL's tests to PostgreSQL, and the browser's tests to one worker."""
    for item in items:
        if item.get_closest_marker("postgres") and not on_postgresql():
            item.add_marker(pytest.mark.skip(reason=POSTGRES_ONLY))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure where every lane is required."""
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if POSTGRES_ONLY not in reason:
            report.outcome = "failed"
            report.longrepr = f"REDRESS_REQUIRE_LANES=1, but this was skipped: {reason}"
    return report


def on_postgresql() -> bool:
    """Whether this run is the PostgreSQL lane."""
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real data (orders, tracking numbers, photos), which is not in this project."""
    folder = Path(os.environ.get("REDRESS_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real data: set REDRESS_DATA or put it in ../shared/data")
    return folder


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Each test begins in English: a request in Chinese leaves its language in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _rulebooks_of_one_test() -> Iterator[None]:
    """Forget compiled rulebooks: the next test's version 2 is another than this one's."""
    yield
    rulebook.book.cache_clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, the system's own; playwright's download is not needed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium: install chromium")
    # Playwright runs an event loop in this thread, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file: threads of one memory database lock each other out."""
    if not on_postgresql():
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Restore a snapshot after a transactional test, where Django would flush.

    The flush would be refused by the append-only triggers, and would lose what migrations put
    there: the roles and the default rulebook.
    """
    with django_db_blocker.unblock():
        restore: Callable[[], None] = take_snapshot(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: restore())
        yield
    with django_db_blocker.unblock():  # or the database could not be dropped
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
