"""Files that go with a message of the desk: sent ahead of its form, or with it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError
from backoffice.files.forms import UploadField
from backoffice.files.models import StoredFile
from disputes.forms import ATTACHED, DeskForm
from disputes.service.bringing import bring


def ready(form: DeskForm | None, public_id: str) -> DeskForm | None:
    """`form`, knowing where its files may be sent ahead."""
    field = form.fields.get(ATTACHED) if form else None
    if isinstance(field, UploadField):
        field.drawn.upload_to = reverse("admin:disputes_case_files", args=[public_id])
    return form


def take(
    request: HttpRequest, form: DeskForm, public_id: str, actor: Actor, now: datetime
) -> tuple[StoredFile, ...]:
    """The form's files, stored; what was wrong with others is put on the form.

    They are taken whether or not the form is in order: nobody has to send a file twice.
    """
    field = form.fields.get(ATTACHED)
    if not isinstance(field, UploadField):
        return ()
    picked = field.drawn.value_from_datadict(request.POST, request.FILES, ATTACHED)
    try:
        found = bring(public_id, picked.sent, picked.ids, actor, now)
    except DomainError as error:
        form.add_error(ATTACHED, error.message)
        return ()
    field.shows(found.kept(now), found.wrong)
    if found.refused:
        form.add_error(ATTACHED, found.wrong[0])
    return found.files
