"""The case file: a PDF that tells the case from the claim to the last word, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from backoffice.files.models import StoredFile
from disputes.bundle import sections
from disputes.bundle.reading import Chain, Reading
from disputes.bundle.typesetting import FONT, QUIET, SMALL, TITLE, heading, para
from disputes.models import Note
from disputes.queries.public import PublicCase, public_case

MARGIN = 18 * mm
ROOM = 32 * mm  # that a heading and the first of its lines take
Picture = Callable[[StoredFile], bytes]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file is made of, beside the case itself."""

    public_id: str
    reading: Reading
    chain: Chain
    files: Sequence[StoredFile]
    notes: Sequence[Note]
    names: dict[str, str]
    made_at: datetime
    picture: Picture


def case_file(about: CaseFile, language: str) -> bytes:
    """The PDF in `language`. Times are in UTC, and say so."""
    out = BytesIO()
    with translation.override(language), timezone.override(UTC):
        found = public_case(about.public_id, about.reading.readers)
        document = BaseDocTemplate(
            out,
            pagesize=A4,
            title=_("Case file %s") % about.public_id,
            author="Redress",
            lang=language,
        )
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        foot = partial(_foot, about)
        document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
        document.build(list(_story(found, about)))
    return out.getvalue()


def _story(found: PublicCase, about: CaseFile) -> Iterator[Flowable]:
    """Everything, in the order in which somebody who knows nothing would ask."""
    yield para(_("Case file %s") % about.public_id, TITLE)
    made = formats.date_format(timezone.localtime(about.made_at), "DATETIME_FORMAT")
    told = _("Made by Redress on %s. All times are in UTC.") % made
    yield para(f"{told} {_whose(about)}", SMALL)
    yield para(_how_to_check(about), SMALL)
    parts: list[tuple[str, list[Flowable]]] = [
        (_("The claim"), sections.claim(found, about.reading.staff)),
        (_("What was claimed"), sections.lines(found)),
        (_("Order and delivery"), sections.delivery(found)),
        (_("Decision and reasons"), sections.decisions(found)),
        (_("Appeals"), sections.appeals(found)),
        (_("Offers"), sections.offers(found)),
        (_("Returns"), sections.returns(found)),
        (_("Evidence"), sections.evidence(found)),
        (_("Messages"), sections.messages(found, about.names)),
        (_("Internal notes"), sections.notes(about.notes, about.names)),
        (_("What happened"), sections.timeline(found)),
        (_("Who was waited for"), sections.waiting(found, about.made_at)),
        (_("Money"), sections.transfers(found)),
    ]
    for title, flowables in parts:
        yield from _section(title, flowables, ROOM)
    files = sections.files(about.files, about.picture)
    yield from _section(_("Photos and documents"), files, ROOM + sections.PHOTO)


def _section(title: str, flowables: list[Flowable], room: float) -> Iterator[Flowable]:
    """Its heading and what it holds, on a new page where less than `room` is left; none if empty.

    (Keeping a heading with what follows would move a long table to the next page as a whole.)
    """
    if flowables:
        yield CondPageBreak(room)
        yield heading(title)
        yield from flowables


def _whose(about: CaseFile) -> str:
    if about.reading.staff:
        return _("It holds what staff may see, internal notes included.")
    return _("It holds what the parties may see.")


def _how_to_check(about: CaseFile) -> str:
    return _(
        "This file is part of an evidence bundle. verify.py, which is beside it, checks the bundle"
        " offline. The case's chain had %(length)d events; the last one's hash is %(hash)s."
    ) % {"length": about.chain.length, "hash": about.chain.hash}


def _foot(about: CaseFile, canvas: Canvas, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 7)
    canvas.setFillColor(QUIET)
    page = _("Page %d") % document.page
    canvas.drawString(MARGIN, 10 * mm, f"{about.public_id}  ·  {about.chain.hash[:16]}")
    canvas.drawRightString(A4[0] - MARGIN, 10 * mm, page)
    canvas.restoreState()
