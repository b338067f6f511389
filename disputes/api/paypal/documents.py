"""Files of a case as PayPal's `documents`."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, file_name


def documents(files: Iterable[StoredFile], reader: Reader) -> list[Shape]:
    """Each file by name, and where it can be fetched for some minutes."""
    return [_document(file, reader) for file in files]


def _document(file: StoredFile, reader: Reader) -> Shape:
    href = address(file, file.variants[0], reader.now).href
    return {"name": file_name(file.name), "url": reader.request.build_absolute_uri(href)}
