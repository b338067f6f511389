"""Values as PayPal writes them. What would break its patterns is mended, or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from backoffice.common.money import Money

Shape = dict[str, Any]
LONGEST = 2000
_ID = re.compile(r"[A-Za-z0-9-]{1,255}", re.ASCII)
_PLAIN_ID = re.compile(r"[A-Za-z0-9]{1,255}", re.ASCII)
_NOT_IN_NAMES = re.compile(r"[~!@#$%^*()_{}:|\t\n/]+")
_FILE_NAME = re.compile(r"[A-Za-z0-9\-_,\s]+\.[A-Za-z]+", re.ASCII)


def shape(**members: Any) -> Shape:
    """The members that say something: PayPal leaves out what is empty."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def moment(at: datetime | None) -> str | None:
    """`2026-03-01T12:00:00.000Z`."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def money(minor: int, currency: str) -> Shape:
    """An amount."""
    return Money(minor, currency).to_json()


def identifier(text: str) -> str | None:
    """An id, if it is made of what PayPal's are made of."""
    return text if _ID.fullmatch(text) else None


def plain_identifier(text: str) -> str | None:
    """An id of letters and digits alone."""
    return text if _PLAIN_ID.fullmatch(text) else None


def name(text: str) -> str | None:
    """A person's or shop's name without the signs that PayPal has in none."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:LONGEST] or None


def file_name(text: str) -> str:
    """A file's name in PayPal's letters."""
    if _FILE_NAME.fullmatch(text):
        return text
    stem, _, extension = text.rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9\-_,\s]+", "_", stem or extension).strip() or "file"
    extension = re.sub(r"[^A-Za-z]+", "", extension if "." in text else "") or "bin"
    return f"{stem}.{extension}"


def text(words: str) -> str | None:
    """A text of PayPal's length."""
    return words[:LONGEST] or None


def latest(rows: Sequence[Shape], most: int) -> list[Shape]:
    """The last `most` of what PayPal limits the number of."""
    return list(rows[-most:])


def merged(*parts: Mapping[str, Any]) -> Shape:
    """Several shapes as one."""
    return {name: value for part in parts for name, value in part.items()}
