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
from disputes.enums import OfferAnswer, Outcome, ReturnResult, SellerAnswer
from disputes.lifecycle import LEVELS, PLACES, State, Verb, Waiting
from disputes.queries.known import Snapshot, ruling_inputs, ruling_reason
from disputes.verbs.decisions import outcome_of
from disputes.verbs.holding import freed
from disputes.verbs.proposals import final
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.returns import follow_return, open_return, pay_return
from disputes.verbs.transition import (
    ClosedOffer,
    ClosedRequest,
    Happening,
    Transition,
    due_by,
    ended_return,
    require,
    told,
    waits,
)


def lapse(case: Snapshot, now: datetime) -> Transition:
    """The step that the passing of `case.now.due_at` brings. Raises Refused before its time."""
    require(case, Verb.LAPSE, SYSTEM, now)
    if not case.due(now):
        raise Refused("The deadline has not passed.", code="not_due")
    waiting = str(PLACES[case.state].waiting)
    reason = ruling_reason(case.reason, case.sub_reason)
    silence = case.book.evaluate("silence", {"waiting": waiting, "reason": reason})
    step = follow_return(case, now, _deadline(case))
    if step:  # the goods were on their way in time, and nobody had looked yet
        return step
    step = CONSEQUENCES[silence.text("consequence")](case, silence, now)
    return replace(step, offer=ClosedOffer(OfferAnswer.EXPIRED)) if case.offer else step


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
    lapsed, answer = _lapsed(case, silence), _silent(case)
    if refund.minor and ruling.return_needed:
        return open_return(case, ruling, SYSTEM, now, first=(lapsed,), seller_answer=answer)
    return resolve(case, ruling, SYSTEM, now, (lapsed,), seller_answer=answer)


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
        returned=ended_return(case, ReturnResult.IN_REVIEW, now),
    )


def _close(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """The side that was asked let its claim go: the case ends without a refund.

    A claim that was never shown counts as withdrawn, so that it may be filed anew.
    """
    unshown = PLACES[case.state].waiting == Waiting.BUYER_MINIMUM
    outcome = Outcome.CANCELED_BY_BUYER if unshown else Outcome.SELLER_FAVOUR
    ruling = Ruling(outcome, recommended=silence.trace.to_json())
    step = resolve(case, ruling, SYSTEM, now, (_lapsed(case, silence),))
    return replace(step, returned=ended_return(case, ReturnResult.NOT_SENT, now))


def _expire(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """Nobody answered the offer: the two talk on."""
    after = waits(case, State.NEGOTIATION, now)
    return Transition(
        case,
        after,
        SYSTEM,
        now,
        (_lapsed(case, silence), Happening("case.offer_expired", {"due_at": after.due_at})),
        outbox=(told(case, "dispute.updated", after, event="case.offer_expired"),),
    )


def _refund(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """The return's agreed refund is paid, less a deduction that was not contested."""
    if case.returning is None:
        raise Refused("Only an open return has a refund to pay.", code="no_return")
    return pay_return(case, SYSTEM, now, (_lapsed(case, silence),))


def _remind(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """Staff are late: the case is due again, and more people learn of it each time.

    Time never decides for them, nor goes round a second approval. First a reminder; then the case
    is freed, for a colleague to take; from then on the lead is told.
    """
    level = LEVELS[min(case.now.reminders, len(LEVELS) - 1)]
    due_at = due_by(case, "REVIEW_REMINDER", now)
    after = replace(
        case.now,
        due_at=due_at,
        reminders=case.now.reminders + 1,
        overdue_since=case.now.overdue_since or case.now.due_at,
    )
    if level == "REASSIGN":
        after = freed(after)
    waiting = str(PLACES[case.state].waiting)
    data = {"waiting": waiting, "reminder": after.reminders, "level": level, "due_at": due_at}
    late = Happening("case.review_overdue", data)
    message = told(case, "dispute.updated", after, event="case.review_overdue", level=level)
    return Transition(case, after, SYSTEM, now, (late,), outbox=(message,))


def _final(case: Snapshot, silence: Evaluation, now: datetime) -> Transition:
    """Both sides had their time to comment on the proposed decision."""
    return final(case, now, SYSTEM, (_lapsed(case, silence),))


CONSEQUENCES: dict[str, Callable[[Snapshot, Evaluation, datetime], Transition]] = {
    "RULE": _by_rule,
    "ESCALATE": _to_review,
    "REVIEW": _to_review,
    "CLOSE": _close,
    "FINAL": _final,
    "REMIND": _remind,
    "EXPIRE": _expire,
    "REFUND": _refund,
}


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
