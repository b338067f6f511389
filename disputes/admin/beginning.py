"""Messages begun with a template: `?template=...` fills the form, and nothing else happens."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from backoffice.common.errors import NotFound
from disputes.admin.case_forms import as_seen
from disputes.forms import DeskForm, MessageForm
from disputes.queries.known import Snapshot
from disputes.queries.templates import Offered, begun, offered

TEMPLATE = "template"


def templates() -> list[Offered]:
    """What a message may begin with, in the reader's language."""
    return offered(get_language() or "")


def begun_form(request: HttpRequest, case: Snapshot) -> dict[str, DeskForm]:
    """The message's form as the template of the address begins it; none that is not there."""
    code = request.GET.get(TEMPLATE, "") if request.method == "GET" else ""
    if not code or "\0" in code:
        return {}
    try:
        text = begun(case.public_id, code)
    except NotFound:
        return {}
    return {"message_form": MessageForm(initial={**as_seen(case), "message": text})}
