"""A sender's file name, made harmless to show. It never becomes a path, and never tells a type."""

from __future__ import annotations

import re
import unicodedata

from backoffice.files.enums import Format

LONGEST = 100
LONGEST_SENT = 10_000
EXTENSIONS = {
    Format.JPEG: ".jpg",
    Format.PNG: ".png",
    Format.WEBP: ".webp",
    Format.HEIF: ".heic",
    Format.AVIF: ".avif",
    Format.PDF: ".pdf",
}
UNNAMED = "file"
# What a name's end may look like, once or several times (photo.jpg.exe).
_ENDS = re.compile(r"(\.[A-Za-z][A-Za-z0-9]{0,4})+$")
_FORBIDDEN = set("<>:\"|?*%;&'`")


def display_name(sent: str, format_: Format) -> str:
    """At most LONGEST characters, without folders, marks that turn the writing round, or tricks,

    and with the one ending that the bytes have earned.
    """
    end = EXTENSIONS[format_]
    stem = _ENDS.sub("", _harmless(sent)).strip(" .-_")
    return (stem[: LONGEST - len(end)].rstrip(" .-_") or UNNAMED) + end


def plain_name(sent: str) -> str:
    """The same without an ending of ours, for a file whose bytes were not taken or not seen yet."""
    return _harmless(sent)[:LONGEST].strip(" ") or UNNAMED


def _harmless(sent: str) -> str:
    last = re.split(r"[/\\]", sent[-LONGEST_SENT:].replace("\0", ""))[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if _shows(c))
    return " ".join(shown.split())


def _shows(character: str) -> bool:
    """Letters, marks, digits, signs and blanks; nothing that acts, hides or turns round."""
    category = unicodedata.category(character)
    return category[0] in "LMNPS" or category == "Zs" if character not in _FORBIDDEN else False
