"""How the pool and its workers talk: a length, a JSON head, then the bytes the head announces."""

from __future__ import annotations

import json
from typing import IO, Any

_LENGTH = 4
# More than the largest photo's view can be: the other side may have been turned against us.
_LONGEST = 128 * 1024 * 1024


def write(stream: IO[bytes], head: dict[str, Any], *blobs: bytes) -> None:
    """Send `head` and `blobs`."""
    text = json.dumps(head | {"sizes": [len(blob) for blob in blobs]}).encode()
    stream.write(len(text).to_bytes(_LENGTH, "big") + text)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """What `write` sent. Raises EOFError where the other side has gone, ValueError for nonsense."""
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    head: dict[str, Any] = json.loads(_exactly(stream, length))
    return head, [_exactly(stream, size) for size in head["sizes"]]


def _exactly(stream: IO[bytes], size: int) -> bytes:
    if not 0 <= size <= _LONGEST:
        raise ValueError(f"a frame of {size} bytes")
    data = stream.read(size)
    if data is None or len(data) < size:
        raise EOFError
    return data
