"""Chains to test with, and a hand that breaks them behind the triggers' back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from backoffice.audit.service import NewEvent, append
from backoffice.common.actors import SYSTEM, Actor, ActorKind
from backoffice.common.triggers import Guard, run

AT = datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)
STAFF = Actor(ActorKind.STAFF, "7", "Ann")
KIND = "api_client"


def event(subject: str, action: str = "api_client.revoked", **data: object) -> NewEvent:
    """An event of `subject`; any action of the catalogue will do."""
    return NewEvent(KIND, subject, action, STAFF, AT, data)


def make_chains(**lengths: int) -> None:
    """Chains by subject, so many events long; the events lie interleaved."""
    longest = max(lengths.values())
    append(
        NewEvent(KIND, subject, "api_client.revoked", SYSTEM, AT + timedelta(hours=i), {"n": i})
        for i in range(longest)
        for subject, length in lengths.items()
        if i < length
    )


def tamper(statement: str, *values: object) -> None:
    """Run `statement` with the guard down, as somebody with the database in hand could."""
    guard = Guard("audit_event")
    run(connection, guard.drop_sql(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    run(connection, guard.create_sql(connection.vendor))
