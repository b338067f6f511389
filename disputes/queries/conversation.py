"""What was said in a case, a page at a time: the latest first, however much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from disputes.enums import Party
from disputes.models import Case, Message

PAGE = 30


@dataclass(frozen=True, slots=True)
class Said:
    """Something written in a case: `author` is a Party; an internal note is `internal`."""

    id: int
    at: datetime
    author: str
    author_ref: str
    body: str
    internal: bool = False

    @property
    def role(self) -> str:
        """What the author is in the case, in words."""
        return str(Party(self.author).label)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some of what was said, oldest first.

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
    """The PAGE latest before the cursor `before`; one that cannot be read asks for the end."""
    cursor = _cursor(before)
    rows = Message.objects.filter(case_id=case.pk)
    if cursor is not None:
        rows = rows.filter(id__lt=cursor)
    found = [_message(m) for m in rows.order_by("-id")[: PAGE + 1]]
    shown = found[:PAGE][::-1]
    earlier = str(shown[0].id) if len(found) > PAGE else ""
    return Conversation(tuple(shown), earlier, cursor is not None)


def _message(row: Message) -> Said:
    return Said(row.pk, row.at, row.author, row.author_ref, row.body)


def _cursor(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
