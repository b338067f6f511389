"""The case page: everything about one case on one screen, or the parts of it that have changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext

from disputes.admin.attaching import ready
from disputes.admin.beginning import begun_form
from disputes.admin.case_forms import as_seen, case_forms
from disputes.admin.doors import Admin, render
from disputes.admin.parts import CasePage, number
from disputes.lifecycle import Verb
from disputes.queries.detail import events_since, last_event

# Parts of the page that htmx asks for by the id they have there, and what answers.
PARTS = {
    "conversation": "case/reply.html",
    "earlier": "case/said.html",
    "arrived": "case/news.html",
}


def case_page(admin: Admin, request: HttpRequest, public_id: str, **forms: Any) -> HttpResponse:
    """The page of one case. `forms` are those to show again as they were filled in.

    Where htmx asks for a part, that part, and whatever else on the page it has made out of date.
    """
    return _page(admin, request, public_id, forms)


def case_page_after(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """The same once a form of the page has moved the case on by a step."""
    return _page(admin, request, public_id, {}, own=1)


def _page(
    admin: Admin, request: HttpRequest, public_id: str, forms: dict[str, Any], own: int = 0
) -> HttpResponse:
    """`moved` where others moved the case since its form was shown, besides its `own` steps."""
    now = timezone.now()
    page = CasePage(request, public_id, now)
    if any(form.errors for form in forms.values()):
        messages.error(request, gettext("Not done: mend what is marked below."))
    if page.may(Verb.SEND_MESSAGE):
        forms = begun_form(request, page.snapshot) | forms
    fresh = case_forms(page.snapshot, page.actor, now, forms)
    ready(fresh["message_form"], public_id)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if ahead:
        fresh["messages"] = ()  # they are for the page that the reader sees next
    part = PARTS.get(request.headers.get("HX-Target", ""))
    response = render(
        admin,
        request,
        part or "case.html",
        title=public_id,
        page=page,
        case=page.case,
        in_part=part is not None,
        shown=as_seen(page.snapshot),
        moved=page.snapshot.version != (number(request.POST.get("version")) or 0) + own,
        **fresh,
    )
    if ahead:
        # Browsers show what they loaded ahead once without asking again, if they may keep it.
        patch_cache_control(response, private=True, no_cache=True)
    return response


def arrived(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """What has happened since the reader's page was made; nothing (204) if nothing has."""
    seen = number(request.GET.get("seen"))
    if "HX-Request" not in request.headers or seen is None:
        return redirect("admin:disputes_case_page", public_id)
    if last_event(public_id) <= seen:
        return HttpResponse(status=204)
    sentences = events_since(public_id, seen)
    return render(admin, request, "case/arrived.html", public_id=public_id, sentences=sentences)
