"""What a sender calls his file does no harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.files.enums import Format
from backoffice.files.names import LONGEST, display_name, plain_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("cup.jpg", "cup.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\ann\\my cup.JPEG", "my cup.png"),
        ("invoice\u202egpj.exe", "invoicegpj.png"),
        ("photo.jpg.exe.html", "photo.png"),
        ("a\0b.php", "ab.png"),
        ("<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png"),
        ("杯子 碎了.heic", "杯子 碎了.png"),
        ("x" * 10_000 + ".jpg", "x" * 96 + ".png"),
        ("....", "file.png"),
        ("\u200b\u202e\n", "file.png"),
        ("", "file.png"),
        ("scan 2026.02.03.jpg", "scan 2026.02.03.png"),
    ],
)
def test_display_name(sent: str, shown: str) -> None:
    assert display_name(sent, Format.PNG) == shown


@given(st.text(max_size=300))
def test_any_name_is_short_printable_and_one_line(sent: str) -> None:
    for shown in (display_name(sent, Format.PDF), plain_name(sent)):
        assert 0 < len(shown) <= LONGEST
        assert not {"/", "\\", "\0", "\n", "<", '"'} & set(shown)
        assert not [c for c in shown if unicodedata.category(c)[0] == "C"]
