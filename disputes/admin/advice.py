"""What the rulebook recommends for a case, in words and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from backoffice.common.money import Money
from disputes.admin import present
from disputes.queries.known import Snapshot
from disputes.queries.would_change import sentences, would_change
from disputes.verbs.decisions import approvals_needed, recommendation


@dataclass(frozen=True, slots=True)
class Recommended:
    """The rulebook's ruling in words, and what it means in money."""

    sentence: str
    refund: Money
    pay: Money
    borne_by: str
    bearer: str
    decided_by: str
    return_needed: bool = False
    would_change: tuple[str, ...] = ()


def recommended(case: Snapshot, now: datetime) -> Recommended:
    """What the rulebook recommends now."""
    ruling = recommendation(case, now)
    refund = case.requested.percent(ruling.number("refund_percent"))
    credited = Money(case.now.credited_minor, case.currency)
    pay = Money(max(0, refund.minor - credited.minor), case.currency)
    bearer = ruling.text("borne_by")
    decided_by = ruling.text("decided_by")
    if decided_by != "RULE":
        decided_by = approvals_needed(case, refund, now)
    sentence = case.book.explain(ruling.trace, gettext)
    return Recommended(
        sentence,
        refund,
        pay,
        bearer,
        present.bears(bearer),
        decided_by,
        ruling.flag("return_needed"),
        tuple(sentences(case.book, would_change(case, now))),
    )
