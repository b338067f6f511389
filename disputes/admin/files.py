"""Files on the desk: sending some before a form is sent, and opening what is sealed."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.queries import staff_actor
from backoffice.common.errors import DomainError, NotFound
from backoffice.files.models import StoredFile
from backoffice.files.queries import of_subject
from backoffice.files.service import read_original
from backoffice.files.service.originals import LONGEST_REASON
from disputes.admin.doors import Admin, actor_for, reader, render
from disputes.lifecycle import Verb
from disputes.queries.cases import parties
from disputes.service.bringing import answers, arrive


class ReasonForm(forms.Form):
    """Why a sealed original is opened."""

    reason = forms.CharField(
        label=_("Why do you need the original?"),
        max_length=LONGEST_REASON,
        help_text=_("It is kept in the file's history, with your name."),
    )


def upload(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Take files for a message that is being written; an answer for each, as JSON."""
    actor = actor_for(request, Verb.SEND_MESSAGE)
    parties(public_id)  # raises NotFound
    now = timezone.now()
    try:
        arrived = arrive(public_id, request.FILES.getlist("files"), actor, now)
    except DomainError as error:
        return JsonResponse(error.to_problem(), status=error.status)
    return JsonResponse(answers(arrived, now))


def original(admin: Admin, request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """Ask why; then hand the original over, to be saved and never shown."""
    file = _file(public_id, file_id)
    form = ReasonForm(request.POST or None, label_suffix="")
    if form.is_valid():
        actor = staff_actor(reader(request))
        content = read_original(file_id, actor, form.cleaned_data["reason"], timezone.now())
        response = HttpResponse(content, "application/octet-stream")
        response["Content-Disposition"] = content_disposition_header(True, file.name)
        response["X-Content-Type-Options"] = "nosniff"
        return response
    return render(
        admin, request, "original.html", title=_("Open the original"), file=file, form=form
    )


def _file(public_id: str, file_id: str) -> StoredFile:
    file = of_subject(public_id).filter(public_id=file_id).first()
    if file is None:
        raise NotFound("There is no such file.", code="file_not_found")
    return file
