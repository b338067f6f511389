"""Carriers' codes that mean two things: such a scan never counts as delivered in silence."""

from __future__ import annotations

from functools import lru_cache

from backoffice.orders.enums import TrackingStatus

# Real carriers' codes that normalise to two statuses or more (compared with the data by a test).
AMBIGUOUS_CODES = frozenset(
    {
        ("australiapost", "possible delay"),
        ("bpost", "b04"),
        ("gls", "deliveredps"),
        ("mydhl", "cd"),
        ("mydhl", "cr"),
        ("mydhl", "hp"),
        ("mydhl", "rd"),
        ("mydhl", "ss"),
        ("mydhl", "wc"),
        ("teleship", "out_for_delivery"),
    }
)


@lru_cache(maxsize=4096)
def is_ambiguous(carrier: str, code: str) -> bool:
    """Whether `carrier`'s `code` means two things. Case and outer spaces do not matter."""
    return (carrier.strip().lower(), code.strip().lower()) in AMBIGUOUS_CODES


def judge(carrier: str, code: str, status: str) -> tuple[str, bool]:
    """The status to keep for a scan fed as `status`, and whether its code is ambiguous.

    A delivery told by an ambiguous code is kept as unknown: staff see the code and decide.
    """
    ambiguous = is_ambiguous(carrier, code)
    if ambiguous and status == TrackingStatus.DELIVERED:
        return TrackingStatus.UNKNOWN.value, True
    return status, ambiguous
