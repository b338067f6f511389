"""The forms of a case page: one for each thing its reader may do now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from backoffice.common.actors import Actor
from disputes.admin.advice import recommended
from disputes.admin.ruling_forms import AppealForm, RulingForm
from disputes.forms import (
    FULL,
    NONE,
    PARTIAL,
    AssignForm,
    DeskForm,
    EvidenceRequestForm,
    ExtendForm,
    MessageForm,
    NoteForm,
    PressForm,
    ReconsiderForm,
    ReturnAddressForm,
    SendBackForm,
)
from disputes.lifecycle import Verb, verbs_for
from disputes.queries.known import Snapshot
from disputes.verbs.decisions import approvals_needed
from disputes.verbs.holding import conflict

# What who had a part in a decision leaves to others.
JUDGING = frozenset({Verb.TAKE, Verb.APPROVE, Verb.SEND_BACK, Verb.DECIDE_APPEAL})


def case_forms(
    case: Snapshot, actor: Actor, now: datetime, filled: Mapping[str, Any]
) -> dict[str, Any]:
    """A form for each thing this reader may do now; what he has filled in is kept."""
    may, seen = set(verbs_for(actor.kind, case.state, actor.permissions)), as_seen(case)
    refusal = conflict(case, actor) if may & JUDGING else None
    if refusal:
        may -= JUDGING
    fresh: dict[str, tuple[Verb, Callable[[], DeskForm]]] = {
        "take_form": (Verb.TAKE, lambda: PressForm(initial=seen)),
        "release_form": (Verb.RELEASE, lambda: PressForm(initial=seen)),
        "assign_form": (Verb.ASSIGN, lambda: AssignForm(initial=seen)),
        "message_form": (Verb.SEND_MESSAGE, lambda: MessageForm(initial=seen)),
        "note_form": (Verb.ADD_NOTE, lambda: NoteForm(initial=seen)),
        "evidence_form": (Verb.REQUIRE_EVIDENCE, lambda: EvidenceRequestForm(initial=seen)),
        "extend_form": (Verb.EXTEND, lambda: ExtendForm(initial=seen | _asked(case))),
        "address_form": (Verb.GIVE_RETURN_ADDRESS, lambda: ReturnAddressForm(initial=seen)),
        "approve_form": (Verb.APPROVE, lambda: PressForm(initial=seen)),
        "send_back_form": (Verb.SEND_BACK, lambda: SendBackForm(initial=seen)),
        "reconsider_form": (Verb.RECONSIDER, lambda: ReconsiderForm(initial=seen)),
        "adjudicate_form": (Verb.ADJUDICATE, lambda: adjudicate_form(case, now)),
        "appeal_form": (Verb.DECIDE_APPEAL, lambda: AppealForm(case, initial=seen)),
    }
    forms: dict[str, Any] = {
        name: filled.get(name) or make() if verb in may else None
        for name, (verb, make) in fresh.items()
    }
    forms["conflict"] = refusal
    if case.now.assignee_id is None:
        forms["release_form"] = None
    forms["unsent"] = next((f for n, f in filled.items() if f and forms.get(n) is None), None)
    forms["senior_needed"] = (
        Verb.ADJUDICATE in may and approvals_needed(case, case.requested, now) == "TWO_STAFF"
    )
    return forms


def adjudicate_form(case: Snapshot, now: datetime) -> RulingForm:
    """The form filled in with what the rulebook recommends."""
    ruling = recommended(case, now)
    decision = FULL if ruling.refund == case.requested else PARTIAL if ruling.refund.minor else NONE
    initial = {
        **as_seen(case),
        "decision": decision,
        "amount": f"{ruling.refund.decimal():f}" if decision == PARTIAL else "",
        "borne_by": ruling.borne_by,
        "return_needed": ruling.return_needed,
    }
    return RulingForm(case, initial=initial)


def _asked(case: Snapshot) -> dict[str, int]:
    """The hours that a side asked for."""
    hours = case.now.extension_asked_hours
    return {"hours": hours} if hours else {}


def as_seen(case: Snapshot) -> dict[str, int]:
    """At which version, and after which event, a page shows the case."""
    return {"version": case.version, "seen": case.chain.length}
