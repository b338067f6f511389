"""The picture viewer: what it needs to know of a picture, wherever that comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to look at. `thumb` and `view` are addresses the reader may open.

    `side` is BUYER, SELLER or LISTING, `owner` says it in words; `facts` are what is known of the
    file (when and with what it was taken).
    """

    key: str
    side: str
    owner: str
    thumb: str
    view: str
    caption: str
    at: datetime | None = None
    facts: tuple[str, ...] = ()
