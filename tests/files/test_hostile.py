"""Files made on purpose are refused by their code, or made anew without what they carried."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from backoffice.files.pipeline.rendering import is_bare
from backoffice.files.service import FileRefused, prepare
from tests.files.hostile import HOSTILE

CARRIED = (b"Exif", b"GPS", b"http:", b"xpacket", b"ICC_PROFILE", b"script", b"%PDF", b"MPF")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_comes_to_what_it_deserves(name: str) -> None:
    make, expected = HOSTILE[name]
    photo = None
    try:
        prepared = prepare(make(), f"{name}.jpg")
        came_to, photo = str(prepared.format), prepared.photo
    except FileRefused as refused:
        came_to = refused.code
    assert came_to == expected
    for jpeg in (photo.view, photo.large, photo.small) if photo else ():
        assert is_bare(jpeg)
        assert not [word for word in CARRIED if word in jpeg]
        assert not Image.open(BytesIO(jpeg)).getexif()
