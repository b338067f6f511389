"""Closed lists. Without Django: the decoding processes read them too."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file is to us: photos are decoded and shown, documents are handed on as they are."""

    PHOTO = "PHOTO"
    DOCUMENT = "DOCUMENT"


class Format(StrEnum):
    """What may come in, told by the bytes and never by the name."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"
    AVIF = "AVIF"
    PDF = "PDF"

    @property
    def kind(self) -> Kind:
        """PDF is a document; the rest are photos."""
        return Kind.DOCUMENT if self is Format.PDF else Kind.PHOTO


class Variant(StrEnum):
    """What of a stored file can be asked for.

    A photo has VIEW, LARGE and SMALL, all made by us; a document has DOCUMENT. ORIGINAL is what
    was sent, sealed: for staff who say why.
    """

    VIEW = "VIEW"
    LARGE = "LARGE"
    SMALL = "SMALL"
    DOCUMENT = "DOCUMENT"
    ORIGINAL = "ORIGINAL"


PHOTO_VARIANTS = (Variant.VIEW, Variant.LARGE, Variant.SMALL)
