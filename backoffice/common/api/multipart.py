"""Forms with files: how much may come in one call, and names of any length."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import load_handler
from django.http import multipartparser
from django.http.multipartparser import MultiPartParserError
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles
from rest_framework.request import Request

from backoffice.common.errors import Invalid

MAX_CALL = 50 * 1024 * 1024  # PayPal's: of all files in one call, in bytes
_OVERHEAD = 1024 * 1024  # boundaries, headers and texts
# Django refuses a whole call for one long file name (its limit, 1,024 bytes, has no setting).
multipartparser.MAX_TOTAL_HEADER_SIZE = 64 * 1024  # type: ignore[attr-defined]


class _Parts(multipartparser.MultiPartParser):
    """Django's, but a file whose name is all marks and dots is not dropped in silence."""

    def sanitize_file_name(self, file_name: str) -> str:
        """The last part of the name, printable; never nothing."""
        return super().sanitize_file_name(file_name) or "file"


class FilesParser(BaseParser):
    """`multipart/form-data`: texts and files. Beyond MAX_CALL a 413, before anything is read."""

    media_type = "multipart/form-data"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        """The form's parts. Raises ParseError, RequestDataTooBig, Invalid for too many files."""
        request: Request = (parser_context or {})["request"]
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > MAX_CALL + _OVERHEAD:
            raise RequestDataTooBig
        meta = {**request.META, "CONTENT_TYPE": media_type}
        handlers = [load_handler(name, request._request) for name in settings.FILE_UPLOAD_HANDLERS]
        try:
            texts, files = _Parts(meta, cast(Any, stream), handlers).parse()
        except TooManyFilesSent as error:
            most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            told = f"A call takes at most {most} files; send the others in another call."
            raise Invalid(told, code="too_many_files", field="files") from error
        except MultiPartParserError as error:
            raise ParseError(f"The form is malformed: {error}") from error
        return DataAndFiles(texts, files)
