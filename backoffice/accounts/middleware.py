"""Pages speak the reader's time."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ReaderZoneMiddleware:
    """Shows times in the logged-in user's `time_zone`, in TIME_ZONE to everybody else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The API answers in UTC and has no user: reading one would cost it a session.
        if request.path.startswith(("/api/", "/v1/")):
            return self.get_response(request)
        zone = zone_of(getattr(request.user, "time_zone", ""))
        with timezone.override(zone):
            return self.get_response(request)


def zone_of(name: str) -> ZoneInfo | None:
    """The zone called `name`; None if there is none (the name may be from an older tzdata)."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
