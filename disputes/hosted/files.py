"""Files on the hosted page: sent ahead of a form, with it, and shown among the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError
from backoffice.files.enums import Variant
from backoffice.files.forms import UploadField
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.enums import Party
from disputes.hosted.forms import PartyForm
from disputes.hosted.holder import actor_of
from disputes.models import Evidence
from disputes.queries import snapshots
from disputes.queries.masking import ShownMessage
from disputes.service.bringing import answers, arrive, bring
from disputes.service.links import LinkOver, read

SENT, FIELD = "files", "attached"


@never_cache
@require_POST
def upload(request: HttpRequest, token: str) -> JsonResponse:
    """Take files that are sent while the form is being written; an answer for each."""
    now = timezone.now()
    try:
        link = read(token, now)
        actor = actor_of(link, snapshots.peek(link.public_id))
        arrived = arrive(link.public_id, request.FILES.getlist(SENT), actor, now)
    except LinkOver as over:
        return JsonResponse({"detail": over.message}, status=410)
    except DomainError as error:
        if error.status == 404:
            raise Http404 from error
        return JsonResponse(error.to_problem(), status=error.status)
    return JsonResponse(answers(arrived, now))


def take(
    request: HttpRequest, form: PartyForm, case_id: str, actor: Actor, now: datetime
) -> tuple[StoredFile, ...]:
    """The form's files, stored. What was wrong with others is put on the form.

    They are taken before the form is looked at: nobody has to send a file twice. Raises Invalid.
    """
    field = form.fields.get(FIELD)
    if not isinstance(field, UploadField):
        return ()
    picked = field.drawn.value_from_datadict(request.POST, request.FILES, FIELD)
    found = bring(case_id, picked.sent, picked.ids, actor, now)
    field.shows(found.kept(now), found.wrong)
    if found.refused:
        form.add_error(FIELD, found.wrong[0])
    return found.files


def ready(form: PartyForm, token: str) -> PartyForm:
    """`form`, knowing where its files may be sent ahead."""
    field = form.fields.get(FIELD)
    if isinstance(field, UploadField):
        field.drawn.upload_to = reverse("hosted:files", args=[token])
    return form


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of a piece of evidence: a thumbnail that leads to the photo, or a document."""

    name: str
    thumb: str
    href: str


def with_files(pieces: Iterable[Evidence], now: datetime) -> list[tuple[Evidence, list[Seen]]]:
    """Each piece with its files, in the order given."""
    return [(piece, [_seen(x.file, now) for x in piece.with_files.all()]) for piece in pieces]


def said_with_files(
    messages: Iterable[ShownMessage], now: datetime
) -> list[tuple[ShownMessage, str, list[Seen]]]:
    """Each message, who wrote it in words, and its files."""
    return [
        (said, str(Party(said.author).label), [_seen(file, now) for file in said.files])
        for said in messages
    ]


def _seen(file: StoredFile, now: datetime) -> Seen:
    if Variant.DOCUMENT in file.variants:
        return Seen(file.name, "", address(file, Variant.DOCUMENT, now).href)
    thumb, view = (address(file, v, now).href for v in (Variant.SMALL, Variant.VIEW))
    return Seen(file.name, thumb, view)
