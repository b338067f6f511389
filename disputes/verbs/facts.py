"""New facts move a case: a delivery scan, a lost parcel, a refund the marketplace made itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import SYSTEM
from backoffice.common.money import Money
from disputes.enums import Outcome
from disputes.lifecycle import APPEAL_STATES, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.decisions import recommendation
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import Happening, Transition, require, updated


def note_facts(case: Snapshot, now: datetime, *, kinds: tuple[str, ...]) -> Transition:
    """Evaluate the ruling again on the order's new facts and inform both sides. No clock moves."""
    require(case, Verb.NOTE_FACTS, SYSTEM, now)
    data = {
        "kinds": list(kinds),
        "tracking": case.facts.tracking,
        "delivered_at": case.facts.delivered_at,
        "recommended": recommendation(case, now).trace.to_json(),
    }
    return updated(case, case.now, SYSTEM, now, "case.facts_changed", data)


def note_refund(case: Snapshot, now: datetime, *, refunded: Money) -> Transition:
    """Count `refunded` towards the claim, so that it is never paid or deducted twice.

    A claim refunded in full ends there, and the seller's money is free again; one under appeal is
    still staff's to decide.
    """
    require(case, Verb.NOTE_REFUND, SYSTEM, now)
    credited = case.now.credited_minor + refunded.minor
    after = replace(case.now, credited_minor=credited)
    data = {"refunded": refunded.to_json(), "credited": Money(credited, case.currency).to_json()}
    noted = Happening("case.refund_noted", data)
    if credited < case.requested_minor or case.state in APPEAL_STATES:
        step = updated(case, after, SYSTEM, now, noted.action, data)
        return replace(step, refunds_counted_minor=refunded.minor)
    ruling = Ruling(Outcome.BUYER_FAVOUR, refund_minor=case.requested_minor)
    credited_case = replace(case, now=after)
    step = resolve(credited_case, ruling, SYSTEM, now, (noted,))
    return replace(step, before=case, refunds_counted_minor=refunded.minor)
