"""Working time: pure arithmetic, and a brute-force reading minute by minute beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rulebook.default import default_book
from backoffice.rulebook.engine.calendar import (
    ALWAYS,
    Calendar,
    add_working_days,
    add_working_time,
    due,
    in_last_quarter,
    parse_calendar,
    working_time,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TWO_WINDOWS = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
MADRID = Calendar("Europe/Madrid", (*(TWO_WINDOWS,) * 5, (), ()), "ES", frozenset())
NIGHTS = Calendar("Europe/Madrid", (((0, 6 * 60),),) * 7)
NEW_YORK = Calendar(
    "America/New_York",
    (*(((8 * 60 + 30, 12 * 60), (13 * 60, 24 * 60)),) * 6, ()),
    days_off=frozenset({date(2026, 3, 10)}),
)
CALENDARS = st.sampled_from([MADRID, NIGHTS, NEW_YORK, ALWAYS])
# Both changes of the clock in either zone lie within.
MOMENTS = st.integers(0, 270 * 24 * 60).map(
    lambda minutes: datetime(2026, 2, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.integers(0, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def madrid(*args: int) -> datetime:
    return datetime(*args, tzinfo=ZoneInfo("Europe/Madrid"))


def test_time_stands_still_at_noon_at_night_and_at_the_weekend() -> None:
    assert add_working_time(madrid(2026, 3, 4, 12), 2 * HOUR, MADRID) == madrid(2026, 3, 4, 15)
    assert add_working_time(madrid(2026, 3, 6, 17), 2 * HOUR, MADRID) == madrid(2026, 3, 9, 10)


def test_holidays_and_days_off_are_free() -> None:
    assert add_working_time(madrid(2026, 4, 30, 17), 2 * HOUR, MADRID) == madrid(2026, 5, 4, 10)
    start = datetime(2026, 3, 9, 23, tzinfo=ZoneInfo("America/New_York"))
    ends = datetime(2026, 3, 11, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    assert add_working_time(start, 2 * HOUR, NEW_YORK) == ends


def test_the_night_the_clocks_change_is_as_long_as_it_is() -> None:
    spring, autumn = madrid(2026, 3, 29), madrid(2026, 10, 25)
    assert working_time(spring, madrid(2026, 3, 29, 12), NIGHTS) == 5 * HOUR
    assert working_time(autumn, madrid(2026, 10, 25, 12), NIGHTS) == 7 * HOUR


def test_what_is_due_at_the_end_of_a_window_is_due_then() -> None:
    assert add_working_time(madrid(2026, 3, 4, 9), 4 * HOUR, MADRID) == madrid(2026, 3, 4, 13)


def test_a_limit_of_days_is_counted_in_working_days() -> None:
    friday = madrid(2026, 3, 6, 17)
    assert due(friday, timedelta(days=2), MADRID) == madrid(2026, 3, 10, 17)
    assert due(friday, timedelta(hours=25), MADRID) == madrid(2026, 3, 9, 18)
    saturday = madrid(2026, 3, 7, 3)
    assert add_working_days(saturday, 1, MADRID) == madrid(2026, 3, 10, 9)


def test_the_last_quarter_is_of_working_time() -> None:
    since, until = madrid(2026, 3, 6, 9), madrid(2026, 3, 9, 18)  # sixteen hours
    assert not in_last_quarter(since, until, madrid(2026, 3, 9, 13, 30) - HOUR, MADRID)
    assert in_last_quarter(since, until, madrid(2026, 3, 9, 14), MADRID)


def test_a_limit_that_always_runs_is_plain_time() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert due(now, timedelta(hours=48), default_book().calendar) == now + 48 * HOUR


@given(now=MOMENTS, span=SPANS, calendar=CALENDARS)
def test_added_time_is_the_time_between(now: datetime, span: timedelta, calendar: Calendar) -> None:
    assert working_time(now, add_working_time(now, span, calendar), calendar) == span


@given(now=MOMENTS, first=SPANS, second=SPANS, calendar=CALENDARS)
def test_added_in_two_steps_is_added_at_once(
    now: datetime, first: timedelta, second: timedelta, calendar: Calendar
) -> None:
    once = add_working_time(now, first + second, calendar)
    twice = add_working_time(add_working_time(now, first, calendar), second, calendar)
    assert once == twice or second == timedelta()


@given(now=MOMENTS, later=SPANS, span=SPANS, calendar=CALENDARS)
def test_who_begins_later_is_due_no_earlier(
    now: datetime, later: timedelta, span: timedelta, calendar: Calendar
) -> None:
    assert due(now, span, calendar) <= due(now + later, span, calendar)


@given(now=MOMENTS, minutes=st.integers(0, 2000), calendar=CALENDARS)
def test_working_time_as_counted_minute_by_minute(
    now: datetime, minutes: int, calendar: Calendar
) -> None:
    found = sum(_works(now + n * MINUTE, calendar) for n in range(minutes))
    assert working_time(now, now + minutes * MINUTE, calendar) == found * MINUTE


def _works(moment: datetime, calendar: Calendar) -> bool:
    local = moment.astimezone(ZoneInfo(calendar.zone))
    if local.date() in calendar.days_off or (calendar.country and _holiday(local.date())):
        return False
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in calendar.week[local.weekday()])


def _holiday(day: date) -> bool:
    return day in holidays.country_holidays("ES")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"zone": "Mars"}, "zone"),
        ({"country": "ZZ"}, "country"),
        ({"days_off": ["tomorrow"]}, "days_off"),
        ({"hours": {"monday": ["13:00-09:00"]}}, "hours.monday"),
        ({"hours": {"monday": ["09:00-13:00", "12:00-14:00"]}}, "hours.monday"),
        ({"hours": {"monday": []}}, "hours leaves no time"),
        ({"hours": {"someday": []}}, "weekdays"),
        ({"open": True}, "unknown key"),
        ("always", "must be a table"),
    ],
)
def test_a_calendar_that_cannot_be_says_what_is_wrong(written: object, wrong: str) -> None:
    calendar, problems = parse_calendar(written)
    assert calendar == ALWAYS
    assert len(problems) == 1
    assert wrong in problems[0].message


def test_a_calendar_is_written_as_it_was_read() -> None:
    assert parse_calendar(MADRID.written()) == (MADRID, [])
