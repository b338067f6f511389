"""Buyer, seller and staff write to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.files.models import StoredFile
from disputes.enums import Stage
from disputes.lifecycle import PLACES, Verb
from disputes.models import Message, MessageFile
from disputes.queries.known import Snapshot
from disputes.verbs.files import sealed, with_files
from disputes.verbs.transition import NewRow, Transition, require, updated

MAX_LENGTH = 2000  # PayPal Disputes v1: a message's content
MAX_MESSAGES = 1000  # PayPal Disputes v1: a case's messages


class TooManyMessages(Refused):
    """The case has all the messages it may have."""

    code = "too_many_messages"


def send_message(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    body: str = "",
    files: Sequence[StoredFile] = (),
) -> Transition:
    """Add a message: words, files, or both; no clock moves. Raises Invalid for none or too much.

    Raises TooManyMessages once the case is full. Words that go with another verb (a denial's, an
    offer's) are never refused for that: nobody may lose an answer to a full conversation.
    """
    require(case, Verb.SEND_MESSAGE, actor, now)
    if body.strip() or not files:
        body = required_text(body, "message", MAX_LENGTH)
    if case.messages >= MAX_MESSAGES:
        raise TooManyMessages(
            _("The case has its %(most)d messages; there is room for no more.")
            % {"most": MAX_MESSAGES}
        )
    data = {"author": actor.kind.value, "sha256": text_digest(body), "files": sealed(files)}
    row = message_row(case.id, actor, now, body, PLACES[case.state].stage, files)
    return updated(case, case.now, actor, now, "case.message_sent", data, rows=(row,))


def message_row(
    case_id: int,
    actor: Actor,
    now: datetime,
    body: str,
    stage: Stage = Stage.INQUIRY,
    files: Sequence[StoredFile] = (),
) -> NewRow:
    """A message to append, written while the case stood in `stage`, with the writer's `files`."""
    values = {
        "case_id": case_id,
        "author": actor.kind.value,
        "author_ref": actor.ref,
        "body": body,
        "files": len(files),
        "stage": stage.value,
        "at": now,
    }
    return NewRow(Message, values, with_files(MessageFile, "message_id", files))


def required_text(text: str, field: str, longest: int = MAX_LENGTH) -> str:
    """`text` without surrounding space. Raises Invalid naming `field` when empty or too long."""
    text = text.strip()
    if not text:
        raise Invalid(_("Write something here."), code="text_required", field=field)
    if len(text) > longest:
        raise Invalid(
            _("At most %(longest)d characters; this has %(length)d.")
            % {"longest": longest, "length": len(text)},
            code="text_too_long",
            field=field,
        )
    return text


def text_digest(text: str) -> str:
    """SHA-256 (hex) of a text, kept in the chain in the text's place."""
    return hashlib.sha256(text.encode()).hexdigest()
