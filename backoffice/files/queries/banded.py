"""The banded index: rows whose mark shares one of its three bands with what is asked for.

Plain SQL on three ordinary indexes, on both databases; the keys travel as one value per band, so
that a question for a hundred photos is no longer a statement than a question for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import connection

from backoffice.files.fingerprints.marks import BANDS, Mark, bands
from backoffice.files.models import PhotoHash

TABLE = PhotoHash._meta.db_table
ONE_OF = {
    "postgresql": "= ANY(%s::integer[])",
    "sqlite": "IN (SELECT value FROM json_each(%s))",
}


def near_rows(wanted: Iterable[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], int, Mark]]:
    """Each row that has one of the (band, key) wanted: that, its photo's id, its mark.

    A row that has two of them comes twice.
    """
    keys: list[list[int]] = [[] for _ in range(BANDS)]
    for band, key in wanted:
        keys[band].append(key)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [_parameter(each) for each in keys])
        for band, photo, frame, bits, weak in cursor:
            yield (band, bands(bits)[band]), photo, Mark(frame, bits, weak)


def _statement() -> str:
    one_of = ONE_OF[connection.vendor]
    return " UNION ALL ".join(
        f"SELECT {band}, photo_id, frame, bits, weak FROM {TABLE} WHERE band{band} {one_of}"
        for band in range(BANDS)
    )


def _parameter(keys: list[int]) -> list[int] | str:
    return keys if connection.vendor == "postgresql" else json.dumps(keys)
