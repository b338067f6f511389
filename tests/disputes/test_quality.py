"""A share of staff's decisions is looked at again by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from backoffice.audit.queries import chain
from backoffice.common.errors import Forbidden, Invalid, Refused
from backoffice.common.money import Money
from disputes.enums import Instance
from disputes.models import Case, Decision, QualityCheck
from disputes.queries.quality import rates, to_check
from disputes.service.act import act
from disputes.service.quality import look_again
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import deny
from disputes.verbs.appeals import appeal
from disputes.verbs.escalation import escalate
from disputes.verbs.hearing import decide_appeal
from disputes.verbs.quality import lot
from tests.disputes.admin.desk import staff_client
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import a_senior, decide, person
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(db: None) -> QualityCheck:
    """A decision of Ann's that was drawn: 5% are, so the case is one of many."""
    case = next(c for c in iter(lambda: a_case(an_order(NOW), NOW), None) if drawn(c))
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), NOW, note="Decide.")
    decide(case, 0)
    return QualityCheck.objects.get()


def drawn(case: Case) -> bool:
    return lot(case.public_id, Instance.FIRST) < 5


def test_a_draw_is_always_the_same_and_even() -> None:
    ids = [f"RD-{n}" for n in range(4_000)]
    lots = [lot(public_id, Instance.FIRST) for public_id in ids]
    assert lots == [lot(public_id, Instance.FIRST) for public_id in ids]
    assert 140 < sum(n < 5 for n in lots) < 260


def test_what_a_rule_decided_is_not_drawn() -> None:
    for _ in range(40):
        a_case(an_order(NOW, prices=[60_000]), NOW)
    sweep_cases(NOW + timedelta(days=6))
    assert not QualityCheck.objects.exists()


def test_somebody_else_agrees_or_not_and_says_why(check: QualityCheck) -> None:
    assert list(to_check(int(person("Bob").ref))) == [check]
    look_again(check.pk, person("Bob"), NOW, verdict="DISAGREE", note="It was shown.")
    check.refresh_from_db()
    assert (check.verdict, check.checked_by) == ("DISAGREE", person("Bob").ref)
    found = rates(NOW, NOW + timedelta(days=1))
    assert (found.agreed, found.disagreed, found.agreement) == (0, 1, 0)
    assert chain("quality_check", str(check.pk)).get().action == "quality.checked"


def test_nobody_looks_at_his_own(check: QualityCheck) -> None:
    assert not to_check(int(person("Ann").ref)).exists()
    with pytest.raises(Forbidden):
        look_again(check.pk, person("Ann"), NOW, verdict="AGREE", note="Yes.")


def test_who_decided_first_does_not_look_at_the_appeal_that_changed_it(
    check: QualityCheck,
) -> None:
    case = check.decision.case
    act(appeal, case.public_id, buyer_of(case), NOW, text="There is a photo.")
    paid = {"outcome": "CHANGED", "refund": Money(100, "USD"), "borne_by": "PLATFORM"}
    act(decide_appeal, case.public_id, a_senior("Sue"), NOW, reason="See the photo.", **paid)
    heard = Decision.objects.get(instance=Instance.APPEAL)
    # It may have been drawn by itself: that hangs on the case's id.
    of_appeal, _ = QualityCheck.objects.get_or_create(
        decision=heard, defaults={"drawn_at": NOW, "decided_by": heard.decided_by_ref}
    )
    for decider in (person("Ann"), a_senior("Sue")):
        assert not to_check(int(decider.ref)).exists()
        with pytest.raises(Forbidden):
            look_again(of_appeal.pk, decider, NOW, verdict="DISAGREE", note="No.")
    look_again(of_appeal.pk, person("Bob"), NOW, verdict="AGREE", note="Yes.")


def test_a_look_is_kept_once(check: QualityCheck) -> None:
    look_again(check.pk, person("Bob"), NOW, verdict="AGREE", note="Yes.")
    with pytest.raises(Refused):
        look_again(check.pk, person("Eve"), NOW, verdict="AGREE", note="Yes.")
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.update(note="No.")


@pytest.mark.parametrize(
    ("verdict", "note", "field"), [("?", "So.", "verdict"), ("AGREE", " ", "note")]
)
def test_a_look_that_says_nothing_is_refused(
    check: QualityCheck, verdict: str, note: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        look_again(check.pk, person("Bob"), NOW, verdict=verdict, note=note)
    assert refusal.value.field == field


def test_the_desk_shows_and_keeps_looks(check: QualityCheck) -> None:
    client, page = staff_client(), reverse("admin:disputes_case_second_looks")
    assert check.decision.case.public_id in client.get(page).content.decode()
    address = reverse("admin:disputes_case_second_look", args=[check.pk])
    client.post(address, {"verdict": "AGREE"})
    client.post(address, {"verdict": "AGREE", "note": "I would, too."})
    check.refresh_from_db()
    assert check.verdict == "AGREE"
