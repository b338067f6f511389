from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.verbs.line_amounts import LineAward, by_line
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order


@pytest.fixture
def case(db: None) -> Snapshot:
    return snapshots.peek(a_case(an_order(NOW, prices=[999, 1_000, 1]), NOW).public_id)


def test_a_percent_of_each_line_is_that_percent_of_all(case: Snapshot) -> None:
    shares = by_line(case, {ref: LineAward(percent=50) for ref in "123"})
    assert shares == {"1": 500, "2": 500, "3": 0}


def test_a_line_not_named_gets_nothing(case: Snapshot) -> None:
    assert by_line(case, {"2": LineAward(amount=Money(7, "USD"))}) == {"1": 0, "2": 7, "3": 0}


@pytest.mark.parametrize(
    "award",
    [
        LineAward(),
        LineAward(percent=101),
        LineAward(percent=1, amount=Money(1, "USD")),
        LineAward(amount=Money(1_001, "USD")),
        LineAward(amount=Money(1, "EUR")),
    ],
)
def test_an_award_that_cannot_be_names_its_line(case: Snapshot, award: LineAward) -> None:
    with pytest.raises(Invalid) as refusal:
        by_line(case, {"2": award})
    assert refusal.value.field == "lines.2"


def test_an_unknown_line_is_refused(case: Snapshot) -> None:
    with pytest.raises(Invalid):
        by_line(case, {"9": LineAward(percent=1)})


@given(percents=st.lists(st.integers(0, 100), min_size=3, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shares_sum_and_never_exceed_a_line(case: Snapshot, percents: list[int]) -> None:
    claimed = [line.requested_minor for line in case.lines]
    shares = by_line(case, {str(n): LineAward(percent=p) for n, p in enumerate(percents, 1)})
    exact = sum(c * p for c, p in zip(claimed, percents, strict=True))
    assert sum(shares.values()) == (exact * 2 + 100) // 200
    assert all(0 <= share <= c for share, c in zip(shares.values(), claimed, strict=True))
