"""Talking on the desk: beginning a message with a template, saying that one has read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid, NotFound
from disputes.admin.case_page import case_page
from disputes.admin.doors import Admin, actor_for
from disputes.admin.parts import number
from disputes.admin.walk import back_to
from disputes.enums import Party
from disputes.lifecycle import Verb
from disputes.queries.detail import events_since
from disputes.service.reading import mark_read


def read(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Staff have read the messages that the page showed."""
    actor_for(request, Verb.SEND_MESSAGE)
    up_to = number(request.POST.get("up_to"))
    try:
        mark_read(public_id, Party.STAFF, timezone.now(), up_to)
    except Invalid as error:  # a message of another case: nobody's page says that
        raise NotFound(error.message) from error
    if "HX-Request" in request.headers:
        _tell_what_arrived(request, public_id)
        return case_page(admin, request, public_id)
    return back_to(request, public_id)


def _tell_what_arrived(request: HttpRequest, public_id: str) -> None:
    """What happened since the page was made, which the answer shows with the rest."""
    seen = number(request.POST.get("seen"))
    arrived = events_since(public_id, seen) if seen is not None else []
    if arrived:
        messages.info(request, _("Something has arrived since you opened this page:"))
    for sentence in arrived:
        messages.info(request, sentence)
