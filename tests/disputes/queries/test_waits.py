"""How long a case waited on whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backoffice.common.actors import SYSTEM
from backoffice.rulebook.engine.calendar import Calendar
from disputes.enums import Party
from disputes.models import Case
from disputes.queries.waits import waited_on, waits
from disputes.service.act import act
from disputes.service.pauses import declare_pause
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim, deny
from tests.disputes.conftest import NOW
from tests.disputes.settling import DAMAGED, offer
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lengths(case: Case) -> list[tuple[str, float]]:
    return [(str(w.what), w.length(NOW + 9 * DAY) / DAY) for w in waits(case.public_id)]


def test_waits_follow_each_other_to_the_present(case: Case) -> None:
    act(deny, case.public_id, seller_of(case), NOW + 2 * DAY, reason="OTHER", note="No.")
    offer(case, buyer_of(case), 7_000, at=NOW + 5 * DAY)
    assert lengths(case) == [("SELLER_RESPONSE", 2), ("NEGOTIATION", 3), ("OFFER_RESPONSE", 4)]


def test_waits_begin_with_the_buyer_who_has_to_show_first() -> None:
    case = a_case(an_order(NOW), NOW, shown=False, **DAMAGED)
    assert lengths(case) == [("BUYER_MINIMUM", 9)]


def test_waits_end_with_the_case(case: Case) -> None:
    act(accept_claim, case.public_id, seller_of(case), NOW + DAY)
    assert [w.until for w in waits(case.public_id)] == [NOW + DAY]


def test_waited_on_counts_a_talk_for_both(case: Case) -> None:
    act(deny, case.public_id, seller_of(case), NOW + 2 * DAY, reason="OTHER", note="No.")
    found = waited_on(waits(case.public_id), NOW + 5 * DAY)
    assert found == {Party.SELLER: 5 * DAY, Party.BUYER: 3 * DAY}


def test_waits_say_what_a_pause_gave(case: Case) -> None:
    declare_pause(NOW + DAY, NOW + 3 * DAY, "Strike.", SYSTEM, NOW)
    sweep_cases(NOW)
    assert [w.paused for w in waits(case.public_id)] == [2 * DAY]


def test_waited_on_leaves_out_what_stood_still(case: Case) -> None:
    declare_pause(NOW + DAY, NOW + 3 * DAY, "Strike.", SYSTEM, NOW)
    sweep_cases(NOW)
    holiday = Calendar(days_off=frozenset({date(2026, 3, 5)}))
    found = waits(case.public_id, holiday)
    assert waited_on(found, NOW + 2 * DAY) == {Party.SELLER: DAY}
    assert waited_on(found, NOW + 5 * DAY) == {Party.SELLER: 2 * DAY}
    assert found[0].stood_still(NOW + 5 * DAY) == 3 * DAY


def test_waits_cost_the_same_for_a_long_story(
    case: Case, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    for turn in range(6):
        offer(case, (seller_of, buyer_of)[turn % 2](case), at=NOW + turn * DAY)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(waits(case.public_id)) == 8
