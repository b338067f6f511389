"""What the pipeline answers: the photo made anew, or why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MB = 1024 * 1024
MAX_BYTES = 10 * MB
# A photo of 64 megapixels takes some 400 MB to decode and turn upright.
MAX_PIXELS = 64_000_000
# The longest side of what is made of a photo: to look at closely, to look at, to recognise.
VIEW_SIDE, LARGE_SIDE, SMALL_SIDE = 4096, 1280, 320


class Unfit(Exception):
    """The bytes are not taken; `code` says why (see `refusals.WHY`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Photo:
    """A decoded photo: its upright size, what the camera wrote, its hashes, three JPEGs of ours."""

    width: int
    height: int
    facts: dict[str, Any]
    view: bytes
    large: bytes
    small: bytes
    fingerprints: list[int] = field(default_factory=list)
