"""Bodies as PayPal's clients send them: JSON, or a form with the JSON as its part `input`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import DataAndFiles
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, ListField

from backoffice.common.api.fields import StrictSerializer, refuse
from backoffice.common.api.multipart import FilesParser
from backoffice.common.api.parsers import parse_json
from backoffice.common.errors import Invalid

INPUT = "input"
END = 200  # bytes that the end of an empty form may take
Part: TypeAlias = "tuple[str, UploadedFile[bytes]]"


@dataclass(frozen=True, slots=True)
class Sent:
    """A body that was understood: its members, and the files that came with it by part name."""

    data: dict[str, Any]
    files: list[Part] = field(default_factory=list)


class FormParser(FilesParser):
    """A form of texts and files. Any multipart type will do, if its parts have names."""

    media_type = "multipart/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        """The form's parts. Raises ParseError where none could be found in what was sent: nobody

        accepts a claim by a mistake in a boundary.
        """
        head = stream.read(END) if (length := _length(parser_context)) <= END else b""
        parts = super().parse(BytesIO(head) if head else stream, media_type, parser_context)
        if length and not (parts.data or parts.files or head.rstrip().endswith(b"--")):
            raise ParseError("The form has no parts: does its boundary fit?")
        return parts


def _length(parser_context: Mapping[str, Any] | None) -> int:
    text = str((parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def read(request: Request, body: type[StrictSerializer], whole: str = "") -> Sent:
    """What was sent, as `body` describes it. Raises ValidationError, Invalid and the parsers'.

    `whole`: the member that a body which is a list stands for (PATCH sends a list).
    """
    raw, files = _raw(request, body)
    sent = body(data={whole: raw} if whole else raw)
    if not sent.is_valid():
        raise ValidationError(sent.errors[whole] if whole else sent.errors)
    return Sent(dict(sent.validated_data), files)


def _raw(request: Request, body: type[StrictSerializer]) -> tuple[Any, list[Part]]:
    form: object = request.data
    if not isinstance(form, QueryDict):
        return form, []
    texts: dict[str, str] = {}
    files: list[Part] = []
    parts: list[tuple[str, list[Any]]] = list(form.lists())
    for name, values in parts:
        for value in values:
            if isinstance(value, str) or name == INPUT:
                _put(texts, name, _text(value))
            else:
                files.append((name, value))
    if INPUT in texts:
        if extra := sorted(texts.keys() - {INPUT}):
            refuse(extra[0], "Beside `input` only files may be sent.", "unknown_field")
        return _json(texts[INPUT], ""), files
    return _parts(texts, body), files


def _put(texts: dict[str, str], name: str, value: str) -> None:
    if name in texts:
        refuse(name, "The part is sent twice; which is meant?", "duplicate_key")
    texts[name] = value


def _text(value: Any) -> str:
    """A part's text, also where the client sent it as a file (`-F 'input=@body.json'`)."""
    if isinstance(value, str):
        return value
    try:
        return str(value.read().decode())
    except UnicodeDecodeError as error:
        raise Invalid("The part is not UTF-8.", code="not_utf8", field=INPUT) from error


def _parts(texts: dict[str, str], body: type[StrictSerializer]) -> dict[str, Any]:
    """A form that has a part for each member: those that are no texts are JSON."""
    fields = body().fields
    return {
        name: _json(value, name) if _is_nested(fields.get(name)) else value
        for name, value in texts.items()
    }


def _is_nested(field: Any) -> bool:
    return isinstance(field, BaseSerializer | ListField)


def _json(text: str, name: str) -> Any:
    """The value of a part that is JSON; what is wrong in it is named from there on."""
    try:
        return parse_json(text.encode())
    except Invalid as error:
        inner = ".".join(filter(None, [name, error.field or ""]))
        raise Invalid(error.message, code=error.code, field=inner or INPUT) from error
