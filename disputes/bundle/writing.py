"""Writing a bundle's files into a ZIP, one after the other, noting the size and hash of each."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from backoffice.common.canonical import canonical_json

PART = 1 << 16
# What is compressed already is only stored.
COMPRESSED = (".jpg", ".pdf", ".bin")


class BundleFile:
    """The ZIP being written, and what its manifest will say."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.files: list[dict[str, Any]] = []

    def add(self, path: str, content: bytes | Iterable[bytes]) -> str:
        """Write a file; its SHA-256."""
        parts = [content] if isinstance(content, bytes) else content
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path)
        info.external_attr = 0o644 << 16
        stored = path.endswith(COMPRESSED)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w") as file:
            for part in parts:
                digest.update(part)
                size += len(part)
                file.write(part)
        self.files.append({"path": path, "size": size, "sha256": digest.hexdigest()})
        return digest.hexdigest()

    def close(self, manifest: dict[str, Any]) -> str:
        """Write the manifest, last; its SHA-256."""
        digest = self.add("manifest.json", canonical_json(manifest | {"files": list(self.files)}))
        self._zip.close()
        return digest


def parts_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file's bytes, a part at a time."""
    with file:
        while part := file.read(PART):
            yield part
