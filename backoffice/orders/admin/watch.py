"""Putting an order that the delivery watch set aside back to it: asked for, confirmed, noted."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.accounts.models import User
from backoffice.accounts.queries import staff_actor
from backoffice.common.errors import DomainError
from backoffice.orders.models import Order
from backoffice.orders.service.watch import put_order_back

PUT_BACK = "orders.put_back_order"


def may_put_back(request: HttpRequest, order: Order | None) -> bool:
    """Whether the reader may put this order back, and there is something to put back."""
    return bool(order and order.watch_error) and request.user.has_perm(PUT_BACK)


def put_back(admin: ModelAdmin[Order], request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the cause is mended; on POST, put the order back."""
    if not request.user.has_perm(PUT_BACK):
        raise PermissionDenied(_("Your role does not allow this."))
    if request.method == "POST":
        _put_back(request, pk)
        return redirect("admin:orders_order_change", pk)
    order = get_object_or_404(Order.objects.exclude(watch_error=""), pk=pk)
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts}
    title = _("Put order %s back to the delivery watch?") % order.external_id
    return TemplateResponse(
        request, "admin/orders/put_back.html", frame | {"order": order, "title": title}
    )


def _put_back(request: HttpRequest, pk: int) -> None:
    assert isinstance(request.user, User)
    try:
        put_order_back(pk, staff_actor(request.user), timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The delivery watch looks at the order again."))
