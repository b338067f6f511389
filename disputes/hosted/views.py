"""The page, and what is done from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from backoffice.common.actors import ActorKind
from backoffice.common.errors import DomainError, Invalid, NotFound
from backoffice.common.money import Money
from disputes.enums import Outcome, Party, Reason, SubReason
from disputes.hosted import files
from disputes.hosted.doors import DOORS, Door
from disputes.hosted.forms import PartyForm
from disputes.hosted.holder import actor_of
from disputes.hosted.showing import more_time_asked, offers
from disputes.lifecycle import UNDECIDED_STATES, Verb, verbs_for
from disputes.models import Case, EvidenceRequest
from disputes.queries import snapshots
from disputes.queries.asked import Asked
from disputes.queries.cases import waits_on
from disputes.queries.known import Snapshot
from disputes.queries.public import PublicCase, public_case
from disputes.queries.waits import waited
from disputes.queries.zones import zone_for
from disputes.service.act import act
from disputes.service.links import Link, LinkOver, read
from disputes.service.reading import mark_read
from disputes.verbs.appeals import may_appeal
from disputes.verbs.consent import may_grant
from disputes.verbs.extensions import hours_left
from disputes.verbs.returns import to_refund


@never_cache
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The case as the link's holder may see it."""
    now = timezone.now()
    try:
        return _page(request, token, read(token, now), now, {})
    except DomainError as error:
        return _shut(request, error)


@never_cache
@require_POST
def do(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Use `verb` for the link's holder; the page again, with what he wrote, if it is refused."""
    now = timezone.now()
    door = DOORS.get(Verb(verb)) if verb in set(Verb) else None
    if door is None:
        raise Http404
    try:
        link = read(token, now)
        case = snapshots.peek(link.public_id)
    except DomainError as error:
        return _shut(request, error)
    form = door.form(case, request.POST, files=request.FILES, side=link.side)
    if _done(request, link, case, door, form, now):
        mark_read(link.public_id, Party(link.side), now)  # who acts has read; opening marks nothing
        messages.success(request, _("Done."))
        return redirect("hosted:page", token)
    return _page(request, token, link, now, {Verb(verb): form})


@never_cache
@require_POST
def read_messages(request: HttpRequest, token: str) -> HttpResponse:
    """The link's holder has read the messages that the page showed."""
    now, up_to = timezone.now(), request.POST.get("up_to", "")
    try:
        link = read(token, now)
        if not (up_to.isascii() and up_to.isdigit() and len(up_to) < 19):
            raise NotFound("There is no such message.")
        mark_read(link.public_id, Party(link.side), now, int(up_to))
    except (NotFound, Invalid) as error:
        return _shut(request, error)
    return redirect("hosted:page", token)


def _done(
    request: HttpRequest, link: Link, case: Snapshot, door: Door, form: PartyForm, now: datetime
) -> bool:
    """Use the verb; what is wrong is put where it belongs."""
    actor, valid = actor_of(link, case), form.is_valid()
    try:
        brought = files.take(request, form, link.public_id, actor, now)
        if not valid or form.errors:
            return False
        params = form.params()
        if params.pop(files.FIELD, None) is not None:
            params["files"] = brought
        seen = form.cleaned_data["version"] if door.binding else None
        acted = act(door.function, link.public_id, actor, now, seen=seen, **params)
    except DomainError as error:
        refusal: DomainError | None = error
    else:
        refusal = acted.refusal
    if refusal is None:
        return True
    field = files.FIELD if refusal.field == "files" else refusal.field
    if field in form.fields:
        form.add_error(field, refusal.message)
    else:
        messages.error(request, refusal.message)
    return False


def _page(
    request: HttpRequest, token: str, link: Link, now: datetime, filled: dict[Verb, PartyForm]
) -> HttpResponse:
    zone = zone_for(link.public_id, Party(link.side))
    with timezone.override(ZoneInfo(zone)):
        shown = public_case(link.public_id, frozenset({link.side}))
        case = snapshots.peek(link.public_id)
        context = {
            "token": token,
            "link": link,
            "zone": zone,
            "shown": shown,
            "case": shown.case,
            **_said(shown.case, link),
            "asked": _asked(shown, link),
            "required": _required(shown, link),
            "money": _money(shown),
            "offers": offers(shown, link.side),
            "waited": waited(shown.waits, now),
            "more_time": more_time_asked(shown),
            "returning": next((r for r in shown.returns if not r.ended_at), None),
            "to_refund": to_refund(case) if case.returning else None,
            "forms": _forms(case, link, now, shown, filled, token),
            "evidence": files.with_files(shown.evidence, now),
            "messages_said": files.said_with_files(shown.messages, now),
            "unread": shown.unread[link.side],
            "last_said": shown.messages[-1].id if shown.messages else 0,
            "proposed": shown.proposal,
            "proposed_refund": _proposed_refund(shown),
            "told": shown.decision.texts.get(link.side.value, "") if shown.decision else "",
            "invalid": any(form.errors for form in filled.values()),
        }
        status = 400 if filled else 200
        return _private(render(request, "hosted/case.html", context, status=status))


def _said(case: Case, link: Link) -> dict[str, Any]:
    """Why it was claimed and whose turn it is, in words for this side."""
    on = waits_on(case.state)
    reason = SubReason(case.sub_reason).label if case.sub_reason else Reason(case.reason).label
    return {
        "reason": reason,
        "outcome": Outcome(case.outcome).label if case.outcome else "",
        "mine": Party(link.side.value) in on,
        "staffs": Party.STAFF in on,
        "other": case.seller if link.side == ActorKind.BUYER else case.buyer,
    }


def _required(shown: PublicCase, link: Link) -> list[EvidenceRequest]:
    """What staff ask this side for and have not had; a case has one such request at most."""
    return [r for r in shown.requests if r.party == link.side.value and r.closed_at is None]


def _asked(shown: PublicCase, link: Link) -> list[Asked]:
    """What the rulebook asks this side for and it has not shown yet."""
    required = {request.evidence_type for request in _required(shown, link)}  # said with its words
    mine = [a for a in shown.asked if a.party.value == link.side.value and not a.given]
    mine = [a for a in mine if a.evidence_type.value not in required]
    return mine if shown.case.state in UNDECIDED_STATES else []


def _proposed_refund(shown: PublicCase) -> Money | None:
    row = shown.proposal.row if shown.proposal else None
    return Money(row.refund_minor, row.currency) if row and row.refund_minor else None


def _money(shown: PublicCase) -> dict[str, Money | None]:
    case = shown.case
    amounts = {
        "requested": case.requested_minor,
        "credited": case.credited_minor,
        "refunded": case.refunded_minor,
    }
    return {name: Money(n, case.currency) if n else None for name, n in amounts.items()}


def _forms(
    case: Snapshot,
    link: Link,
    now: datetime,
    shown: PublicCase,
    filled: dict[Verb, PartyForm],
    token: str,
) -> list[tuple[Verb, Door, PartyForm]]:
    """A form for each verb this side may use now, in the order of DOORS; none once time is over."""
    if case.due(now):
        return []
    may = set(verbs_for(link.side, case.state, frozenset()))
    by_staff = (r.evidence_type for r in _required(shown, link))
    by_rule = (a.evidence_type.value for a in shown.asked if a.party.value == link.side.value)
    asked = (*by_staff, *by_rule)
    told: dict[str, Any] = {"asked": asked, "side": link.side}
    return [
        (verb, door, files.ready(filled.get(verb) or door.form(case, **told), token))
        for verb, door in DOORS.items()
        if verb in may and _leads_on(verb, case, shown, link.side, now)
    ]


def _leads_on(
    verb: Verb, case: Snapshot, shown: PublicCase, side: ActorKind, now: datetime
) -> bool:
    """Whether nothing but what this side fills in is missing for a verb that the table lets it."""
    if verb == Verb.APPEAL:
        return may_appeal(shown.case, side, now)
    if verb == Verb.EXTEND and not may_grant(side, case.now):
        return False
    return verb not in (Verb.EXTEND, Verb.ASK_EXTENSION) or hours_left(case) > 0


def _shut(request: HttpRequest, error: DomainError) -> HttpResponse:
    """What a link shows whose time is over (410), or that is none (404)."""
    over = isinstance(error, LinkOver)
    why = {"why": error.message if over else ""}
    return _private(render(request, "hosted/over.html", why, status=410 if over else 404))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
