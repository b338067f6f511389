"""How the invented staff decide: mostly as the rulebook recommends, now and then in between."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from disputes.demo import words
from disputes.enums import BorneBy
from disputes.queries.known import Snapshot
from disputes.verbs.decisions import recommendation


def decision(dice: Random, case: Snapshot, now: datetime) -> dict[str, Any]:
    """The parameters of adjudicate."""
    advice = recommendation(case, now)
    percent, borne_by = advice.number("refund_percent"), advice.text("borne_by")
    if percent and dice.random() < 0.15:
        percent = dice.choice((30, 40, 50, 60))
    elif borne_by == BorneBy.SELLER and percent == 100 and dice.random() < 0.08:
        percent = 0
    refund = case.requested.percent(percent)
    return {"refund": refund, "borne_by": borne_by, "reason": _reason(dice, percent, borne_by)}


def _reason(dice: Random, percent: int, borne_by: str) -> str:
    if not percent:
        return dice.choice(words.FOR_SELLER)
    if borne_by != BorneBy.SELLER:
        return dice.choice(words.BY_OTHERS)
    return dice.choice(words.FOR_BUYER if percent == 100 else words.IN_PART)
