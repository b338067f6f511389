"""Files for a case: sent in one call, or announced and put straight into the storage.

A photo takes a second to look at, and nobody else may wait for that: it is done before the
request's transaction begins.
"""

from __future__ import annotations

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.api.clients import client_of
from backoffice.common.actors import Actor
from backoffice.common.api.multipart import FilesParser
from backoffice.common.errors import Invalid
from backoffice.files.serializers import ArrivalsOut, NewUpload, UploadOut
from backoffice.files.service import FileRefused, Prepared, keep_all, prepare_all, uploads
from backoffice.files.service.storing import Arrived
from disputes.api.base import CaseView
from disputes.api.callers import actor_for, check_sees, scopes_for
from disputes.lifecycle import Verb
from disputes.queries.cases import parties
from disputes.serializers.bodies import As

# Who may show something may upload it, whatever the case waits for: what it is good for, the verb
# that names it will say.
SHOWS = Verb.PROVIDE_EVIDENCE


class FilesBody(As):
    """A form: parts with a file, whatever their names."""

    files = serializers.ListField(child=serializers.FileField(), min_length=1)


class AnnouncedBody(As, NewUpload):
    """A file announced."""


class _FilesView(CaseView):
    """What the three doors share: who brings files to which case."""

    scopes = {"POST": scopes_for(SHOWS)}

    def party(self, request: Request, dispute_id: str, asked: str | None) -> Actor:
        """The side that uploads. Raises NotFound, Forbidden, Invalid."""
        client, sides_of_case = client_of(request), parties(dispute_id)
        check_sees(client, sides_of_case)
        return actor_for(SHOWS, client, sides_of_case, asked)

    def arrivals(self, arrived: list[Arrived]) -> Response:
        """An answer for each file."""
        shown = ArrivalsOut({"files": arrived}, context=self.get_serializer_context())
        return Response(shown.data)


@extend_schema(
    tags=["disputes"],
    summary="Upload files",
    request={"multipart/form-data": FilesBody},
    responses={200: ArrivalsOut},
)
class FilesView(_FilesView):
    """Upload photos and PDFs, several in one call: each at most 10 MB, together at most 50 MB.

    Each gets its own answer, in the order sent: one that is refused does not spoil the others.
    Name the stored ones in `files` of provide-evidence and other verbs.
    """

    parser_classes = [FilesParser]
    actor: Actor
    found: list[tuple[str, Prepared | FileRefused]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at the files before the transaction."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            side, sent = _form(request)
            self.actor = self.party(request, kwargs["dispute_id"], side)
            self.found = prepare_all(sent)

    def post(self, request: Request, dispute_id: str) -> Response:
        """Keep those that are fit."""
        return self.arrivals(keep_all(dispute_id, self.found, self.actor, timezone.now()))


def _form(request: Request) -> tuple[str | None, list[UploadedFile[Any]]]:
    """The side named, and the files. Raises ValidationError, Invalid."""
    form = cast(QueryDict, request.data)
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    body = As(data=texts)
    body.is_valid(raise_exception=True)
    sent = [file for _, files in request.FILES.lists() for file in files]
    if not sent:
        raise Invalid("Send at least one file.", code="file_required", field="files")
    return body.validated_data.get("as"), sent


@extend_schema(
    tags=["disputes"],
    summary="Announce a file",
    request=AnnouncedBody,
    responses={201: UploadOut},
    examples=[OpenApiExample("A photo", {"name": "cup.jpg", "size": 482113}, request_only=True)],
)
class UploadsView(_FilesView):
    """Ask where to PUT a file's bytes, so that they need not pass through this API.

    The address takes exactly `size` bytes and needs no key; then call `complete`.
    """

    serializer_class = AnnouncedBody

    def post(self, request: Request, dispute_id: str) -> Response:
        """Keep a place for it."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        actor = self.party(request, dispute_id, sent.get("as"))
        upload = uploads.announce(dispute_id, sent["name"], sent["size"], actor, timezone.now())
        context = {**self.get_serializer_context(), "put_at": uploads.put_at(upload)}
        return Response(UploadOut(upload, context=context).data, status=201)


@extend_schema(
    tags=["disputes"],
    summary="Complete an upload",
    request=As,
    responses={200: ArrivalsOut},
    examples=[OpenApiExample("By the buyer", {"as": "BUYER"}, request_only=True)],
)
class CompleteView(_FilesView):
    """Say that the announced bytes are there. They are looked at as any file is.

    Called again, the answer is the same.
    """

    serializer_class = As
    actor: Actor
    found: Prepared | FileRefused | None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at the file before the transaction."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            body = As(data=request.data)
            body.is_valid(raise_exception=True)
            dispute_id, side = kwargs["dispute_id"], body.validated_data.get("as")
            self.actor = self.party(request, dispute_id, side)
            self.upload = uploads.find(dispute_id, kwargs["upload_id"], self.actor)
            self.found = uploads.look_at(self.upload)

    def post(self, request: Request, dispute_id: str, upload_id: str) -> Response:
        """Keep it if it is fit."""
        done = uploads.complete(self.upload, self.found, self.actor, timezone.now())
        refused = done if isinstance(done, FileRefused) else None
        stored = None if isinstance(done, FileRefused) else done
        return self.arrivals([Arrived(self.upload.name, stored, refused)])
