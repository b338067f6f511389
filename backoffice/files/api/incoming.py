"""Where the bytes of an announced file are put when there is no bucket: a signed address, PUT."""

from __future__ import annotations

import tempfile

from django.core.files.base import File
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from backoffice.common.api.problems import CONTENT_TYPE
from backoffice.common.errors import DomainError
from backoffice.files.queries.addresses import opened_upload
from backoffice.files.service.uploads import receive

CHUNK = 64 * 1024


@csrf_exempt  # the address is the permission; there is no session to misuse
@require_http_methods(["PUT"])
def put(request: HttpRequest, token: str) -> HttpResponse:
    """Take the body as it is; not a byte more than was announced is read."""
    try:
        upload = opened_upload(token, timezone.now())
        with tempfile.TemporaryFile() as spool:
            read = 0
            while read <= upload.size and (chunk := request.read(CHUNK)):
                read += len(chunk)
                spool.write(chunk)
            spool.seek(0)
            receive(upload, File(spool, upload.public_id))
    except DomainError as error:
        return JsonResponse(error.to_problem(), status=error.status, content_type=CONTENT_TYPE)
    return HttpResponse(status=204)
