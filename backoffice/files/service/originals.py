"""Opening what is sealed: staff only, with a reason, and it is told."""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.audit import service as audit
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Invalid, NotFound
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.service.storing import SUBJECT

LONGEST_REASON = 500


def read_original(public_id: str, actor: Actor, reason: str, now: datetime) -> bytes:
    """The original's bytes. Raises Forbidden for all but staff, Invalid without a reason."""
    if actor.kind != ActorKind.STAFF:
        raise Forbidden(_("Only staff may read an original."))
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise Invalid(_("Say why the original is needed."), code="reason_required", field="reason")
    with transaction.atomic():
        # The row's lock keeps the chain's order where two read at once.
        file = StoredFile.objects.select_for_update().filter(public_id=public_id).first()
        if file is None:
            raise NotFound("There is no such file.", code="file_not_found")
        told = audit.NewEvent(
            SUBJECT, public_id, "file.original_read", actor, now, {"reason": reason}
        )
        audit.append([told])
        with default_storage.open(file.key(Variant.ORIGINAL)) as original:
            return bytes(original.read())
