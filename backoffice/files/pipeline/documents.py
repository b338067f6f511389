"""A look at a PDF: is it whole? It is never opened, rendered or changed here."""

from __future__ import annotations

import re

from backoffice.files.pipeline.results import Unfit

# What ISO 32000 asks of both ends. Readers allow some bytes after the end, and so do we.
_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL = 1024
_END = re.compile(rb"startxref\s+[0-9]+\s+%%EOF")


def check_pdf(content: bytes) -> None:
    """Raises Unfit for what begins as a PDF and is none, or is cut off."""
    if not _HEADER.match(content) or not _END.search(content[-_TAIL:]):
        raise Unfit("malformed")
