"""What was said in a case, a page at a time: the latest first, however much there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from backoffice.files.models import StoredFile
from disputes.enums import Party
from disputes.models import Case, Message, MessageFile, Note

PAGE = 30


@dataclass(frozen=True, slots=True)
class Said:
    """Something written in a case: `author` is a Party; an internal note is `internal`."""

    id: int
    at: datetime
    author: str
    author_ref: str
    body: str
    stage: str = ""
    files: tuple[StoredFile, ...] = ()
    internal: bool = False

    @property
    def role(self) -> str:
        """What the author is in the case, in words."""
        return str(Party(self.author).label)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some of what was said, messages and notes in one row, oldest first.

    `earlier` is the cursor of what came before, if anything did; `later` says that this is not
    the end.
    """

    said: tuple[Said, ...]
    earlier: str
    later: bool

    @property
    def staff(self) -> set[str]:
        """Who of the staff wrote."""
        return {said.author_ref for said in self.said if said.author == Party.STAFF}


def conversation(case: Case, before: str = "") -> Conversation:
    """The PAGE latest before the cursor `before`; one that cannot be read asks for the end.

    A cursor is the earliest message and the earliest note shown so far ("12-7").
    """
    cursor = _cursor(before)
    messages, notes = Message.objects.filter(case_id=case.pk), Note.objects.filter(case_id=case.pk)
    if cursor:
        messages, notes = messages.filter(id__lt=cursor[0]), notes.filter(id__lt=cursor[1])
    found = [_message(m) for m in messages.order_by("-id")[: PAGE + 1]]
    found += [_note(n) for n in notes.order_by("-id")[: PAGE + 1]]
    found.sort(key=lambda said: (said.at, said.internal, said.id), reverse=True)
    shown = found[:PAGE][::-1]
    earlier = _earliest(shown, cursor or (MOST, MOST)) if len(found) > PAGE else ""
    return Conversation(_with_files(shown), earlier, cursor is not None)


def _with_files(shown: list[Said]) -> tuple[Said, ...]:
    """The messages with their files (one statement); notes have none."""
    ids = [said.id for said in shown if not said.internal]
    brought: defaultdict[int, list[StoredFile]] = defaultdict(list)
    links = MessageFile.objects.filter(message_id__in=ids).select_related("file")
    for link in links.order_by("id"):
        brought[link.message_id].append(link.file)
    return tuple(
        replace(said, files=tuple(brought[said.id]))
        if not said.internal and said.id in brought
        else said
        for said in shown
    )


MOST = 2**62


def _earliest(shown: list[Said], cursor: tuple[int, int]) -> str:
    ids = [
        min((said.id for said in shown if said.internal is internal), default=before)
        for internal, before in zip((False, True), cursor, strict=True)
    ]
    return "-".join(map(str, ids))


def _message(row: Message) -> Said:
    return Said(row.pk, row.at, row.author, row.author_ref, row.body, row.stage)


def _note(row: Note) -> Said:
    return Said(row.pk, row.at, Party.STAFF.value, row.author_ref, row.body, internal=True)


def _cursor(text: str) -> tuple[int, int] | None:
    parts = text.split("-")
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) < 20 for p in parts):
        return None
    message, note = (min(int(part), MOST) for part in parts)
    return message, note
