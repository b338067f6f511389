"""`Idempotency-Key`: a POST or PATCH sent twice has its effect once and gets the same answer twice.

The answer is kept in the transaction of the effect, so neither exists without the other: a request
that failed, or whose process died, leaves nothing behind and is carried out anew when retried.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backoffice.common.api.renderers import QuickJSONRenderer
from backoffice.common.errors import DomainError, Invalid, Refused
from backoffice.common.models import IdempotentAnswer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
# How long a second request waits for the first one's answer, on PostgreSQL.
WAIT_SECONDS = 10
GUARDED = ("post", "patch")
KEPT_HEADERS = ("Location", "Retry-After")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
Handler = Callable[..., Response]


class KeyReused(DomainError):
    """The key was used for another request."""

    status = 422
    code = "idempotency_key_reused"


class IdempotentMixin(APIView):
    """Runs every POST and PATCH of the view in one transaction, once for each `Idempotency-Key`.

    An exception rolls everything back; an answer the handler returns, a refusal too, is kept and
    given again, with `Idempotent-Replayed: true`. The handler itself needs no transaction.
    """

    # The first of these that a request carries is its key.
    idempotency_headers: ClassVar[Sequence[str]] = (HEADER,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After authentication: put the guard around the handler, as viewsets bind actions."""
        super().initial(request, *args, **kwargs)
        name = str(request.method).lower()
        handler = getattr(self, name, None)
        if name in GUARDED and handler:
            # Not `self.post =`: to mypy that would be every view's signature.
            vars(self)[name] = partial(_answer, handler, self.idempotency_headers)


def _answer(
    handler: Handler, names: Sequence[str], request: Request, *args: Any, **kwargs: Any
) -> HttpResponse:
    header = next((name for name in names if name in request.headers), None)
    if header is None:
        with transaction.atomic():
            return handler(request, *args, **kwargs)
    key = request.headers[header]
    if not _KEY.fullmatch(key):
        raise Invalid(
            "An idempotency key is 1 to 255 visible ASCII characters, such as a UUID.",
            code="invalid_idempotency_key",
            field=header,
        )
    caller, fingerprint = _caller(request), _fingerprint(request)
    with transaction.atomic():
        row = _claim(caller, key, fingerprint, header)
        if row is None:
            return _replay(caller, key, fingerprint, header)
        response = handler(request, *args, **kwargs)
        if response.status_code < 500:
            _keep(row, response)
        else:
            transaction.set_rollback(True)
        return response


def _claim(caller: str, key: str, fingerprint: str, header: str) -> IdempotentAnswer | None:
    """The key's row, ours to fill; None if another request has filled it (we wait to learn)."""
    if IdempotentAnswer.objects.filter(caller=caller, key=key).exists():
        return None
    try:
        with transaction.atomic(), _patience(header):
            return IdempotentAnswer.objects.create(
                caller=caller,
                key=key,
                fingerprint=fingerprint,
                status=0,
                body=b"",
                content_type="",
                created_at=timezone.now(),
            )
    except IntegrityError:
        return None


@contextmanager
def _patience(header: str) -> Iterator[None]:
    """Wait for the key's first request, but not for ever. Raises Refused."""
    if connection.vendor != "postgresql":  # SQLite's writers queue at BEGIN
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
    try:
        yield
    except OperationalError as exc:
        raise Refused(
            "A request with this key is still being carried out; send it again later.",
            code="idempotency_in_progress",
            field=header,
        ) from exc
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def _keep(row: IdempotentAnswer, response: Response) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.body = QuickJSONRenderer().render(response.data)
    row.content_type = response.content_type or "application/json"
    row.save(update_fields=["status", "headers", "body", "content_type"])


def _replay(caller: str, key: str, fingerprint: str, header: str) -> HttpResponse:
    row = IdempotentAnswer.objects.get(caller=caller, key=key)
    if row.fingerprint != fingerprint:
        raise KeyReused(
            "This key was used for another request; use a new key for a new request.",
            field=header,
        )
    headers = row.headers | {REPLAYED: "true"}
    return HttpResponse(bytes(row.body), row.content_type, row.status, headers=headers)


def _caller(request: Request) -> str:
    return f"{type(request.auth).__name__}:{getattr(request.auth, 'pk', '')}"


def _fingerprint(request: Request) -> str:
    """SHA-256 of what was asked: method, address and body.

    A form's parts are taken one by one: its boundary is another each time it is sent, and its
    files may be more than memory should hold.
    """
    digest = hashlib.sha256(f"{request.method}\0{request.get_full_path()}\0".encode())
    if (request.content_type or "").lower().startswith("multipart/"):
        form = cast(QueryDict, request.data)
        for name, values in sorted(form.lists()):
            for value in values:
                digest.update(f"{name}\0".encode() + _part(value) + b"\0")
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _part(value: str | UploadedFile[Any]) -> bytes:
    """One part of a form: a text, or a file by its name and its content's hash."""
    if isinstance(value, str):
        return value.encode()
    content = hashlib.sha256()
    for chunk in value.chunks():
        content.update(chunk)
    value.seek(0)
    return f"{value.name}\0{content.hexdigest()}".encode()
