"""A test that commits leaves nothing behind, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from backoffice.audit.models import Event
from backoffice.audit.service import NewEvent, append
from backoffice.common.actors import SYSTEM
from tests.snapshot import take_snapshot

AT = datetime(2026, 1, 2, tzinfo=UTC)


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def append_an_event() -> None:
    append([NewEvent("case", "1", "case.filed", SYSTEM, AT, {})])
    connection.close()


def in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_restore_brings_back_what_migrations_left() -> None:
    before, restore = counts(), take_snapshot(connection)
    in_a_thread(append_an_event)
    assert counts() == before | {"audit.Event": before["audit.Event"] + 1}
    restore()
    assert counts() == before


@pytest.mark.django_db(transaction=True)
def test_restore_leaves_the_guards_up() -> None:
    take_snapshot(connection)()
    append_an_event()
    with pytest.raises(DatabaseError):
        Event.objects.all().delete()
