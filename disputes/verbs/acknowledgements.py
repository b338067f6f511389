"""The seller says what came back; of a damaged or used item, the two settle a deduction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.files.enums import Kind
from backoffice.files.models import StoredFile
from disputes.enums import Acknowledgement
from disputes.lifecycle import PLACES, State, Verb
from disputes.queries.known import Snapshot, ruling_reason
from disputes.verbs.files import sealed
from disputes.verbs.messages import message_row, required_text, text_digest
from disputes.verbs.returns import open_of, pay_return, return_to_review, to_refund
from disputes.verbs.transition import Happening, Transition, require, told, waits


def acknowledge_return(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    acknowledgement: str,
    note: str = "",
    deduction_percent: int = 0,
    files: Sequence[StoredFile] = (),
) -> Transition:
    """The seller says what came back. Received: the buyer is paid. Damaged or used: the seller

    may ask for a deduction, up to the rulebook's most, and the buyer answers. Anything else goes
    to review. All but a plain receipt need a note, and a deduction a photo; `files` show what came,
    as a message.
    """
    require(case, Verb.ACKNOWLEDGE_RETURN, actor, now)
    known = _known_acknowledgement(acknowledgement)
    _check_deduction(case, known, deduction_percent)
    received = known == Acknowledgement.ITEM_RECEIVED
    note = note.strip() if received and not note.strip() else required_text(note, "note")
    _check_photo(deduction_percent, files)
    acknowledged = replace(
        open_of(case),
        acknowledgement=known.value,
        acknowledged_at=now,
        note=note,
        deduction_percent=deduction_percent,
    )
    digest = text_digest(note) if note else ""
    data = {"acknowledgement": known.value, "sha256": digest, "files": sealed(files)}
    said = Happening("case.return_acknowledged", data)
    case = replace(case, returning=acknowledged)
    goes_on = pay_return if received else _deduct if deduction_percent else return_to_review
    step = goes_on(case, actor, now, (said,))
    if not files:
        return step
    shown = message_row(case.id, actor, now, note, PLACES[case.state].stage, files)
    return replace(step, rows=(*step.rows, shown))


def accept_deduction(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """The buyer takes the refund less the deduction; it is paid at once."""
    require(case, Verb.ACCEPT_DEDUCTION, actor, now)
    return pay_return(case, actor, now, (Happening("case.deduction_accepted", {}),))


def contest_deduction(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    note: str,
    files: Sequence[StoredFile] = (),
) -> Transition:
    """The buyer says why the deduction is wrong, and may show how the goods left; staff decide."""
    require(case, Verb.CONTEST_DEDUCTION, actor, now)
    note = required_text(note, "note")
    data = {"sha256": text_digest(note), "files": sealed(files)}
    contested = Happening("case.deduction_contested", data)
    step = return_to_review(case, actor, now, (contested,))
    said = message_row(case.id, actor, now, note, PLACES[case.state].stage, files)
    return replace(step, rows=(*step.rows, said))


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
    if not 0 <= percent <= most:
        raise Invalid(
            _("Deduct from %(least)d to %(most)d percent here.") % {"least": 0, "most": most},
            code="deduction_out_of_range",
            field="deduction_percent",
            extra={"minimum": 0, "maximum": most},
        )


def _check_photo(percent: int, files: Sequence[StoredFile]) -> None:
    """Who keeps money for a damaged or used item shows it."""
    if percent and not any(file.kind == Kind.PHOTO for file in files):
        raise Invalid(
            _("Add a photo of what came back: a deduction has to be shown."),
            code="photo_required",
            field="files",
        )


def _deduct(
    case: Snapshot, actor: Actor, now: datetime, first: tuple[Happening, ...]
) -> Transition:
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
        (*first, Happening("case.deduction_claimed", data)),
        outbox=(told(case, "dispute.updated", after, event="case.deduction_claimed"),),
        returned=case.returning,
    )
