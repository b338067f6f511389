"""The second look at decisions: those drawn, and what one thinks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.accounts.queries import staff_actor
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from disputes.admin import present
from disputes.admin.doors import Admin, actor_for, reader, render
from disputes.enums import QualityVerdict
from disputes.forms import long_text
from disputes.lifecycle import PERMISSIONS, Verb
from disputes.models import QualityCheck
from disputes.queries.quality import PAGE, rates, to_check
from disputes.service.quality import look_again

PERIOD = timedelta(days=90)


KEYS = {QualityVerdict.AGREE.value: "a", QualityVerdict.DISAGREE.value: "d"}


class _Keyed(forms.RadioSelect):
    """Choices that each have a key of the desk."""

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *rest, **more)
        option["attrs"]["data-keys"] = KEYS[value]
        return option


class SecondLookForm(forms.Form):
    """Agree or disagree, and why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Would you have decided so?"),
        choices=QualityVerdict.choices,
        widget=_Keyed,
    )
    note = long_text(gettext_lazy("Why"), 2)

    def __init__(self, check_id: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"look{check_id}_%s", label_suffix="")
        self.check_id = check_id


@dataclass(frozen=True, slots=True)
class Look:
    """A decision to look at: what was claimed, what was decided, and the form."""

    check: QualityCheck
    form: SecondLookForm
    reason: str
    claimed: Money
    refund: Money
    bearer: str


def second_looks(admin: Admin, request: HttpRequest, **filled: SecondLookForm) -> HttpResponse:
    """What waits for the reader's second look, and how often the second agreed."""
    now, user = timezone.now(), reader(request)
    form = filled.get("form")
    rows = [_look(check, _form(check, form)) for check in to_check(user.pk)[:PAGE]]
    found = rates(now - PERIOD, now)
    agreement = found.agreement
    return render(
        admin,
        request,
        "second_looks.html",
        title=_("Second looks"),
        rows=rows,
        rates=found,
        agreement=None if agreement is None else round(100 * agreement),
        days=PERIOD.days,
        may_check=PERMISSIONS[Verb.ADJUDICATE] in staff_actor(user).permissions,
    )


def look(admin: Admin, request: HttpRequest, check_id: int) -> HttpResponse:
    """Say what one thinks of a decision."""
    actor = actor_for(request, Verb.ADJUDICATE)
    form = SecondLookForm(check_id, request.POST)
    if form.is_valid():
        try:
            public_id = look_again(check_id, actor, timezone.now(), **form.cleaned_data)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Your second look at %s is kept.") % public_id)
        return redirect("admin:disputes_case_second_looks")
    messages.error(request, _("Not done: mend what is marked below."))
    return second_looks(admin, request, form=form)


def _look(check: QualityCheck, form: SecondLookForm) -> Look:
    decision = check.decision
    case = decision.case
    return Look(
        check,
        form,
        present.reason(case),
        Money(case.requested_minor, case.currency),
        Money(decision.refund_minor, decision.currency),
        present.bears(decision.borne_by),
    )


def _form(check: QualityCheck, filled: SecondLookForm | None) -> SecondLookForm:
    return filled if filled and filled.check_id == check.pk else SecondLookForm(check.pk)
