"""Files that go with what a party says or shows. Who may bring which, queries/files.py says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid
from backoffice.files.models import StoredFile
from disputes.verbs.transition import Belonging

MAX_AT_ONCE = 20


def sealed(files: Sequence[StoredFile]) -> list[dict[str, Any]]:
    """The files as the case's chain keeps them: by id, with the hash of each original."""
    return [{"file": file.public_id, "sha256": file.sha256} for file in files]


def with_files(
    model: type[models.Model], column: str, files: Sequence[StoredFile], field: str = "files"
) -> tuple[Belonging, ...]:
    """Rows of `model` that link `files` to a new row, which `column` will name.

    Raises Invalid for more than MAX_AT_ONCE.
    """
    if len(files) > MAX_AT_ONCE:
        raise Invalid(
            _("At most %(most)d files go with one thing said.") % {"most": MAX_AT_ONCE},
            code="too_many_files",
            field=field,
        )
    if not files:
        return ()
    return (Belonging(model, column, tuple({"file_id": file.pk} for file in files)),)
