"""The case page: everything about one case on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from backoffice.accounts.queries import staff_actor
from backoffice.audit import catalogue
from backoffice.audit.models import Event
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.money import Money
from backoffice.rulebook.queries import book
from disputes.admin import present
from disputes.admin.doors import Admin, reader, render
from disputes.enums import BorneBy, Outcome
from disputes.forms import (
    FULL,
    NONE,
    PARTIAL,
    AdjudicateForm,
    DeskForm,
    EvidenceRequestForm,
    MessageForm,
    TakeForm,
)
from disputes.lifecycle import Verb, verbs_for
from disputes.models import Decision
from disputes.queries import snapshots
from disputes.queries.asked import evidence_asked
from disputes.queries.detail import CaseDetail, case_detail, sentence
from disputes.queries.known import Snapshot, days_late
from disputes.verbs.decisions import ABOVE_LIMIT, approvals_needed, recommendation

TRACES = ("silence", "recommended")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline, with the rules it rests on."""

    at: datetime
    kind: str
    sentence: str
    rules: list[str]


@dataclass(frozen=True, slots=True)
class Recommended:
    """The rulebook's ruling in words, and what it means in money."""

    sentence: str
    refund: Money
    pay: Money
    borne_by: str
    bearer: str
    decided_by: str


def case_page(admin: Admin, request: HttpRequest, public_id: str, **forms: Any) -> HttpResponse:
    """The page of one case. `forms` are those to show again as they were filled in."""
    now = timezone.now()
    before = request.GET.get("before", "")
    detail = case_detail(public_id, int(before) if _is_number(before) else None)
    case, actor = detail.case, staff_actor(reader(request))
    snapshot = snapshots.peek(public_id)
    if any(form.errors for form in forms.values()):
        messages.error(request, gettext("Not done: mend what is marked below."))
    return render(
        admin,
        request,
        "case.html",
        title=public_id,
        detail=detail,
        case=case,
        row=present.row(case, now),
        stage=present.stage(case),
        known=snapshot.facts,
        days_late=days_late(snapshot.facts, case.resolved_at or now),
        lines=[
            (x, Money(x.requested_minor, case.currency), Money(x.line.price_minor, case.currency))
            for x in detail.lines
        ],
        timeline=[_entry(event) for event in detail.timeline.events],
        transfers=[(t, Money(t.amount_minor, t.currency)) for t in detail.transfers],
        credited=Money(case.credited_minor, case.currency) if case.credited_minor else None,
        messages_shown=[(m, _author(detail, m.author, m.author_ref)) for m in detail.messages],
        wanted=evidence_asked(snapshot) if case.due_at else [],
        asked=[(r, detail.staff.get(r.asked_by, "")) for r in detail.requests],
        recommended=recommended(snapshot, now) if case.due_at else None,
        decided=_decided(detail),
        may_put_back=_may(actor, snapshot, Verb.PUT_BACK) and bool(case.sweep_error),
        **_forms(snapshot, actor, now, forms),
    )


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
    return Recommended(sentence, refund, pay, bearer, present.bears(bearer), decided_by)


def adjudicate_form(case: Snapshot, now: datetime) -> AdjudicateForm:
    """The form filled in with what the rulebook recommends."""
    ruling = recommended(case, now)
    decision = FULL if ruling.refund == case.requested else PARTIAL if ruling.refund.minor else NONE
    initial = {
        **_seen(case),
        "decision": decision,
        "amount": f"{ruling.refund.decimal():f}" if decision == PARTIAL else "",
        "borne_by": ruling.borne_by,
    }
    return AdjudicateForm(case.requested, initial=initial)


def _forms(
    case: Snapshot, actor: Actor, now: datetime, filled: Mapping[str, Any]
) -> dict[str, Any]:
    """A form for each thing this reader may do now; what he has filled in is kept."""
    may, seen = verbs_for(actor.kind, case.state, actor.permissions), _seen(case)
    fresh: dict[str, tuple[Verb, Callable[[], DeskForm]]] = {
        "take_form": (Verb.TAKE, lambda: TakeForm(initial=seen)),
        "message_form": (Verb.SEND_MESSAGE, lambda: MessageForm(initial=seen)),
        "evidence_form": (Verb.REQUIRE_EVIDENCE, lambda: EvidenceRequestForm(initial=seen)),
        "adjudicate_form": (Verb.ADJUDICATE, lambda: adjudicate_form(case, now)),
    }
    forms: dict[str, Any] = {
        name: filled.get(name) or make() if verb in may else None
        for name, (verb, make) in fresh.items()
    }
    forms["unsent"] = next((f for n, f in filled.items() if f and forms.get(n) is None), None)
    forms["mine"] = case.now.assignee_id == int(actor.ref)
    forms["senior_needed"] = (
        Verb.ADJUDICATE in may
        and ABOVE_LIMIT not in actor.permissions
        and approvals_needed(case, case.requested, now) == "TWO_STAFF"
    )
    return forms


def _may(actor: Actor, case: Snapshot, verb: Verb) -> bool:
    return verb in verbs_for(actor.kind, case.state, actor.permissions)


def _seen(case: Snapshot) -> dict[str, int]:
    return {"version": case.version, "seen": case.chain.length}


def _entry(event: Event) -> Entry:
    traces = (event.data.get(name) for name in TRACES)
    rules = [book(t["version"]).explain(t, gettext) for t in traces if t]
    return Entry(event.at, event.actor_kind.lower(), sentence(event), rules)


def _author(detail: CaseDetail, author: str, ref: str) -> str:
    if author == ActorKind.STAFF:
        return detail.staff.get(ref, gettext("Staff"))
    return str(detail.case.buyer if author == ActorKind.BUYER else detail.case.seller)


def _decided(detail: CaseDetail) -> dict[str, Any] | None:
    decision = detail.decision
    if decision is None:
        return None
    trace = decision.recommended
    return {
        "decision": decision,
        "refund": Money(decision.refund_minor, decision.currency),
        "outcome": Outcome(decision.outcome).label,
        "bearer": BorneBy(decision.borne_by).label if decision.borne_by else "",
        "rule": book(trace["version"]).explain(trace, gettext) if trace else "",
        "by": _decider(detail, decision),
    }


def _decider(detail: CaseDetail, decision: Decision) -> str:
    kind = ActorKind(decision.decided_by_kind)
    name = detail.staff.get(decision.decided_by_ref, "") if kind == ActorKind.STAFF else ""
    return name or str(catalogue.ACTOR_NAMES[kind])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
