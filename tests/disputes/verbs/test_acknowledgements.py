from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import Invalid, Refused
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from disputes.models import Case, Evidence, Return
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.acknowledgements import (
    accept_deduction,
    acknowledge_return,
    contest_deduction,
)
from disputes.verbs.evidence import provide_evidence
from tests.disputes.conftest import NOW
from tests.disputes.settling import a_file_of, fresh, shipped, to_ship
from tests.factories import buyer_of, seller_of

pytestmark = pytest.mark.django_db


def acknowledge(case: Case, kind: str, note: str = "As told.", percent: int = 0) -> Case:
    seller = seller_of(case)
    said = {"acknowledgement": kind, "note": note, "deduction_percent": percent}
    said["files"] = a_file_of(case, seller) if percent else ()
    act(acknowledge_return, case.public_id, seller, NOW, **said)
    return fresh(case)


def test_acknowledge_return_received_pays_what_was_agreed() -> None:
    case = acknowledge(shipped(), "ITEM_RECEIVED", note="")
    assert (case.outcome, case.refunded_minor, case.borne_by) == ("ACCEPTED", 8_000, "SELLER")
    assert Return.objects.get().result == "REFUNDED"


@pytest.mark.parametrize(
    "kind", ["ITEM_NOT_RECEIVED", "EMPTY_PACKAGE_OR_DIFFERENT", "MISSING_ITEMS", "DAMAGED"]
)
def test_acknowledge_return_of_something_else_goes_to_review(kind: str) -> None:
    case = acknowledge(shipped(), kind)
    assert (case.state, Return.objects.get().result) == ("UNDER_REVIEW", "IN_REVIEW")
    assert Transfer.objects.get().state == TransferState.PENDING


def test_acknowledge_return_damaged_asks_the_buyer() -> None:
    case = acknowledge(shipped(), "DAMAGED", "Scratched all over.", 25)
    assert (case.state, case.due_at) == ("DEDUCTION_TO_BUYER", NOW + timedelta(days=5))
    assert Return.objects.get().deduction_percent == 25


@pytest.mark.parametrize(
    ("kind", "percent"), [("DAMAGED", -1), ("DAMAGED", 51), ("ITEM_RECEIVED", 1)]
)
def test_acknowledge_return_with_a_deduction_out_of_range_is_refused(
    kind: str, percent: int
) -> None:
    with pytest.raises(Invalid) as refusal:
        acknowledge(shipped(), kind, percent=percent)
    assert refusal.value.field == "deduction_percent"


def test_acknowledge_return_damaged_needs_a_note() -> None:
    with pytest.raises(Invalid) as refusal:
        acknowledge(shipped(), "DAMAGED", " ", 10)
    assert refusal.value.field == "note"


@pytest.mark.parametrize("document", [True, False])
def test_acknowledge_return_with_a_deduction_needs_a_photo(document: bool) -> None:
    case = shipped()
    files = a_file_of(case, seller_of(case), photo=False) if document else ()
    said = {"acknowledgement": "DAMAGED", "note": "Used.", "deduction_percent": 1, "files": files}
    with pytest.raises(Invalid) as refusal:
        act(acknowledge_return, case.public_id, seller_of(case), NOW, **said)
    assert (refusal.value.field, refusal.value.code) == ("files", "photo_required")
    assert fresh(case).state == "RETURN_UNDERWAY"


def test_acknowledge_return_shows_the_photo_to_both_sides() -> None:
    case = acknowledge(shipped(), "DAMAGED", "Scratched.", 25)
    (said,) = case.messages.all()
    assert (said.body, said.with_files.get().file.name) == ("Scratched.", "back.jpg")


def test_acknowledge_return_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        acknowledge(shipped(), "BROKEN")
    assert refusal.value.code == "unknown_acknowledgement"


def test_acknowledge_return_before_it_was_sent_is_refused() -> None:
    with pytest.raises(Refused):
        acknowledge(to_ship(), "ITEM_RECEIVED")


def test_accept_deduction_pays_the_rest() -> None:
    case = acknowledge(shipped(), "DAMAGED", percent=25)
    act(accept_deduction, case.public_id, buyer_of(case), NOW)
    assert (fresh(case).refunded_minor, fresh(case).outcome) == (6_000, "ACCEPTED")


def test_accept_deduction_rounds_to_the_minor_unit() -> None:
    case = acknowledge(shipped(3_333), "DAMAGED", percent=50)
    act(accept_deduction, case.public_id, buyer_of(case), NOW)
    assert fresh(case).refunded_minor == 1_666


def test_contest_deduction_goes_to_review() -> None:
    case = acknowledge(shipped(), "DAMAGED", percent=25)
    buyer = buyer_of(case)
    shown = a_file_of(case, buyer)
    act(contest_deduction, case.public_id, buyer, NOW, note="It was new.", files=shown)
    said = case.messages.get(author="BUYER")
    assert (fresh(case).state, said.body) == ("UNDER_REVIEW", "It was new.")
    assert [link.file for link in said.with_files.all()] == list(shown)
    assert Return.objects.get().result == "IN_REVIEW"


def test_lapse_of_a_deduction_pays_the_rest() -> None:
    case = acknowledge(shipped(), "DAMAGED", percent=25)
    sweep_cases(NOW + timedelta(days=6))
    assert (fresh(case).refunded_minor, Return.objects.get().result) == (6_000, "REFUNDED")


def test_provide_evidence_about_a_return_leaves_it_as_it_stands() -> None:
    case = acknowledge(shipped(), "DAMAGED", "Scratched all over.", 25)
    before = (case.state, case.due_at)
    shows = {"evidence_type": "OTHER", "note": "It was scratched when it came."}
    act(provide_evidence, case.public_id, buyer_of(case), NOW, **shows)
    assert (fresh(case).state, fresh(case).due_at) == before
    assert Evidence.objects.latest("id").note == shows["note"]
