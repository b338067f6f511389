from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from backoffice.audit.models import Event
from backoffice.audit.queries import timeline
from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid, Refused
from backoffice.outbox.models import Message as Told
from disputes.models import Case, Note
from disputes.service.act import CaseStuck, act
from disputes.verbs.messages import text_digest
from disputes.verbs.notes import add_note
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW, adjudicator, staff
from tests.factories import buyer_of, seller_of

Again = Callable[[], Case]


def note(case: Case, body: str = "The third parcel of this kind.") -> None:
    act(add_note, case.public_id, adjudicator(), NOW, body=body)


def test_add_note_keeps_who_wrote_what(case: Case) -> None:
    note(case)
    found = Note.objects.get()
    assert (found.body, found.author_ref) == ("The third parcel of this kind.", adjudicator().ref)


def test_add_note_keeps_its_digest_in_the_chain_for_staff_alone(case: Case) -> None:
    note(case, "Hm.")
    event = Event.objects.get(action="case.note_added")
    assert event.data == {"sha256": text_digest("Hm.")}
    for party in (ActorKind.BUYER, ActorKind.SELLER):
        assert [e.action for e in timeline("case", case.public_id, party)] == ["case.filed"]


def test_add_note_moves_no_clock_and_tells_nobody(case: Case, again: Again) -> None:
    told, due_at = Told.objects.count(), case.due_at
    note(case)
    assert (again().due_at, case.state, Told.objects.count()) == (due_at, "SELLER_TO_ANSWER", told)


def test_add_note_to_a_resolved_case(case: Case) -> None:
    act(withdraw, case.public_id, buyer_of(case), NOW)
    note(case)
    assert Note.objects.count() == 1


@pytest.mark.parametrize("body", ["", "  \n", "x" * 2001], ids=["empty", "blank", "long"])
def test_add_note_of_nothing_or_too_much_is_refused(case: Case, body: str) -> None:
    with pytest.raises(Invalid) as refusal:
        note(case, body)
    assert refusal.value.field == "note"


@pytest.mark.parametrize("party", [buyer_of, seller_of])
def test_add_note_by_a_party_is_refused(case: Case, party: Callable[[Case], object]) -> None:
    with pytest.raises(Refused):
        act(add_note, case.public_id, party(case), NOW, body="Hello")


def test_add_note_needs_the_permission(case: Case) -> None:
    with pytest.raises(Refused):
        act(add_note, case.public_id, staff(), NOW, body="Hello")


def test_add_note_to_a_case_that_is_stuck_goes_on_anyway(case: Case, again: Again) -> None:
    Case.objects.update(sweep_error="broken")
    late = NOW + timedelta(days=6)
    with pytest.raises(CaseStuck):
        act(add_note, case.public_id, adjudicator(), late, body="Look at this.")
    act(add_note, case.public_id, adjudicator(), late, anyway=True, body="Look at this.")
    assert (again().state, Note.objects.count()) == ("SELLER_TO_ANSWER", 1)


@pytest.mark.django_db
def test_a_note_is_never_changed(case: Case) -> None:
    note(case)
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.update(body="Something else.")
