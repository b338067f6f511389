"""What a file is, by its first bytes. Its name is never asked."""

from __future__ import annotations

from backoffice.files.enums import Format

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEAD = 64


def sniff(content: bytes) -> Format | None:
    """The format that `content` begins as; None for what we do not take."""
    head = content[:HEAD]
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith(b"%PDF-"):
        return Format.PDF
    return _of_brands(head) if head[4:8] == b"ftyp" else None


def _of_brands(head: bytes) -> Format | None:
    """Of an ISO media file: its major brand, then those it is compatible with (AVIF says mif1)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[i : i + 4] for i in range(16, end - 3, 4))]
    if brands[0] in _AVIF_BRANDS:
        return Format.AVIF
    if brands[0] in _HEIF_BRANDS:
        return Format.AVIF if _AVIF_BRANDS & set(brands) else Format.HEIF
    return None
