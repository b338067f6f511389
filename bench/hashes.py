"""Bench (d): finding a photo's copies among 1,000,000 hashes, against reading one row by its key.

Side by side: the same connection, one question here, one there, in an order that changes: so a busy
moment of the machine strikes all, and none always follows the longest. `the photo` is what the desk
asks: six frames in eight standings, 288 keys.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from backoffice.files.fingerprints.marks import Mark
from bench.harness import close_all, median, memory_mb, own_database, show, use

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WANTED = 20
FRAMES = 6
POOL = 4_000  # pictures whose marks the hashes are made of
BAND_MASKS = [((1 << 21) - 1) << (21 * band) for band in range(3)]


def main() -> None:
    """Fill a database with hashes, ask it, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hashes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args()
    with own_database("redress_bench_hashes") as url:
        use(url)
        photos = fill(options.hashes)
        try:
            compare(photos, options)
        finally:
            close_all()


def compare(photos: int, options: argparse.Namespace) -> None:
    """Ask in turn, and print the medians."""
    ways = questions(photos)
    times: dict[str, list[float]] = {name: [] for name in ways}
    order, dice = list(ways), random.Random(4)
    for number in range(options.rounds):
        dice.shuffle(order)
        for name in order:
            begun = time.perf_counter()
            ways[name](number)
            times[name].append(time.perf_counter() - begun)
    medians = {name: median(values) for name, values in times.items()}
    key = "one row by its key"
    rows = [
        [name, f"{1000 * taken:.2f}", f"{taken / medians[key]:.1f}"]
        for name, taken in medians.items()
    ]
    title = f"{options.hashes:,} hashes of {photos:,} photos"
    show(title, ["", "milliseconds", "times a read by key"], rows)
    ratio = medians["the photo, in the index"] / medians[key]
    found = ways["the photo, looked at closely"](0)
    print(f"found: {found}")
    print(f"lookup against a read by key {ratio:.1f} (wanted: under {WANTED})")
    print(f"memory {memory_mb()} MB")


def questions(photos: int) -> dict[str, Callable[[int], object]]:
    """What is asked, by name; the first is what the others are compared with."""
    from django.db import connection

    from backoffice.files.fingerprints.marks import UPRIGHT, Ask, asks
    from backoffice.files.models import PhotoHash
    from backoffice.files.queries import matches
    from backoffice.files.queries.banded import TABLE, near_rows

    dice = random.Random(2)
    samples = [drawn(dice) for _ in range(50)]
    file = a_file_and_its_copy(photos)

    def by_key(number: int) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {TABLE} WHERE id = %s", [1 + 7919 * number % photos])
            return cursor.fetchall()

    def one(number: int) -> object:
        return list(near_rows(Ask(samples[number % 50][0], UPRIGHT).keys()))

    def photo(number: int) -> object:
        wanted = {key for ask in asks(samples[number % 50]) for key in ask.keys()}  # noqa: SIM118
        return list(near_rows(wanted))

    def whole(number: int) -> object:
        return matches([file])

    return {
        "one row by its key": by_key,
        "one row by its key, as a model": lambda n: PhotoHash.objects.get(pk=1 + 7919 * n % photos),
        "one mark, in the index": one,
        "the photo, in the index": photo,
        "the photo, looked at closely": whole,
    }


def drawn(dice: random.Random) -> list[Mark]:
    """The marks of an invented picture: soft lights, and things lying on them."""
    from PIL import Image, ImageDraw

    from backoffice.files.fingerprints.glimpse import Glimpse
    from backoffice.files.fingerprints.marks import marks

    cells = dice.randint(3, 9)
    lights = Image.frombytes("L", (cells, cells), dice.randbytes(cells * cells))
    picture = lights.resize((40, 40), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(dice.randint(2, 12)):
        x, y = dice.uniform(-5, 35), dice.uniform(-5, 35)
        box = (x, y, x + dice.uniform(2, 20), y + dice.uniform(2, 20))
        dice.choice([draw.ellipse, draw.rectangle])(box, fill=dice.randrange(256))
    return marks([Glimpse(picture, picture, picture)])


def invented(pool: list[list[Mark]], dice: random.Random) -> Iterator[Mark]:
    """A photo's six marks, each band another picture's, as a seventh may have left its weak bits.

    So the keys are as common, and as rare, as those of pictures are: random bits would spread far
    more evenly, and flatter the bench.
    """
    from backoffice.files.fingerprints.marks import BITS, TURNS, turned

    turn = dice.choice(TURNS)
    three = [dice.choice(pool) for _ in BAND_MASKS]
    noise = dice.getrandbits(BITS) & dice.getrandbits(BITS)
    for frame in range(FRAMES):
        bits = weak = 0
        for mask, marks in zip(BAND_MASKS, three, strict=True):
            mark = turned(marks[frame], turn)
            bits |= (mark.bits ^ (mark.weak & noise)) & mask
            weak |= mark.weak & mask
        yield Mark(frame, bits, weak)


def fill(hashes: int) -> int:
    """So many hashes of invented photos, as stored; how many photos that makes."""
    from django.core.management import call_command
    from django.db import connection

    from backoffice.common.bulk import append
    from backoffice.files.fingerprints.glimpse import BYTES
    from backoffice.files.fingerprints.marks import bands
    from backoffice.files.models import PhotoGlimpse, PhotoHash

    call_command("migrate", verbosity=0)
    photos, dice = hashes // FRAMES, random.Random(1)
    pool = [drawn(dice) for _ in range(POOL)]
    columns = ["photo_id", "frame", "bits", "weak", "band0", "band1", "band2"]
    for first in range(1, photos + 1, 10_000):
        batch = range(first, min(first + 10_000, photos + 1))
        listings = ((n, f"https://shop.example/{n}.jpg", bytes(BYTES)) for n in batch)
        append(PhotoGlimpse, ["id", "listing", "kept"], listings)
        marks = ((n, mark) for n in batch for mark in invented(pool, dice))
        append(PhotoHash, columns, ((n, *mark, *bands(mark.bits)) for n, mark in marks))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(f"ALTER TABLE {PhotoGlimpse._meta.db_table} ALTER id RESTART {photos + 1}")
    return photos


def a_file_and_its_copy(photos: int) -> int:
    """A stored photo whose mirror image another case holds."""
    from PIL import Image, ImageOps

    from backoffice.files.fingerprints import of
    from backoffice.files.models import StoredFile
    from backoffice.files.service.recognition import remember

    raw = random.Random(3).randbytes(144 * 3)
    picture = Image.frombytes("RGB", (12, 12), raw).resize((320, 240), Image.Resampling.BICUBIC)
    for number, shown in enumerate((picture, ImageOps.mirror(picture))):
        file = StoredFile.objects.create(
            public_id=f"F-{number:012}",
            subject=f"RD-{number}",
            uploader_kind="BUYER",
            uploader_ref="b-1",
            name="photo.jpg",
            kind="PHOTO",
            format="JPEG",
            size=1,
            sha256=f"{number:064}",
            width=320,
            height=240,
            folder=f"files/{number}",
            at=NOW,
        )
        remember(file, of(shown))
    return file.pk


if __name__ == "__main__":
    main()
