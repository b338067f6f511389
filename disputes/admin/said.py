"""What was said in a case as the desk shows it: with its author, files, and what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from backoffice.audit.catalogue import PARTIES
from backoffice.files.enums import Kind, Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.admin.pictures import facts
from disputes.admin.viewer import Picture
from disputes.enums import Party
from disputes.models import Case
from disputes.queries.conversation import Conversation, Said
from disputes.queries.known import Snapshot
from disputes.queries.masking import masking


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be saved, not looked at."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said. `masked`: the other side reads it without its contact data."""

    said: Said
    author: str
    masked: bool
    pictures: tuple[Picture, ...]
    documents: tuple[Document, ...]


def lines(
    conversation: Conversation,
    case: Case,
    snapshot: Snapshot,
    staff: Mapping[str, str],
    now: datetime,
) -> list[Line]:
    """Everything said that the page shows, oldest first; `staff` are names by id."""
    words = masking(snapshot.book, PARTIES, case.order, case.public_id)
    sides = {Party.BUYER.value: str(case.buyer), Party.SELLER.value: str(case.seller)}
    shown = []
    for said in conversation.said:
        author = sides.get(said.author) or staff.get(said.author_ref) or gettext("Staff")
        masked = not said.internal and words.shown(said.body, said.author, said.stage) != said.body
        photos = tuple(
            _picture(file, said, author, now) for file in said.files if file.kind == Kind.PHOTO
        )
        others = tuple(
            Document(file.name, address(file, Variant.DOCUMENT, now).href)
            for file in said.files
            if file.kind == Kind.DOCUMENT
        )
        shown.append(Line(said, author, masked, photos, others))
    return shown


def _picture(file: StoredFile, said: Said, author: str, now: datetime) -> Picture:
    return Picture(
        key=file.public_id,
        side=said.author,
        owner=author,
        thumb=address(file, Variant.SMALL, now).href,
        view=address(file, Variant.VIEW, now).href,
        caption=file.name,
        at=said.at,
        facts=facts(file),
    )
