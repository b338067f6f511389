"""The one call behind every door: what it does when the deadline's own step fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import Refused
from backoffice.ledger.models import Transfer
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW
from tests.factories import buyer_of

LATER = NOW + timedelta(days=6)


def test_a_verb_on_a_case_whose_lapse_fails_is_refused_not_broken(case: Case) -> None:
    Transfer.objects.update(state="VOIDED", settled_at=NOW)
    with pytest.raises(Refused) as refusal:
        act(withdraw, case.public_id, buyer_of(case), LATER)
    assert refusal.value.code == "set_aside"
    case.refresh_from_db()
    assert case.version == 1


def test_a_verb_on_a_case_set_aside_is_refused_once_due(case: Case) -> None:
    Case.objects.update(sweep_error="KeyError")
    act(send_message, case.public_id, buyer_of(case), NOW, body="Hello?")
    with pytest.raises(Refused):
        act(send_message, case.public_id, buyer_of(case), LATER, body="Hello?")
