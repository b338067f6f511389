"""Taking a case's evidence bundle from the desk."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.accounts.queries import staff_actor
from backoffice.files.queries import of_subject
from disputes.admin.doors import Admin, reader, render
from disputes.bundle.making import Order, make_bundle
from disputes.bundle.reading import STAFF, Reading
from disputes.forms import BundleForm
from disputes.queries.cases import parties

TAKE = "disputes.take_bundle"


def bundle_page(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask for whom, and whether with originals; on POST hand the ZIP over."""
    if not request.user.has_perm(TAKE):
        raise PermissionDenied(_("Your role does not allow this."))
    parties(public_id)
    form = BundleForm(request.POST or None, label_suffix="")
    if form.is_valid():
        return _handed_over(request, public_id, form)
    return render(
        admin,
        request,
        "bundle.html",
        title=_("Evidence bundle"),
        public_id=public_id,
        files=of_subject(public_id).count(),
        form=form,
    )


def _handed_over(request: HttpRequest, public_id: str, form: BundleForm) -> FileResponse:
    readers, reason = form.cleaned_data["view"], form.cleaned_data["reason"]
    reading = Reading(readers) if readers else STAFF
    actor = staff_actor(reader(request))
    out = TemporaryFile()  # noqa: SIM115  the response closes it
    make_bundle(Order(public_id, reading, actor, timezone.now(), reason), out)
    size = out.tell()
    out.seek(0)
    response = FileResponse(
        out, as_attachment=True, filename=f"{public_id}.zip", content_type="application/zip"
    )
    response["Content-Length"] = size
    return response
