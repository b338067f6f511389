"""Deciding a case: money moves, so the page before says exactly what will happen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.audit import catalogue
from backoffice.common.actors import ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferState
from disputes.admin import present
from disputes.admin.acting import DECIDED, done, refuse
from disputes.admin.advice import Recommended, recommended
from disputes.admin.case_page import case_page
from disputes.admin.doors import Admin, actor_for, render
from disputes.admin.walk import listed, next_of, on_from, query_of
from disputes.enums import BorneBy
from disputes.forms import AdjudicateForm
from disputes.lifecycle import Verb
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.service.act import CaseChanged
from disputes.verbs.decisions import adjudicate as adjudicate_verb
from disputes.verbs.transition import Transition


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision will do, before it is made."""

    pay: Money
    credited: Money
    bearer: str
    by_seller: bool
    hold: Money
    hold_posted: bool
    differs: bool
    told: list[tuple[str, str]]


def adjudicate(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """First show what will happen; decide only when that page is confirmed."""
    actor = actor_for(request, Verb.ADJUDICATE)
    case, now = snapshots.peek(public_id), timezone.now()
    form = AdjudicateForm(case.requested, request.POST)
    if not form.is_valid() or "back" in request.POST:
        return case_page(admin, request, public_id, adjudicate_form=form)
    ruling = {
        "refund": form.refund,
        "borne_by": form.cleaned_data["borne_by"],
        "reason": form.cleaned_data["reason"],
    }
    if "confirmed" in request.POST:
        following = next_of(request, public_id, now)
        if done(request, public_id, Verb.ADJUDICATE, adjudicate_verb, form, **ruling):
            messages.success(request, _(DECIDED))
            return on_from(request, following)
        return case_page(admin, request, public_id, adjudicate_form=form)
    try:
        if case.version != form.cleaned_data["version"]:
            raise CaseChanged("The case has changed since you opened this page.")
        step = adjudicate_verb(case, actor, now, **ruling)
    except DomainError as error:
        refuse(request, form, public_id, error)
        return case_page(admin, request, public_id, adjudicate_form=form)
    advice = recommended(case, now)
    return render(
        admin,
        request,
        "confirm.html",
        title=_("Confirm the decision"),
        case=Case.objects.select_related("buyer", "seller", "order").get(pk=case.id),
        form=form,
        preview=preview(case, step, advice),
        reason=ruling["reason"],
        recommended=advice,
        query=query_of(listed(request)),
    )


def preview(case: Snapshot, step: Transition, advice: Recommended) -> Preview:
    """What `step` will do: read from the very transition that would be written."""
    after = step.after
    pay, bearer = Money(after.refunded_minor, case.currency), after.borne_by
    return Preview(
        pay=pay,
        credited=Money(after.credited_minor, case.currency),
        bearer=present.bears(bearer),
        by_seller=bearer == BorneBy.SELLER,
        hold=case.requested,
        hold_posted=any(s.state == TransferState.POSTED for s in step.settlements),
        differs=(pay, bearer) != (advice.pay, advice.borne_by if advice.pay.minor else ""),
        told=_told(step),
    )


def _told(step: Transition) -> list[tuple[str, str]]:
    """The sentence of the decision as each side's timeline will have it."""
    ended, actor = step.events[-1], step.actor.to_json()
    sides = {ActorKind.BUYER: _("The buyer"), ActorKind.SELLER: _("The seller")}
    return [
        (name, catalogue.sentence(ended.action, actor, ended.data, kind))
        for kind, name in sides.items()
    ]
