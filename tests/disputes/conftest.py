"""A case, its people, and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind
from disputes.models import Case
from disputes.verbs.decisions import ABOVE_LIMIT
from tests.factories import a_case, an_order

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(db: None) -> Case:
    """A not-received claim of 100.00 USD, filed at NOW; the seller has five days."""
    return a_case(an_order(NOW), NOW)


@pytest.fixture
def again(case: Case) -> Callable[[], Case]:
    """Reads the case anew."""

    def read() -> Case:
        case.refresh_from_db()
        return case

    return read


def staff(*permissions: str) -> Actor:
    """A member of staff with these permissions."""
    user, _ = User.objects.get_or_create(email="ann@example.com", name="Ann", is_staff=True)
    return Actor(ActorKind.STAFF, str(user.pk), "Ann", permissions=frozenset(permissions))


def adjudicator() -> Actor:
    """Who may adjudicate up to the limit."""
    return staff("disputes.adjudicate_case")


def senior() -> Actor:
    """Who may adjudicate above it."""
    return staff("disputes.adjudicate_case", ABOVE_LIMIT)
