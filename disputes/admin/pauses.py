"""Pauses: in which times the sides' clocks stood, or will stand, still; and declaring one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.accounts.queries import staff_actor
from backoffice.common.errors import DomainError
from disputes.admin.doors import Admin, reader, render
from disputes.queries.pauses import declared
from disputes.service.pauses import LONGEST_CARRIER, LONGEST_REASON, declare_pause

PERMISSION = "disputes.add_pause"


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """The browser's own field for a day and an hour, in the reader's zone."""
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, help_text=help_text)


class PauseForm(forms.Form):
    """From when until when clocks stand still, whose, and why."""

    starts_at = _moment(gettext_lazy("From"))
    ends_at = _moment(gettext_lazy("Until"), gettext_lazy("Both in your own time zone."))
    carrier = forms.CharField(
        label=gettext_lazy("Carrier"),
        max_length=LONGEST_CARRIER,
        required=False,
        help_text=gettext_lazy("Only cases with parcels of this carrier; empty for all."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Both sides read this."),
    )


def pauses_page(admin: Admin, request: HttpRequest) -> HttpResponse:
    """The latest pauses; a POST declares one."""
    actor = staff_actor(reader(request))
    form = PauseForm(request.POST or None, label_suffix="")
    if request.method == "POST":
        if PERMISSION not in actor.permissions:
            raise PermissionDenied(_("Your role does not allow this."))
        if form.is_valid():
            try:
                declare_pause(**form.cleaned_data, actor=actor, now=timezone.now())
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, _("Declared. The next sweep moves the deadlines."))
                return redirect("admin:disputes_case_pauses")
    may, title = PERMISSION in actor.permissions, _("Pauses")
    return render(
        admin, request, "pauses.html", title=title, pauses=declared(), form=form, may_declare=may
    )
