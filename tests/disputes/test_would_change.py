"""What would change a ruling, computed from the table that ships."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rulebook.default import default_book
from backoffice.rulebook.engine.columns import Fact
from backoffice.rulebook.schemas import RULING
from disputes.models import Decision
from disputes.queries.would_change import Alternative, alternatives, sentences
from tests.disputes.reviewing import decide, under_review

DELIVER_BY = datetime(2026, 5, 2, tzinfo=UTC)
LATE = DELIVER_BY + timedelta(days=14)
LOST: dict[str, Fact] = {
    "reason": "NOT_RECEIVED",
    "tracking": "MOVING",
    "proof_of_shipment": True,
    "days_late": 14,
    "seller_answer": "DENIED",
}


def said(now: datetime = LATE, **facts: Any) -> list[str]:
    book = default_book()
    return sentences(book, alternatives(book, {**LOST, **facts}, DELIVER_BY, now))


def test_a_late_parcel_tells_what_a_scan_would_have_changed() -> None:
    assert said() == [
        "With a delivery scan before 3 May 2026: no refund.",
        "With a delivery scan on or after 3 May 2026: 20% refund, borne by the seller,"
        " no return needed.",
        "If it were “lost by the carrier or damaged in transit”: full refund, borne by the carrier,"
        " no return needed.",
    ]


def test_a_parcel_still_in_time_tells_when_that_ends() -> None:
    found = said(DELIVER_BY, days_late=0)
    assert "Still undelivered on 3 May 2026: full refund, borne by the platform," in found[0]
    assert "Still undelivered on 10 May 2026: full refund, borne by the seller," in found[1]


def test_a_delivered_parcel_tells_nothing_of_being_undelivered() -> None:
    found = said(tracking="DELIVERED", days_late=2)
    assert not any("undelivered" in sentence for sentence in found)
    assert found[0] == "With a delivery scan before 3 May 2026: no refund."


@given(
    st.fixed_dictionaries(
        {
            "reason": st.sampled_from(RULING.inputs[0].values),
            "tracking": st.sampled_from(RULING.inputs[1].values),
            "proof_of_shipment": st.booleans(),
            "days_late": st.integers(0, 30),
            "seller_answer": st.sampled_from(RULING.inputs[4].values),
        }
    ),
    st.integers(0, 40),
)
def test_every_alternative_is_another_ruling_and_can_be_said(
    facts: dict[str, Fact], days: int
) -> None:
    book = default_book()
    actual = book.evaluate("ruling", facts).outputs
    found = alternatives(book, facts, DELIVER_BY, DELIVER_BY + timedelta(days=days))
    assert len(sentences(book, found)) == len(found)
    for one in found:
        assert any(actual[name] != value for name, value in one.outcome.items())
        assert Alternative.from_json(one.to_json()) == one


@pytest.mark.django_db
def test_a_decision_keeps_what_would_have_changed_it() -> None:
    decide(under_review([10_000]), 10_000)
    stored = Decision.objects.get().would_change
    assert {one["fact"] for one in stored} >= {"delivered"}
