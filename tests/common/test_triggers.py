from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from backoffice.accounts.models import ApiClient
from backoffice.common.triggers import Guard, run
from tests.accounts.factories import NOW

TABLE = "accounts_apiclient"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> ApiClient:
    return ApiClient.objects.create(name="market", created_at=NOW)


def guarded(**unless: str) -> Guard:
    """A guard put up on a table that has none; the test's transaction takes it down."""
    guard = Guard(TABLE, **unless)
    run(connection, guard.create_sql(connection.vendor))
    return guard


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as exc:
        return f"{TABLE} is append-only" in str(exc)
    return False


UPDATE, DELETE = f"UPDATE {TABLE} SET active = false", f"DELETE FROM {TABLE}"


@pytest.fixture(autouse=True)
def take_down() -> Iterator[None]:
    yield
    run(connection, Guard(TABLE).drop_sql(connection.vendor))


def test_a_guard_refuses_update_and_delete(client: ApiClient) -> None:
    guarded()
    assert (refused(UPDATE), refused(DELETE)) == (True, True)


def test_a_guard_lets_rows_in(client: ApiClient) -> None:
    guarded()
    ApiClient.objects.create(name="second", created_at=NOW)


def test_a_permitted_step_passes_and_no_other(client: ApiClient) -> None:
    guarded(update_unless="OLD.active AND NOT NEW.active", delete_unless="NOT OLD.active")
    assert (refused(DELETE), refused(UPDATE)) == (True, False)
    assert (refused(UPDATE), refused(DELETE)) == (True, False)


@pytest.mark.postgres
def test_a_guard_refuses_truncate() -> None:
    guarded()
    assert refused(f"TRUNCATE {TABLE} CASCADE")


def test_a_guard_taken_down_is_gone(client: ApiClient) -> None:
    guard = guarded()
    run(connection, guard.drop_sql(connection.vendor))
    assert (refused(UPDATE), refused(DELETE)) == (False, False)
