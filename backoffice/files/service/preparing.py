"""Looking at what was sent, and making a photo anew. It writes nothing and needs no transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.common.errors import DomainError
from backoffice.files.enums import Format, Kind
from backoffice.files.names import display_name
from backoffice.files.pipeline.documents import check_pdf
from backoffice.files.pipeline.pool import pool
from backoffice.files.pipeline.results import MAX_BYTES, Photo, Unfit
from backoffice.files.pipeline.sniffing import sniff

WHY: dict[str, Promise | str] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 10 MB."),
    "type_not_allowed": _(
        "Send a photo (JPEG, PNG, WebP, HEIC or AVIF) or a PDF; this is neither, whatever its name."
    ),
    "malformed": _("The file is damaged or incomplete; take or save it anew and send that."),
    "too_many_pixels": _("The photo has more than 64 megapixels; send a smaller one."),
    "no_time": _("There was no time left to look at this file; send it again, with fewer others."),
}
PREFIX = "file_"


class FileRefused(DomainError):
    """The file is not taken; `code` is `file_` and one of WHY's."""

    status = 400

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(str(WHY[why]), code=f"{PREFIX}{why}", field=field)


def refusal(code: str) -> FileRefused:
    """The refusal of that code, in the present language."""
    return FileRefused(code.removeprefix(PREFIX))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file fit to be kept: the original, what it is, and the photo made of it (if it is one)."""

    name: str
    content: bytes
    format: Format
    sha256: str
    photo: Photo | None

    @property
    def kind(self) -> Kind:
        """Photo or document."""
        return self.format.kind


def prepare(content: bytes, name: str) -> Prepared:
    """Look at `content`; `name` is only for showing. Raises FileRefused, or Busy (a 503)."""
    if not content:
        raise FileRefused("empty")
    if len(content) > MAX_BYTES:
        raise FileRefused("too_large")
    format_ = sniff(content)
    if format_ is None:
        raise FileRefused("type_not_allowed")
    try:
        photo = _photo(content, format_)
    except Unfit as unfit:
        raise FileRefused(unfit.code) from unfit
    digest = hashlib.sha256(content).hexdigest()
    return Prepared(display_name(name, format_), content, format_, digest, photo)


def _photo(content: bytes, format_: Format) -> Photo | None:
    if format_.kind is Kind.PHOTO:
        return pool(settings.PHOTO_WORKERS).make(content, format_)
    check_pdf(content)
    return None
