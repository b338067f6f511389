"""Staff decide: full, partial or none; who is paid and who bears it are two questions."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Forbidden, Invalid
from backoffice.common.money import Money
from backoffice.rulebook.engine.evaluation import Evaluation
from disputes.enums import BorneBy, Outcome
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot, ruling_inputs
from disputes.verbs.messages import required_text
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import Transition, require

ABOVE_LIMIT = "disputes.adjudicate_above_limit"


def adjudicate(
    case: Snapshot, actor: Actor, now: datetime, *, refund: Money, borne_by: str, reason: str
) -> Transition:
    """Decide the case. `refund` (0 to the requested amount) goes to the buyer, `borne_by` pays it.

    Above the rulebook's approval limit, and where its ruling wants two of staff, only a senior
    adjudicator may decide.
    """
    require(case, Verb.ADJUDICATE, actor, now)
    _check_amount(case, refund)
    if refund.minor and borne_by not in BorneBy.values:
        raise Invalid(
            _("Say who bears the refund: %s.") % ", ".join(BorneBy.values),
            code="bearer_required",
            field="borne_by",
        )
    reason = required_text(reason, "reason")
    if approvals_needed(case, refund, now) == "TWO_STAFF" and ABOVE_LIMIT not in actor.permissions:
        raise Forbidden(
            _("A refund of %s here needs a senior adjudicator; hand the case over.") % refund,
            code="above_approval_limit",
            field="refund_amount",
        )
    recommended = recommendation(case, now)
    ruling = Ruling(
        outcome_of(refund, borne_by),
        refund_minor=refund.minor,
        borne_by=borne_by if refund.minor else "",
        recommended=recommended.trace.to_json(),
        reason=reason,
    )
    return resolve(case, ruling, actor, now)


def recommendation(case: Snapshot, now: datetime) -> Evaluation:
    """What the rulebook recommends for the case as it is known now."""
    return case.book.evaluate("ruling", ruling_inputs(case, case.now.seller_answer, now))


def approvals_needed(case: Snapshot, refund: Money, now: datetime) -> str:
    """STAFF or TWO_STAFF, by the rulebook's *Ruling* and *Approval limit*; STAFF to refund none."""
    if not refund.minor:
        return "STAFF"
    if recommendation(case, now).text("decided_by") == "TWO_STAFF":
        return "TWO_STAFF"
    return case.book.evaluate("approval_limit", {"value": refund}).text("decided_by")


def outcome_of(refund: Money, borne_by: str) -> Outcome:
    """The outcome's word: who was favoured, and WITH_PAYOUT where the seller does not pay."""
    if not refund.minor:
        return Outcome.SELLER_FAVOUR
    return Outcome.BUYER_FAVOUR if borne_by == BorneBy.SELLER else Outcome.WITH_PAYOUT


def _check_amount(case: Snapshot, refund: Money) -> None:
    if refund.currency != case.currency:
        raise Invalid(
            f"The case is in {case.currency}.",
            code="currency_mismatch",
            field="refund_amount.currency_code",
        )
    if not 0 <= refund.minor <= case.requested_minor:
        raise Invalid(
            _("Refund between 0 and %s.") % case.requested,
            code="amount_out_of_range",
            field="refund_amount",
            extra={"maximum": case.requested.to_json()},
        )
