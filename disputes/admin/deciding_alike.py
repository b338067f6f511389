"""One ruling on many like cases: choose, preview, decide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.common.errors import DomainError, NotFound
from backoffice.common.money import Money
from disputes.admin import present
from disputes.admin.doors import Admin, actor_for, reader, render
from disputes.enums import BorneBy, DecisionCode
from disputes.forms import long_text
from disputes.lifecycle import Verb
from disputes.models import Case
from disputes.queries.alike import MOST, alike
from disputes.queries.detail import events_since
from disputes.service.alike import Foreseen, decide_alike, foresee_alike

_SIGNER = Signer(salt="disputes.alike")


class AlikeForm(forms.Form):
    """The ruling for all of them."""

    percent = forms.IntegerField(
        label=gettext_lazy("Refund, in percent of what each claims"), min_value=0, max_value=100
    )
    borne_by = forms.ChoiceField(
        label=gettext_lazy("Who bears it"),
        choices=BorneBy.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    code = forms.ChoiceField(
        label=gettext_lazy("Reason in a word"),
        choices=[("", "—"), *DecisionCode.choices],
        required=False,
    )
    reason = long_text(gettext_lazy("Why"), 3, gettext_lazy("Both sides of each case read this."))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the cases, with what the ruling would do to it."""

    case: Case
    claimed: Money
    chosen: bool
    pay: Money | None = None
    waits: str = ""
    refusal: str = ""


def decide_page(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Cases like this one: choose among them, see what would happen, decide them at once."""
    actor, now = actor_for(request, Verb.ADJUDICATE), timezone.now()
    like = Case.objects.filter(public_id=public_id).first()
    if like is None:
        raise NotFound("There is no such case.", code="case_not_found")
    rows = list(alike(like, reader(request).pk, now))
    form = AlikeForm(request.POST or None, label_suffix="")
    seen, events = _seen(request) if request.method == "POST" else ({}, {})
    foreseen: list[Foreseen] = []
    shown = _signed(seen, form.cleaned_data) if form.is_valid() else ""
    if shown and seen:
        try:
            if "confirmed" in request.POST and _as_previewed(request, shown):
                shared = decide_alike(seen, actor, now, **form.cleaned_data)
                told = {"count": len(seen), "ruling": shared}
                messages.success(request, _("%(count)d cases are decided by %(ruling)s.") % told)
                return redirect("admin:disputes_case_queue")
            foreseen = foresee_alike(seen, actor, now, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, error.message)
        _tell_what_arrived(request, events)
    elif request.method == "POST" and not seen:
        messages.error(request, _("Choose at least one case."))
    return render(
        admin,
        request,
        "alike.html",
        title=_("Like cases"),
        like=like,
        form=form,
        choices=_choices(rows, seen, foreseen, fresh=request.method != "POST"),
        previewed=bool(foreseen) and not any(one.refusal for one in foreseen),
        shown=shown,
        most=MOST,
    )


def _signed(seen: dict[str, int], ruling: dict[str, Any]) -> str:
    """A seal on the cases, as they were seen, and the ruling: what a preview is of."""
    return _SIGNER.signature(json.dumps([seen, ruling], sort_keys=True))


def _as_previewed(request: HttpRequest, shown: str) -> bool:
    """Whether what is confirmed is what the preview was of; if not, say so."""
    if constant_time_compare(request.POST.get("shown", ""), shown):
        return True
    told = _(
        "Not done: this is not what was previewed. Look at what it does now, and confirm that."
    )
    messages.error(request, told)
    return False


def _seen(request: HttpRequest) -> tuple[dict[str, int], dict[str, int]]:
    """The chosen cases with the version, and the last event, each was shown at: "RD-...:7:12"."""
    versions: dict[str, int] = {}
    events: dict[str, int] = {}
    for chosen in request.POST.getlist("case")[:MOST]:
        public_id, *at = chosen.split(":")
        if len(at) == 2 and all(n.isascii() and n.isdigit() and len(n) <= 9 for n in at):
            versions[public_id], events[public_id] = map(int, at)
    return versions, events


def _tell_what_arrived(request: HttpRequest, events: dict[str, int]) -> None:
    """Of each chosen case that moved since the page was opened, what happened to it."""
    rows = Case.objects.filter(public_id__in=list(events)).order_by("id")
    for public_id, length in rows.values_list("public_id", "chain_length"):
        if length > events[public_id]:
            for sentence in events_since(public_id, events[public_id]):
                messages.info(request, f"{public_id}: {sentence}")


def _choices(
    rows: list[Case], seen: dict[str, int], foreseen: list[Foreseen], *, fresh: bool
) -> list[Choice]:
    found = {one.public_id: one for one in foreseen}
    return [
        _choice(case, fresh or case.public_id in seen, found.get(case.public_id)) for case in rows
    ]


def _choice(case: Case, chosen: bool, one: Foreseen | None) -> Choice:
    claimed = Money(case.requested_minor, case.currency)
    if one is None or one.step is None or one.end is None:
        return Choice(case, claimed, chosen, refusal=one.refusal if one else "")
    pay: Any = Money(one.end.after.refunded_minor, case.currency)
    state = Case(state=one.step.after.state)
    return Choice(case, claimed, chosen, pay, present.waits_for(state))
