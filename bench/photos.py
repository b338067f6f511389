"""The photo pipeline, beside bare Pillow doing decode, orient, two thumbnails, encode.

The pipeline does it in another process, takes the metadata off, reads what the camera wrote, works
out the hashes by which a copy is found again, and looks at each of the three files it made.
`python -m bench.photos [ROUNDS]`; it needs no database.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from backoffice.files.enums import Format
from backoffice.files.pipeline.pool import Pool
from backoffice.files.pipeline.rendering import QUALITY
from backoffice.files.pipeline.results import LARGE_SIDE, SMALL_SIDE
from bench.harness import median, seconds, show

WANTED = 1.3
SIZES = [(1600, 1200), (4032, 3024)]  # what messengers pass on, and what telephones take
TURNED = 6


def a_photo(width: int, height: int) -> bytes:
    """A JPEG with the detail of a real one: noise at several scales, held upright."""
    grain = Image.frombytes("RGB", (width // 8, height // 8), os.urandom(width * height * 3 // 64))
    image = grain.resize((width, height), Image.Resampling.BICUBIC)
    fine = Image.frombytes("L", (width // 2, height // 2), os.urandom(width * height // 4))
    image = Image.blend(image, fine.resize((width, height)).convert("RGB"), 0.15)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = TURNED
    out = BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def bare(content: bytes) -> list[bytes]:
    """The same four steps, in a line each."""
    image = ImageOps.exif_transpose(Image.open(BytesIO(content)))
    made = [image]
    for side in (LARGE_SIDE, SMALL_SIDE):
        thumbnail = image.copy()
        thumbnail.thumbnail((side, side))
        made.append(thumbnail)
    return [_jpeg(each) for each in made]


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def main(rounds: int) -> None:
    """Ask both in turn, so that noise strikes both, and print the ratio of the medians."""
    pool, rows = Pool(1), []
    for width, height in SIZES:
        content = a_photo(width, height)
        pool.make(content, Format.JPEG)  # the worker is there already, as it is on most days
        bare_s, ours_s = [], []
        for _ in range(rounds):
            bare_s.append(seconds(partial(bare, content)))
            ours_s.append(seconds(partial(pool.make, content, Format.JPEG)))
        ratio = median(ours_s) / median(bare_s)
        rows.append(
            [
                f"{width} x {height}, {len(content) / 2**20:.1f} MB",
                f"{1000 * median(bare_s):.0f} ms",
                f"{1000 * median(ours_s):.0f} ms",
                f"{ratio:.2f}",
                f"{WANTED} at most",
            ]
        )
    pool.close()
    show(
        "Photo pipeline, beside bare Pillow",
        ["photo", "bare Pillow", "pipeline", "ratio", "wanted"],
        rows,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
