"""What every page of the desk does: who asks, whether he may, and how the page is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from backoffice.accounts.models import User
from backoffice.accounts.queries import staff_actor
from backoffice.common.actors import Actor
from backoffice.common.errors import NotFound
from disputes.lifecycle import PERMISSIONS, Verb
from disputes.models import Case
from disputes.queries.snapshots import CaseUnreadable
from disputes.queries.unreadable import remains

Admin = ModelAdmin[Case]
Door = Callable[..., HttpResponseBase]


def door(admin: Admin, view: Door) -> Door:
    """`view(admin, request, ...)` for staff who may see cases; what is not there is a 404."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not admin.has_view_permission(request):
            raise PermissionDenied
        try:
            response = view(admin, request, *args, **kwargs)
        except NotFound as error:
            raise Http404(error.message) from error
        except CaseUnreadable as error:
            left = remains(error.public_id)
            response = render(
                admin, request, "unreadable.html", title=error.public_id, left=left, error=error.why
            )
        if not response.has_header("Cache-Control"):  # a page loaded ahead says how long it keeps
            add_never_cache_headers(response)
        return response

    return admin.admin_site.admin_view(guarded, cacheable=True)


def queue_button(admin: Admin, view: Door) -> Door:
    """`button`, for what belongs to no case: a GET leads to the queue."""

    def pressed(admin: Admin, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            return view(admin, request, *args, **kwargs)
        return HttpResponseRedirect(reverse("admin:disputes_case_queue"))

    return door(admin, pressed)


def button(admin: Admin, view: Door) -> Door:
    """`view` for a POST; a GET (a reload, a login in between) leads to the page with the button."""

    def pressed(admin: Admin, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            return view(admin, request, *args, **kwargs)
        return HttpResponseRedirect(reverse("admin:disputes_case_page", kwargs=kwargs))

    return door(admin, pressed)


def reader(request: HttpRequest) -> User:
    """The staff member who asks."""
    assert isinstance(request.user, User)
    return request.user


def actor_for(request: HttpRequest, verb: Verb) -> Actor:
    """The staff member as an actor. Raises PermissionDenied where he may never use `verb`."""
    actor = staff_actor(reader(request))
    if PERMISSIONS[verb] not in actor.permissions:
        raise PermissionDenied(_("Your role does not allow this."))
    return actor


def render(admin: Admin, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """A page of the desk, with what the admin's frame needs."""
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts}
    return TemplateResponse(request, f"admin/disputes/{template}", frame | context)
