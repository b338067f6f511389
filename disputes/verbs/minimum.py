"""The buyer's minimum: what he must show before the seller's time to answer begins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from backoffice.rulebook.engine.book import Rulebook
from disputes.enums import Party
from disputes.lifecycle import State
from disputes.queries.known import Snapshot, ruling_reason
from disputes.verbs.transition import Happening, Transition, told, waits


def minimum(book: Rulebook, reason: str) -> tuple[str, ...]:
    """The evidence types a buyer must give for `reason`, by *Evidence asked for*."""
    asked = book.evaluate("evidence_asked", {"reason": reason, "party": Party.BUYER.value})
    return tuple(str(row["evidence_type"]) for row in asked.matches if row["required"])


def missing(case: Snapshot, given: Collection[str] = ()) -> tuple[str, ...]:
    """What the buyer has still to show, if he now gives evidence of these types."""
    shown = case.buyer_showed.union(given)
    asked = minimum(case.book, ruling_reason(case.reason, case.sub_reason))
    return tuple(kind for kind in asked if kind not in shown)


def completed(
    case: Snapshot, step: Transition, given: Collection[str], now: datetime
) -> Transition:
    """`step`, which gives evidence of these types; if nothing is missing, the seller is asked."""
    if case.state != State.BUYER_TO_SHOW or missing(case, given):
        return step
    after = waits(case, State.SELLER_TO_ANSWER, now)
    shown = Happening("case.minimum_shown", {"due_at": after.due_at})
    message = told(case, "dispute.updated", after, event=shown.action)
    return replace(step, after=after, events=(*step.events, shown), outbox=(message,))
