"""Doing something to a case from its page: one verb, by POST, on the case as the page showed it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.common.errors import DomainError, NotFound
from disputes.admin.case_page import case_page
from disputes.admin.doors import Admin, actor_for
from disputes.admin.walk import back_to
from disputes.forms import DeskForm, EvidenceRequestForm, MessageForm, TakeForm
from disputes.lifecycle import Verb
from disputes.queries import snapshots
from disputes.queries.detail import events_since
from disputes.service.act import CaseChanged, VerbFunction
from disputes.service.desk import act_on
from disputes.verbs.evidence import require_evidence as require_evidence_verb
from disputes.verbs.holding import take as take_verb
from disputes.verbs.messages import send_message as send_message_verb

# Where a verb names a field by the API's word, the desk's form has another.
FIELDS = {"refund_amount": "amount"}


def take(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the case, from the queue or over from a colleague."""
    form = TakeForm(request.POST)
    return _submit(admin, request, public_id, Verb.TAKE, take_verb, "take_form", form)


def send_message(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to both sides."""
    form = MessageForm(request.POST)
    params = {"body": form.cleaned_data["message"]} if form.is_valid() else {}
    verb = Verb.SEND_MESSAGE
    return _submit(
        admin, request, public_id, verb, send_message_verb, "message_form", form, **params
    )


def require_evidence(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask one side for evidence."""
    form = EvidenceRequestForm(request.POST)
    names = ("party", "evidence_type", "note")
    params = {name: form.cleaned_data[name] for name in names} if form.is_valid() else {}
    verb = Verb.REQUIRE_EVIDENCE
    return _submit(
        admin, request, public_id, verb, require_evidence_verb, "evidence_form", form, **params
    )


DONE = {
    Verb.TAKE: lambda: _("The case is yours."),
    Verb.SEND_MESSAGE: lambda: _("The message is sent."),
    Verb.REQUIRE_EVIDENCE: lambda: _("The request is sent; the case waits for the answer."),
    Verb.ADJUDICATE: lambda: _("The case is decided."),
}


def _submit(
    admin: Admin,
    request: HttpRequest,
    public_id: str,
    verb: Verb,
    function: VerbFunction,
    form_name: str,
    form: DeskForm,
    **params: Any,
) -> HttpResponse:
    """Use `verb`; the page again, with what was written, if that was refused."""
    actor_for(request, verb)
    if form.is_valid() and done(request, public_id, verb, function, form, **params):
        if "HX-Request" in request.headers:
            return case_page(admin, request, public_id)
        return back_to(request, public_id)
    return case_page(admin, request, public_id, **{form_name: form})


def done(
    request: HttpRequest,
    public_id: str,
    verb: Verb,
    function: VerbFunction,
    form: DeskForm,
    **params: Any,
) -> bool:
    """Use `verb` on the case as the form's page showed it; what refuses it is put on the form.

    Raises NotFound.
    """
    actor, version = actor_for(request, verb), form.cleaned_data["version"]
    try:
        acted = act_on(version, function, public_id, actor, timezone.now(), **params)
    except NotFound:
        raise
    except DomainError as error:
        refuse(request, form, public_id, error)
        return False
    if acted.refusal:
        refuse(request, form, public_id, acted.refusal)
        return False
    messages.success(request, DONE[verb]())
    return True


def refuse(request: HttpRequest, form: DeskForm, public_id: str, error: DomainError) -> None:
    """Say what is wrong; of a case that changed, what arrived, and start from there."""
    field = FIELDS.get(error.field or "", error.field)
    if field in form.fields:
        form.add_error(field, error.message)
        return
    if not isinstance(error, CaseChanged):
        messages.error(request, error.message)
        return
    arrived = events_since(public_id, form.cleaned_data.get("seen") or 0)
    messages.error(
        request,
        _("Not done: the case has changed since you opened this page. Read what arrived first:"),
    )
    for sentence in arrived:
        messages.info(request, sentence)
    now = snapshots.peek(public_id)
    form.data = dict(form.data.items()) | {"version": now.version, "seen": now.chain.length}
