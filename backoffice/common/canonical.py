"""One byte string for one value: what hashes are computed over."""

from typing import Any

import orjson


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; datetimes as RFC 3339 in UTC with a Z."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
