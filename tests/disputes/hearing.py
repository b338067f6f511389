"""Cases under appeal, and how they are heard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backoffice.common.actors import Actor
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from disputes.models import Case
from disputes.service.act import Acted, act
from disputes.sweeps import sweep_cases
from disputes.verbs.appeals import appeal
from disputes.verbs.hearing import decide_appeal
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import a_senior, again, decide, under_review
from tests.factories import buyer_of, seller_of

NEW = "The carrier has found it."
AT = NOW + timedelta(days=3)


def appealed(minor: int, borne_by: str = "SELLER", by: str = "SELLER", of: int = 10_000) -> Case:
    """A case in which Ann gave the buyer so much, and that side appealed."""
    case = under_review([of])
    decide(case, minor, borne_by)
    sweep_cases(AT)
    act(appeal, case.public_id, (seller_of if by == "SELLER" else buyer_of)(case), AT, text=NEW)
    return again(case)


def hear(case: Case, outcome: str, minor: int | None = None, **more: Any) -> Acted:
    actor: Actor = more.pop("actor", None) or a_senior("Sue")
    ruling = {"borne_by": "SELLER", "reason": "Heard.", "outcome": outcome} | more
    if minor is not None:
        ruling["refund"] = Money(minor, "USD")
    return act(decide_appeal, case.public_id, actor, AT, **ruling)


def kinds() -> dict[str, int]:
    rows = Transfer.objects.filter(state="POSTED").values_list("kind", "amount_minor")
    return dict(rows)
