from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.audit.models import Event
from backoffice.audit.queries import chain
from backoffice.common.actors import SYSTEM
from backoffice.common.errors import Invalid, Refused
from backoffice.orders.models import Shipment
from disputes.models import Case, Offer, PausedWait
from disputes.service.act import act
from disputes.service.desk import put_case_back
from disputes.service.pauses import declare_pause
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import deny
from disputes.verbs.extensions import extend
from disputes.verbs.offers import make_offer
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import person, under_review
from tests.disputes.settling import fresh, offered, usd
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def pause(start: float, end: float, carrier: str = "") -> None:
    """Clocks stand still between these days after NOW."""
    declare_pause(NOW + start * DAY, NOW + end * DAY, "Strike.", SYSTEM, NOW, carrier)


def due(case: Case) -> float:
    """Days after NOW."""
    return (fresh(case).due_at - NOW) / DAY


@pytest.mark.parametrize(
    ("start", "end", "then"),
    [(1, 3, 7), (-2, 1, 6), (4.5, 10, 10.5), (5, 9, 5), (6, 9, 5)],
)
def test_pause_moves_the_deadline_by_its_part_in_the_wait(
    case: Case, start: float, end: float, then: float
) -> None:
    pause(start, end)
    sweep_cases(NOW)
    assert due(case) == then


def test_pause_moves_it_once(case: Case) -> None:
    pause(1, 3)
    sweep_cases(NOW)
    sweep_cases(NOW + DAY)
    assert (due(case), PausedWait.objects.get().seconds) == (7, 2 * 86_400)


def test_pause_says_so_in_the_cases_history(case: Case) -> None:
    pause(1, 3)
    sweep_cases(NOW)
    event = chain("case", case.public_id).last()
    assert (event.action, event.data["reason"]) == ("case.clock_paused", "Strike.")


def test_pause_counts_for_a_wait_that_begins_in_it(case: Case) -> None:
    pause(1, 3)
    sweep_cases(NOW)
    act(deny, case.public_id, seller_of(case), NOW + 2 * DAY, reason="OTHER", note="No.")
    assert due(case) == 10  # seven days of talking from the end of the pause, before any sweep
    sweep_cases(NOW + 2 * DAY)
    assert due(case) == 10


def test_pause_counts_for_a_claim_filed_in_it() -> None:
    pause(-1, 3)
    assert due(a_case(an_order(NOW), NOW)) == 8


def test_pause_counts_for_a_case_that_was_set_aside_meanwhile(case: Case) -> None:
    pause(1, 3)
    Case.objects.filter(pk=case.pk).update(sweep_error="It failed.")
    sweep_cases(NOW + 2 * DAY)
    put_case_back(case.public_id, person("Ann"), NOW + 4.5 * DAY)
    assert due(case) == 7


def test_extend_into_a_pause_moves_beyond_it(case: Case) -> None:
    pause(6, 8)
    act(extend, case.public_id, buyer_of(case), NOW, hours=48, reason="Travel.")
    assert due(case) == 9


def test_counter_offer_in_a_pause_has_its_whole_time() -> None:
    case = offered()
    pause(1, 3)
    act(
        make_offer,
        case.public_id,
        buyer_of(case),
        NOW + 2 * DAY,
        offer_type="REFUND",
        amount=usd(9_000),
    )
    assert Offer.objects.get(answer="").due_at == fresh(case).due_at == NOW + 13 * DAY


def test_pause_saves_who_is_late_before_any_sweep(case: Case) -> None:
    pause(4, 8)
    act(deny, case.public_id, seller_of(case), NOW + 6 * DAY, reason="OTHER", note="No.")
    assert fresh(case).state == "NEGOTIATION"


def test_pause_of_a_carrier_stops_its_parcels_alone(case: Case) -> None:
    other = a_case(an_order(NOW), NOW)
    for external_id, of, carrier in (("p-1", case, "ups"), ("p-2", other, "DHL")):
        Shipment.objects.create(
            external_id=external_id,
            order_ref=of.order.external_id,
            order=of.order,
            carrier=carrier,
            fed_at=NOW,
        )
    pause(1, 3, "UPS")
    sweep_cases(NOW)
    assert (due(case), due(other)) == (7, 5)


def test_pauses_of_two_carriers_at_once_count_once(case: Case) -> None:
    for number, carrier in enumerate(("UPS", "DHL")):
        Shipment.objects.create(
            external_id=f"p-{number}",
            order_ref=case.order.external_id,
            order=case.order,
            carrier=carrier,
            fed_at=NOW,
        )
    pause(1, 3, "UPS")
    pause(2, 4, "DHL")
    sweep_cases(NOW)
    assert due(case) == 8


def test_pause_leaves_staffs_clock() -> None:
    case = under_review(an_order(NOW))
    before = fresh(case).due_at
    pause(-1, 30)
    sweep_cases(NOW)
    assert fresh(case).due_at == before


def test_pause_moves_the_open_offer() -> None:
    case = offered()
    pause(1, 3)
    sweep_cases(NOW)
    assert Offer.objects.get().due_at == fresh(case).due_at == NOW + 12 * DAY


def test_declare_pause_is_audited() -> None:
    pause(1, 3)
    assert Event.objects.get(action="pause.declared").data["reason"] == "Strike."


def test_declare_pause_that_meets_another_is_refused() -> None:
    pause(1, 3, "UPS")
    pause(2, 4, "DHL")
    with pytest.raises(Refused) as refusal:
        pause(2, 4)
    assert refusal.value.code == "pauses_meet"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (3, 2), (-9, -2), (0, 400)])
def test_declare_pause_empty_or_over_is_refused(start: float, end: float) -> None:
    with pytest.raises(Invalid) as refusal:
        pause(start, end)
    assert refusal.value.field == "ends_at"


def test_command_declares_a_pause() -> None:
    now: datetime = timezone.now()
    told = {"starts_at": now, "ends_at": now + DAY}
    times = {name: at.isoformat() for name, at in told.items()}
    call_command(
        "declare_pause",
        "--from",
        times["starts_at"],
        "--until",
        times["ends_at"],
        "--why",
        "Storm.",
        stdout=StringIO(),
    )
    with pytest.raises(CommandError):
        call_command(
            "declare_pause",
            "--from",
            times["starts_at"],
            "--until",
            times["ends_at"],
            "--why",
            "x",
        )
