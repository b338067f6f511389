"""Doing something to a case from its page: one verb, by POST, on the case as the page showed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.accounts.queries import staff_actor
from backoffice.common.errors import DomainError, NotFound
from disputes.admin.attaching import take as take_files
from disputes.admin.case_page import case_page, case_page_after
from disputes.admin.doors import Admin, actor_for
from disputes.admin.walk import back_to
from disputes.enums import Party
from disputes.forms import (
    AssignForm,
    DeskForm,
    EvidenceRequestForm,
    ExtendForm,
    MessageForm,
    NoteForm,
    PressForm,
    ReconsiderForm,
    ReturnAddressForm,
    SendBackForm,
)
from disputes.lifecycle import Verb
from disputes.queries import snapshots
from disputes.queries.detail import events_since
from disputes.service.act import CaseChanged, VerbFunction
from disputes.service.desk import act_on
from disputes.service.reading import mark_read
from disputes.verbs.approvals import approve, reconsider, send_back
from disputes.verbs.evidence import require_evidence
from disputes.verbs.extensions import extend
from disputes.verbs.holding import assign, release, take
from disputes.verbs.messages import send_message
from disputes.verbs.notes import add_note
from disputes.verbs.returns import give_return_address

# Where a verb names a field by the API's word, the desk's form has another.
FIELDS = {"refund_amount": "amount", "body": "message"}


@dataclass(frozen=True, slots=True)
class Button:
    """A form of the case page and the verb it uses; `params` are the verb's, from the form."""

    verb: Verb
    function: VerbFunction
    form: type[DeskForm]
    form_name: str
    done: str
    params: Callable[[dict[str, Any]], dict[str, Any]]


def _nothing(_cleaned: dict[str, Any]) -> dict[str, Any]:
    return {}


def _fields(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda cleaned: {name: cleaned[name] for name in names}


# By the end of its address.
BUTTONS = {
    "take": Button(
        Verb.TAKE, take, PressForm, "take_form", gettext_noop("The case is yours."), _nothing
    ),
    "release": Button(
        Verb.RELEASE,
        release,
        PressForm,
        "release_form",
        gettext_noop("The case is free for anybody to take."),
        _nothing,
    ),
    "assign": Button(
        Verb.ASSIGN,
        assign,
        AssignForm,
        "assign_form",
        gettext_noop("The case is handed over."),
        lambda c: {"colleague": staff_actor(c["colleague"]), "note": c["note"]},
    ),
    "message": Button(
        Verb.SEND_MESSAGE,
        send_message,
        MessageForm,
        "message_form",
        gettext_noop("The message is sent."),
        lambda c: {"body": c["message"]},
    ),
    "note": Button(
        Verb.ADD_NOTE,
        add_note,
        NoteForm,
        "note_form",
        gettext_noop("The note is written."),
        lambda c: {"body": c["note"], "anyway": True},
    ),
    "evidence": Button(
        Verb.REQUIRE_EVIDENCE,
        require_evidence,
        EvidenceRequestForm,
        "evidence_form",
        gettext_noop("The request is sent; the case waits for the answer."),
        _fields("party", "evidence_type", "note"),
    ),
    "extend": Button(
        Verb.EXTEND,
        extend,
        ExtendForm,
        "extend_form",
        gettext_noop("The deadline is moved."),
        _fields("hours", "reason"),
    ),
    "return-address": Button(
        Verb.GIVE_RETURN_ADDRESS,
        give_return_address,
        ReturnAddressForm,
        "address_form",
        gettext_noop("The buyer is told where the goods go back to."),
        _fields("address"),
    ),
    "approve": Button(
        Verb.APPROVE,
        approve,
        PressForm,
        "approve_form",
        gettext_noop("The decision is approved."),
        _nothing,
    ),
    "send-back": Button(
        Verb.SEND_BACK,
        send_back,
        SendBackForm,
        "send_back_form",
        gettext_noop("The decision is sent back to who proposed it."),
        _fields("note"),
    ),
    "reconsider": Button(
        Verb.RECONSIDER,
        reconsider,
        ReconsiderForm,
        "reconsider_form",
        gettext_noop("The decision is taken back; the case is under review again."),
        _fields("note"),
    ),
}
DECIDED = gettext_noop("%s: the decision is made.")


def press(name: str) -> Callable[..., HttpResponse]:
    """The door of the button `name`."""
    button = BUTTONS[name]

    def pressed(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
        form = button.form(request.POST)
        actor = actor_for(request, button.verb)
        files = take_files(request, form, public_id, actor, timezone.now())
        params = button.params(form.cleaned_data) if form.is_valid() else {}
        params |= {"files": files} if files else {}
        if form.is_valid() and done(
            request, public_id, button.verb, button.function, form, **params
        ):
            messages.success(request, _(button.done))
            if button.verb == Verb.SEND_MESSAGE:  # who answers has read what the page showed
                mark_read(public_id, Party.STAFF, timezone.now())
            if "HX-Request" in request.headers:
                return case_page_after(admin, request, public_id)
            return back_to(request, public_id)
        return case_page(admin, request, public_id, **{button.form_name: form})

    return pressed


def _do(request: HttpRequest, public_id: str, button: Button, form: DeskForm) -> bool:
    params = button.params(form.cleaned_data)
    return done(request, public_id, button.verb, button.function, form, **params)


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
