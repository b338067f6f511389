"""Talking on the desk: beginning a message with a template, saying that one has read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from backoffice.common.errors import Invalid, NotFound
from disputes.admin.case_page import case_page
from disputes.admin.doors import Admin, actor_for
from disputes.admin.parts import number
from disputes.admin.walk import back_to
from disputes.enums import Party
from disputes.lifecycle import Verb
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
        return case_page(admin, request, public_id)
    return back_to(request, public_id)
