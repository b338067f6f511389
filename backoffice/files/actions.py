"""The audit actions of files. A file has a chain of its own, so that no upload moves a case."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

register(
    Action("file.stored", _("{actor} uploaded {name} ({format}, SHA-256 {sha256}).")),
    Action("file.original_read", _("{actor} read the original: {reason}"), NOBODY),
)
