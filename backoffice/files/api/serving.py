"""Giving out bytes: to whoever holds a signed address, and never as anything that could act."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from backoffice.common.errors import NotFound
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries.addresses import STEP, opened
from backoffice.files.service.buckets import signed_elsewhere

# Whatever the bytes are, a browser runs nothing in them and fetches nothing for them.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def serve(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the address leads to; a 404 for one that is over."""
    now = timezone.now()
    try:
        file, variant = opened(token, now)
    except NotFound as error:
        raise Http404(error.message) from error
    response = _from_storage(file, variant)
    response["Cache-Control"] = f"private, max-age={int(STEP.total_seconds())}"
    return response


def _from_storage(file: StoredFile, variant: Variant) -> HttpResponseBase:
    """The bytes: by redirect from S3, by the front server if it can, else from here."""
    kind, name = _type_and_name(file, variant)
    disposition = str(content_disposition_header(variant is Variant.DOCUMENT, name))
    key = file.key(variant)
    if elsewhere := signed_elsewhere(key, kind, disposition):
        return HttpResponseRedirect(elsewhere)
    if settings.ACCEL_PREFIX:
        response: HttpResponseBase = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = f"{settings.ACCEL_PREFIX.rstrip('/')}/{quote(key)}"
    else:
        try:
            response = FileResponse(default_storage.open(key), content_type=kind)
        except FileNotFoundError as error:
            raise Http404("Its bytes are gone.") from error
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def _type_and_name(file: StoredFile, variant: Variant) -> tuple[str, str]:
    stem = file.public_id if file.nameless else file.name.rpartition(".")[0]
    if variant is Variant.DOCUMENT:
        return "application/pdf", f"{stem}.pdf" if file.nameless else file.name
    return "image/jpeg", f"{stem}.jpg"
