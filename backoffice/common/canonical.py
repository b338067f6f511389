"""One byte string for one value: what hashes are computed over."""

from typing import Any

import orjson

# The integers that JSON readers and both databases carry alike.
INT64 = range(-(2**63), 2**63)


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with keys sorted by code point and no spaces.

    Datetimes as RFC 3339 in their own offset, UTC as Z. Raises TypeError for what JSON cannot
    carry: integers beyond 64 bits, lone surrogates, keys that are not text.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
