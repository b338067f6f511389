"""A text in the plainest characters that read alike, with the place of each in the original. Pure.

So that a telephone number in circled digits, or with invisible characters in it, is one still.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Chinese numerals (the ornate ones, too), and dots and dashes of all kinds.
_NUMERALS = (
    ("〇零一二三四五六七八九幺", "001234567891"),
    ("壹贰貳叁參肆伍陆陸柒捌玖", "122334566789"),
)
_ALIKE = (
    {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | {ord(a): b for written, plain in _NUMERALS for a, b in zip(written, plain, strict=True)}
    | dict(zip(map(ord, "。｡•∙⋅‐‑‒–—−\u2800"), "..···------ ", strict=True))
)
# Nothing is seen of these: format characters, marks over or around another, Hangul fillers.
_UNSEEN, _FILLERS = frozenset({"Cf", "Mn", "Me"}), frozenset("\u115f\u1160\u3164\uffa0")


def plain(text: str) -> tuple[str, list[int]]:
    """The plain text, and for each of its characters its place in `text`."""
    if text.isascii():
        return text, list(range(len(text)))
    shown = [(_plain(sign), at) for at, sign in enumerate(text)]
    kept = [(sign, at) for sign, at in shown if sign]
    return "".join(sign for sign, _ in kept), [at for _, at in kept]


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """One character, or "" for one that is not seen."""
    if sign.isascii():
        return sign
    if ord(sign) in _ALIKE:
        return _ALIKE[ord(sign)]
    category = unicodedata.category(sign)
    if category in _UNSEEN or sign in _FILLERS:
        return ""
    if category == "Zs":
        return " "
    digit = unicodedata.digit(sign, None)
    same = unicodedata.normalize("NFKC", sign) if digit is None else str(digit)
    return same if len(same) == 1 else sign
