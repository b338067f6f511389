"""When time limits run, and when they stand still.

Written in a rulebook as `[calendar]` for staff: a zone, each weekday's windows, a country whose
public holidays are free, and days off of one's own. As `[holidays]` for the two sides: the same
without hours, whole days on which their clocks stand still. Without one, every hour counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.utils.translation import gettext

from backoffice.rulebook.engine.problems import Problem

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOLIDAY_KEYS = ("zone", "country", "days_off")
KEYS = (*HOLIDAY_KEYS, "hours")
_WINDOW = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)
_WHOLE = (0, 1440)
_FARTHEST = 366 * 11  # days looked ahead: more than the longest limit a rulebook can write
Windows = tuple[tuple[int, int], ...]
"""A day's working windows, in minutes since its midnight, ascending and apart."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours, by weekday from Monday, of one zone, less holidays and days off."""

    zone: str = "UTC"
    week: tuple[Windows, ...] = ((_WHOLE,),) * 7
    country: str = ""
    days_off: frozenset[date] = frozenset()

    @property
    def always(self) -> bool:
        """Whether every hour counts."""
        return self is ALWAYS or (
            not (self.country or self.days_off) and set(self.week) == {(_WHOLE,)}
        )

    def written(self) -> dict[str, Any]:
        """The calendar as a document writes it."""
        hours = {
            day: [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in windows]
            for day, windows in zip(DAYS, self.week, strict=True)
        }
        days_off = [day.isoformat() for day in sorted(self.days_off)]
        return {
            "zone": self.zone,
            "country": self.country,
            "days_off": days_off,
            "hours": hours,
        }

    def windows(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working windows of a day of the zone, as moments in UTC; none on a day off.

        Where the clocks change, a window is as long as it really is.
        """
        if day in self.days_off or (self.country and day in _holidays(self.country)):
            return
        zone = _zone(self.zone)
        midnight = datetime.combine(day, time.min)
        for start, end in self.week[day.weekday()]:
            moments = (midnight + timedelta(minutes=m) for m in (start, end))
            begins, ends = (m.replace(tzinfo=zone).astimezone(UTC) for m in moments)
            if begins < ends:
                yield begins, ends

    def stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working time from `start` on, window by window."""
        day = start.astimezone(_zone(self.zone)).date()
        for ahead in range(_FARTHEST):
            for begins, ends in self.windows(day + timedelta(days=ahead)):
                if ends > start:
                    yield max(begins, start), ends


ALWAYS = Calendar()


def add_working_time(now: datetime, duration: timedelta, calendar: Calendar) -> datetime:
    """The moment by which `duration` of working time has passed since `now`, in UTC.

    The end of a window rather than the start of the next: what is due then was due at its end.
    Raises ValueError where the calendar has not that much working time in eleven years.
    """
    now = now.astimezone(UTC)
    if calendar.always or not duration:
        return now + duration
    for begins, ends in calendar.stretches(now):
        if duration <= ends - begins:
            return begins + duration
        duration -= ends - begins
    raise ValueError("the calendar has too little working time")


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two moments; none where `end` comes first."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if calendar.always:
        return max(end - start, timedelta())
    total = timedelta()
    for begins, ends in calendar.stretches(start):
        if begins >= end:
            break
        total += min(ends, end) - begins
    return total


def add_working_days(now: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time of day so many working days later, or the next working moment after it.

    From outside working hours it is counted from the next window's start.
    """
    now = now.astimezone(UTC)
    if calendar.always:
        return now + timedelta(days=days)
    start, _ = next(calendar.stretches(now))
    zone = _zone(calendar.zone)
    local = start.astimezone(zone)
    day, left = local.date(), days
    while left:
        day += timedelta(days=1)
        left -= any(True for _ in calendar.windows(day))
    same = datetime.combine(day, local.time()).replace(tzinfo=zone).astimezone(UTC)
    return next(calendar.stretches(same))[0]


def due(now: datetime, limit: timedelta, calendar: Calendar) -> datetime:
    """When a limit for staff is over: each full 24 hours of it are one working day."""
    days = limit // timedelta(hours=24)
    rest = limit - days * timedelta(hours=24)
    return add_working_time(add_working_days(now, days, calendar) if days else now, rest, calendar)


def in_last_quarter(since: datetime, due_at: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether at most a quarter of the working time from `since` to `due_at` is left."""
    return 4 * working_time(now, due_at, calendar) <= working_time(since, due_at, calendar)


def parse_calendar(raw: object) -> tuple[Calendar, list[Problem]]:
    """The calendar of a document, and what is wrong with it."""
    return _parse(raw, KEYS, gettext("calendar: %s"))


def parse_holidays(raw: object) -> tuple[Calendar, list[Problem]]:
    """The holidays of a document, as a calendar of whole days, and what is wrong with them."""
    return _parse(raw, HOLIDAY_KEYS, gettext("holidays: %s"))


def _parse(raw: object, keys: Sequence[str], said: str) -> tuple[Calendar, list[Problem]]:
    def problem(message: str) -> Problem:
        return Problem("", 0, said % message)

    if not isinstance(raw, Mapping) or not raw:
        found = (
            [] if raw in (None, {}) else [problem(gettext("must be a table of keys and values"))]
        )
        return ALWAYS, found
    unknown = [key for key in raw if key not in keys]
    problems = [problem(gettext("unknown key %r; remove it") % key) for key in unknown]
    parts: dict[str, Any] = {}
    for key, parse in (
        ("zone", _parse_zone),
        ("country", _parse_country),
        ("days_off", _parse_days_off),
        ("week", _parse_week),
    ):
        try:
            parts[key] = parse(raw)
        except ValueError as error:
            problems.append(problem(str(error)))
    return (ALWAYS if problems else Calendar(**parts)), problems


def _parse_zone(raw: Mapping[str, Any]) -> str:
    zone = raw.get("zone", "UTC")
    if not isinstance(zone, str) or zone not in available_timezones():
        raise ValueError(gettext("zone %r is no time zone such as Europe/Madrid") % (zone,))
    return zone


def _parse_country(raw: Mapping[str, Any]) -> str:
    country = raw.get("country", "")
    if country and country not in holidays.list_supported_countries():
        told = gettext("country %r has no known holidays; write a code such as ES")
        raise ValueError(told % (country,))
    return str(country)


def _parse_days_off(raw: Mapping[str, Any]) -> frozenset[date]:
    days = raw.get("days_off", [])
    try:
        return frozenset(date.fromisoformat(day) for day in days)
    except (TypeError, ValueError) as error:
        raise ValueError(gettext('days_off lists dates such as "2026-12-31"')) from error


def _parse_week(raw: Mapping[str, Any]) -> tuple[Windows, ...]:
    hours = raw.get("hours", {})
    if not isinstance(hours, Mapping) or set(hours) - set(DAYS):
        raise ValueError(gettext("hours has the weekdays %s") % ", ".join(DAYS))
    if not hours:
        return ALWAYS.week
    week = tuple(_parse_day(day, hours.get(day, [])) for day in DAYS)
    if not any(week):
        told = gettext("hours leaves no time to work in; write a window for some weekday")
        raise ValueError(told)
    return week


def _parse_day(day: str, raw: object) -> Windows:
    if not isinstance(raw, list):
        raise ValueError(gettext('hours.%s lists windows such as "09:00-13:00"') % day)
    windows: list[tuple[int, int]] = []
    for written in raw:
        match = _WINDOW.fullmatch(written) if isinstance(written, str) else None
        start, end = _minutes(match) if match else (0, 0)
        if start >= end or end > _WHOLE[1] or (windows and start < windows[-1][1]):
            told = gettext(
                "hours.%(day)s: %(written)r is no window such as 09:00-13:00 after the one before"
            )
            raise ValueError(told % {"day": day, "written": written})
        windows.append((start, end))
    return tuple(windows)


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    first, second, third, fourth = map(int, match.groups())
    return first * 60 + second, third * 60 + fourth


@lru_cache(maxsize=16)
def _holidays(country: str) -> holidays.HolidayBase:
    """Looked up year by year as they are asked for."""
    return holidays.country_holidays(country)


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
