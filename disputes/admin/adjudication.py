"""Deciding a case, first and on appeal: money moves, so the page before says what will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.audit import catalogue
from backoffice.common.actors import ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferKind, TransferState
from disputes.admin import present
from disputes.admin.acting import DECIDED, done, refuse
from disputes.admin.advice import Recommended, recommended
from disputes.admin.case_page import case_page
from disputes.admin.doors import Admin, actor_for, render
from disputes.admin.ruling_forms import AppealForm, RulingForm
from disputes.admin.walk import listed, next_of, on_from, query_of
from disputes.enums import BorneBy, Party
from disputes.lifecycle import PLACES, State, Verb, Waiting
from disputes.models import Case, Decision
from disputes.queries import snapshots
from disputes.queries.decision_texts import text_for
from disputes.queries.known import Snapshot
from disputes.service.act import CaseChanged, VerbFunction
from disputes.verbs.decisions import adjudicate as adjudicate_verb
from disputes.verbs.decisions import foresee
from disputes.verbs.hearing import decide_appeal, foresee_appeal
from disputes.verbs.transition import Transition


@dataclass(frozen=True, slots=True)
class Told:
    """What a side will read: the event's sentence, and its own text."""

    name: str
    sentence: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision will do, before it is made.

    `first` is what it waits for before anything of it happens ("approval", "comment" or ""), until
    `until`; `moves` are an appeal's transfers.
    """

    pay: Money
    credited: Money
    bearer: str
    by_seller: bool
    hold: Money | None
    hold_posted: bool
    differs: bool
    told: list[Told]
    first: str = ""
    until: datetime | None = None
    after_return: bool = False
    moves: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A verb that rules on a case, with the form it is ruled by."""

    verb: Verb
    function: VerbFunction
    foresee: VerbFunction
    form: Callable[..., RulingForm]
    form_name: str


FIRST = Ruled(Verb.ADJUDICATE, adjudicate_verb, foresee, RulingForm, "adjudicate_form")
ON_APPEAL = Ruled(Verb.DECIDE_APPEAL, decide_appeal, foresee_appeal, AppealForm, "appeal_form")
WAITS_FIRST = {Waiting.APPROVAL: "approval", Waiting.COMMENT: "comment"}


def adjudicate(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """First show what will happen; decide only when that page is confirmed."""
    return _rule(admin, request, public_id, FIRST)


def on_appeal(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for the decision on an appeal."""
    return _rule(admin, request, public_id, ON_APPEAL)


def _rule(admin: Admin, request: HttpRequest, public_id: str, how: Ruled) -> HttpResponse:
    actor = actor_for(request, how.verb)
    case, now = snapshots.peek(public_id), timezone.now()
    form = how.form(case, request.POST)
    if not form.is_valid() or "back" in request.POST:
        return case_page(admin, request, public_id, **{how.form_name: form})
    ruling = form.params()
    if "confirmed" in request.POST:
        following = next_of(request, public_id, now)
        if done(request, public_id, how.verb, how.function, form, **ruling):
            messages.success(request, _(DECIDED) % public_id)
            return on_from(request, public_id, following)
        return case_page(admin, request, public_id, **{how.form_name: form})
    try:
        if case.version != form.cleaned_data["version"]:
            raise CaseChanged(_("The case has changed since you opened this page."))
        step = how.function(case, actor, now, **ruling)
        end = how.foresee(case, actor, now, **ruling)
    except DomainError as error:
        refuse(request, form, public_id, error)
        return case_page(admin, request, public_id, **{how.form_name: form})
    advice = recommended(case, now)
    return render(
        admin,
        request,
        "confirm.html",
        title=_("Confirm the decision"),
        case=Case.objects.select_related("buyer", "seller", "order").get(pk=case.id),
        form=form,
        preview=preview(case, step, end, advice, form),
        reason=ruling["reason"],
        recommended=advice,
        query=query_of(listed(request)),
    )


def preview(
    case: Snapshot, step: Transition, end: Transition, advice: Recommended, form: RulingForm
) -> Preview:
    """What `step` will do, and what it comes to in the `end`: read from these very transitions."""
    pay, bearer = _paid(case, end)
    first = WAITS_FIRST.get(PLACES[State(step.after.state)].waiting or Waiting.REVIEW, "")
    return Preview(
        pay=pay,
        credited=Money(end.after.credited_minor, case.currency),
        bearer=present.bears(bearer),
        by_seller=bearer == BorneBy.SELLER,
        hold=None if case.now.outcome else case.requested,
        hold_posted=any(s.state == TransferState.POSTED for s in end.settlements),
        differs=(pay, bearer) != (advice.pay, advice.borne_by if advice.pay.minor else ""),
        told=_told(case, end, pay, bearer, form),
        first=first,
        until=step.after.due_at if first else None,
        after_return=not (end.after.outcome or case.now.outcome),
        moves=tuple((str(TransferKind(t.kind).label), t.amount) for t in end.transfers)
        if case.now.outcome
        else (),
    )


def _paid(case: Snapshot, end: Transition) -> tuple[Money, str]:
    """What the buyer is paid and who bears it; after a return, once the goods are back."""
    after = end.after
    if after.outcome:
        return Money(after.refunded_minor, case.currency), after.borne_by
    refund = next(e.data for e in end.events if e.action == "case.return_opened")
    amount = Money.parse(refund["refund"]["value"], case.currency).minor
    return Money(max(0, amount - case.now.credited_minor), case.currency), refund["borne_by"]


def _told(case: Snapshot, end: Transition, pay: Money, bearer: str, form: RulingForm) -> list[Told]:
    """The sentence of the decision as each side's timeline will have it, and its text.

    The texts tell what is ruled: of an appeal, that may be less than what the buyer keeps.
    """
    ended, actor, data = end.events[-1], end.actor.to_json(), form.cleaned_data
    sides = {
        ActorKind.BUYER: (Party.BUYER, _("The buyer"), data["buyer_text"]),
        ActorKind.SELLER: (Party.SELLER, _("The seller"), data["seller_text"]),
    }
    ruled: dict[str, Any] = {"refund": pay, "borne_by": bearer}
    decision = next((row.values for row in end.rows if row.model is Decision), None)
    if decision:
        ruled = {
            "refund": Money(decision["refund_minor"], case.currency),
            "borne_by": decision["borne_by"],
            "kept": Money(decision["kept_minor"], case.currency),
            "fraud": decision["fraud"],
        }
    return [
        Told(
            name,
            catalogue.sentence(ended.action, actor, ended.data, kind),
            text_for(side, data["code"], written, order=case.facts.order_ref, **ruled),
        )
        for kind, (side, name, written) in sides.items()
    ]
