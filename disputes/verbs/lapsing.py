"""What happens when a deadline passes: the rulebook's *Silence* table says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import cast

from backoffice.common.actors import SYSTEM
from backoffice.common.errors import Refused
from backoffice.common.money import Money
from backoffice.rulebook.engine.evaluation import Evaluation
from disputes.enums import Outcome, SellerAnswer
from disputes.lifecycle import PLACES, State, Verb, Waiting
from disputes.queries.known import Snapshot, ruling_inputs, ruling_reason
from disputes.verbs.decisions import outcome_of
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import (
    ClosedRequest,
    Happening,
    Transition,
    require,
    response_time,
    told,
    waits,
)


def lapse(case: Snapshot, now: datetime) -> Transition:
    """The step that the passing of `case.now.due_at` brings. Raises Refused before its time."""
    require(case, Verb.LAPSE, SYSTEM, now)
    if not case.due(now):
        raise Refused("The deadline has not passed.", code="not_due")
    if PLACES[case.state].waiting == Waiting.REVIEW:
        return _remind(case, now)
    waiting = str(PLACES[case.state].waiting)
    reason = ruling_reason(case.reason, case.sub_reason)
    silence = case.book.evaluate("silence", {"waiting": waiting, "reason": reason})
    return CONSEQUENCES[silence.text("consequence")](case, silence, now)


def _by_rule(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """Silence is an answer: the Ruling table decides, if it lets a rule decide; else staff do.

    It rules on the facts as they stood at the deadline: a late sweep changes nobody's fate. A
    seller who gave evidence was not silent; staff look at it.
    """
    ruled = case.book.evaluate("ruling", ruling_inputs(case, _silent(case), _deadline(case)))
    if case.seller_gave_evidence or ruled.text("decided_by") != "RULE":
        return _to_review(case, silence, now)
    refund = Money(case.requested_minor, case.currency).percent(ruled.number("refund_percent"))
    borne_by = ruled.text("borne_by")
    ruling = Ruling(
        outcome_of(refund, borne_by),
        refund_minor=refund.minor,
        borne_by=borne_by if refund.minor else "",
        return_needed=ruled.flag("return_needed"),
        recommended=ruled.trace.to_json(),
    )
    lapsed = _lapsed(case, silence)
    return resolve(case, ruling, SYSTEM, now, (lapsed,), seller_answer=_silent(case))


def _to_review(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """The case goes to staff, who are told that the time passed in silence."""
    after = waits(case, State.UNDER_REVIEW, now, seller_answer=_silent(case))
    escalated = Happening("case.escalated", {"by": SYSTEM.kind.value, "due_at": after.due_at})
    return Transition(
        case,
        after,
        SYSTEM,
        now,
        (_lapsed(case, silence), escalated),
        outbox=(told(case, "dispute.updated", after, event="case.escalated"),),
        request=ClosedRequest(answered=False),
    )


def _close(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """The side that was asked let its claim go: the case ends without a refund."""
    ruling = Ruling(Outcome.SELLER_FAVOUR, recommended=silence.trace.to_json())
    return resolve(case, ruling, SYSTEM, now, (_lapsed(case, silence),))


CONSEQUENCES: dict[str, Callable[[Snapshot, Evaluation, datetime], Transition]] = {
    "RULE": _by_rule,
    "ESCALATE": _to_review,
    "REVIEW": _to_review,
    "CLOSE": _close,
}


def _remind(case: Snapshot, now: datetime) -> Transition:
    """Staff are late: the case is due again and they are told. Time never decides for them."""
    due_at = now + response_time(case, "REVIEW_REMINDER")
    after = replace(case.now, due_at=due_at, reminders=case.now.reminders + 1)
    late = Happening("case.review_overdue", {"reminder": after.reminders, "due_at": due_at})
    message = told(case, "dispute.updated", after, event="case.review_overdue")
    return Transition(case, after, SYSTEM, now, (late,), outbox=(message,))


def _deadline(case: Snapshot) -> datetime:
    """The deadline that passed: `lapse` has seen that there is one."""
    return cast(datetime, case.now.due_at)


def _silent(case: Snapshot) -> str:
    """The seller's answer after this lapse: silent, if it was his to answer and he has not."""
    waited_for_seller = PLACES[case.state].waiting == Waiting.SELLER_RESPONSE
    if case.seller_gave_evidence:
        return case.now.seller_answer
    return SellerAnswer.SILENT.value if waited_for_seller else case.now.seller_answer


def _lapsed(case: Snapshot, silence: Evaluation) -> Happening:
    data = {
        "waiting": str(PLACES[case.state].waiting),
        "due_at": case.now.due_at,
        "silence": silence.trace.to_json(),
    }
    return Happening("case.lapsed", data)
