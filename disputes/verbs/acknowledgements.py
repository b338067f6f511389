"""The seller says what came back; of a damaged or used item, the two settle a deduction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from disputes.enums import Acknowledgement
from disputes.lifecycle import State, Verb
from disputes.queries.known import Snapshot, ruling_reason
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.returns import open_of, pay_return, return_to_review, to_refund
from disputes.verbs.transition import Happening, Transition, require, told, waits

# What only staff can settle, once the seller has said it of a return.
CONTESTED = frozenset(
    {
        Acknowledgement.ITEM_NOT_RECEIVED,
        Acknowledgement.EMPTY_PACKAGE,
        Acknowledgement.MISSING_ITEMS,
    }
)


def acknowledge_return(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    acknowledgement: str,
    note: str = "",
    deduction_percent: int = 0,
) -> Transition:
    """The seller says what came back. Received: the buyer is paid. Damaged or used: the seller

    asks for a deduction, up to the rulebook's most, and the buyer answers. Anything else goes to
    review. All but a plain receipt need a note.
    """
    require(case, Verb.ACKNOWLEDGE_RETURN, actor, now)
    known = _known_acknowledgement(acknowledgement)
    _check_deduction(case, known, deduction_percent)
    received = known == Acknowledgement.ITEM_RECEIVED
    note = note.strip() if received and not note.strip() else required_text(note, "note")
    acknowledged = replace(
        open_of(case),
        acknowledgement=known.value,
        acknowledged_at=now,
        note=note,
        deduction_percent=deduction_percent,
    )
    data = {"acknowledgement": known.value, "sha256": text_digest(note) if note else ""}
    said = Happening("case.return_acknowledged", data)
    case = replace(case, returning=acknowledged)
    if received:
        return pay_return(case, actor, now, (said,))
    if known in CONTESTED:
        return return_to_review(case, actor, now, (said,))
    return _deduct(case, actor, now, said)


def accept_deduction(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """The buyer takes the refund less the deduction; it is paid at once."""
    require(case, Verb.ACCEPT_DEDUCTION, actor, now)
    return pay_return(case, actor, now, (Happening("case.deduction_accepted", {}),))


def contest_deduction(case: Snapshot, actor: Actor, now: datetime, *, note: str) -> Transition:
    """The buyer says why the deduction is wrong; staff decide."""
    require(case, Verb.CONTEST_DEDUCTION, actor, now)
    note = required_text(note, "note")
    contested = Happening("case.deduction_contested", {"sha256": text_digest(note)})
    return return_to_review(case, actor, now, (contested,), note)


def most_deduction(case: Snapshot) -> int:
    """The most percent a seller may deduct for a used or damaged return, by *Returns*."""
    inputs = {"reason": ruling_reason(case.reason, case.sub_reason)}
    return case.book.evaluate("returns", {**inputs}).number("max_deduction")


def _known_acknowledgement(told_type: str) -> Acknowledgement:
    if told_type not in Acknowledgement.values:
        raise Invalid(
            f"{told_type!r} is no acknowledgement; use one of {', '.join(Acknowledgement.values)}.",
            code="unknown_acknowledgement",
            field="acknowledgement_type",
        )
    return Acknowledgement(told_type)


def _check_deduction(case: Snapshot, known: Acknowledgement, percent: int) -> None:
    most = most_deduction(case) if known == Acknowledgement.DAMAGED else 0
    least = 1 if most else 0
    if not least <= percent <= most:
        raise Invalid(
            _("Deduct from %(least)d to %(most)d percent here.") % {"least": least, "most": most},
            code="deduction_out_of_range",
            field="deduction_percent",
            extra={"minimum": least, "maximum": most},
        )


def _deduct(case: Snapshot, actor: Actor, now: datetime, said: Happening) -> Transition:
    """The seller wants part of the money for a used or damaged item: the buyer's word is asked."""
    after = waits(case, State.DEDUCTION_TO_BUYER, now)
    rest = to_refund(case)
    data = {
        "percent": open_of(case).deduction_percent,
        "refund": rest.to_json(),
        "due_at": after.due_at,
    }
    return Transition(
        case,
        after,
        actor,
        now,
        (said, Happening("case.deduction_claimed", data)),
        outbox=(told(case, "dispute.updated", after, event="case.deduction_claimed"),),
        returned=case.returning,
    )
