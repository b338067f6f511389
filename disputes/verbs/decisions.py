"""Staff decide: full, partial or none; who is paid and who bears it are two questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import Fact
from backoffice.rulebook.engine.evaluation import Evaluation
from disputes.enums import BorneBy, DecisionCode, Outcome
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot, ruling_inputs
from disputes.queries.would_change import would_change
from disputes.verbs.holding import ABOVE_LIMIT, require_free
from disputes.verbs.line_amounts import LineAward, by_line
from disputes.verbs.messages import MAX_LENGTH, required_text
from disputes.verbs.proposals import execute, settle, to_approve
from disputes.verbs.resolution import Ruling
from disputes.verbs.transition import Transition, require

__all__ = ["ABOVE_LIMIT", "adjudicate", "approvals_needed", "foresee", "outcome_of"]


def adjudicate(case: Snapshot, actor: Actor, now: datetime, **ruling: Any) -> Transition:
    """Decide the case; `ruling` is what `ruling_from` takes.

    Above the rulebook's approval limit, and where its ruling wants two of staff, it waits for a
    second, senior person; where its *Comment period* says so, for what both sides have to say.
    Raises CaseLocked where a colleague has the case, Invalid naming the field.
    """
    require(case, Verb.ADJUDICATE, actor, now)
    require_free(case, actor, now)
    ruled = ruling_from(case, now, **ruling)
    if approvals_needed(case, Money(ruled.refund_minor, case.currency), now) == "TWO_STAFF":
        return to_approve(case, ruled, actor, now)
    return settle(case, ruled, actor, now)


def foresee(case: Snapshot, actor: Actor, now: datetime, **ruling: Any) -> Transition:
    """What `adjudicate` will come to once all have agreed: for a preview, never to be written."""
    require(case, Verb.ADJUDICATE, actor, now)
    require_free(case, actor, now)
    return execute(case, ruling_from(case, now, **ruling), actor, now)


def ruling_from(
    case: Snapshot,
    now: datetime,
    *,
    refund: Money | None = None,
    borne_by: str = "",
    lines: Mapping[str, LineAward] | None = None,
    return_needed: bool = False,
    shared_ruling_id: int | None = None,
    **texts: Any,
) -> Ruling:
    """What staff wrote, checked. Raises Invalid naming the field.

    `refund` (0 to the requested amount) goes to the buyer in all, or each line gets what `lines`
    say; `borne_by` pays it. The `texts` are those of `_checked_texts`.
    """
    shares = by_line(case, lines) if lines else None
    refund = Money(sum(shares.values()), case.currency) if shares is not None else refund
    if refund is None:
        raise Invalid(_("Say how much."), code="amount_required", field="refund_amount")
    check_amount(case, refund)
    if refund.minor and borne_by not in BorneBy.values:
        raise Invalid(
            _("Say who bears the refund: %s.") % ", ".join(BorneBy.values),
            code="bearer_required",
            field="borne_by",
        )
    return Ruling(
        outcome_of(refund, borne_by),
        refund_minor=refund.minor,
        borne_by=borne_by if refund.minor else "",
        return_needed=return_needed and bool(refund.minor),
        recommended=recommendation(case, now).trace.to_json(),
        would_change=tuple(one.to_json() for one in would_change(case, now)),
        lines=shares,
        shared_ruling_id=shared_ruling_id,
        **_checked_texts(**texts),
    )


def _checked_texts(
    *, reason: str, code: str = "", buyer_text: str = "", seller_text: str = ""
) -> dict[str, Any]:
    """`reason` both sides read; `code` is it in a word, with a text for each side of its own unless

    `buyer_text` or `seller_text` is given.
    """
    if code and code not in DecisionCode.values:
        raise Invalid(f"{code!r} is not a reason code.", code="unknown_code", field="code")
    return {
        "reason": required_text(reason, "reason"),
        "code": code,
        "buyer_text": _own_text(buyer_text, "buyer_text"),
        "seller_text": _own_text(seller_text, "seller_text"),
    }


def recommendation(case: Snapshot, now: datetime) -> Evaluation:
    """What the rulebook recommends for the case as it is known now."""
    return case.book.evaluate("ruling", ruling_inputs(case, case.now.seller_answer, now))


def approvals_needed(case: Snapshot, refund: Money, now: datetime) -> str:
    """STAFF or TWO_STAFF, by the rulebook's *Ruling* and *Approval limit*; STAFF to refund none."""
    if not refund.minor:
        return "STAFF"
    if recommendation(case, now).text("decided_by") == "TWO_STAFF":
        return "TWO_STAFF"
    inputs: dict[str, Fact] = {"value": refund}
    return case.book.evaluate("approval_limit", inputs).text("decided_by")


def outcome_of(refund: Money, borne_by: str) -> Outcome:
    """The outcome's word: who was favoured, and WITH_PAYOUT where the seller does not pay."""
    if not refund.minor:
        return Outcome.SELLER_FAVOUR
    return Outcome.BUYER_FAVOUR if borne_by == BorneBy.SELLER else Outcome.WITH_PAYOUT


def check_amount(case: Snapshot, refund: Money) -> None:
    """Raises Invalid for another currency, or an amount that was not asked for."""
    if refund.currency != case.currency:
        raise Invalid(
            _("The case is in %s.") % case.currency,
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


def _own_text(text: str, field: str) -> str:
    return required_text(text, field, MAX_LENGTH) if text.strip() else ""
