"""A rulebook's calendars laid out for a page: when staff work, and when the sides' clocks rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.calendar import Calendar

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """One calendar: what it is for, and what it says, a label and a text each."""

    name: str
    title: str
    about: str
    facts: list[tuple[str, str]]


def clocks(book: Rulebook) -> list[Clock]:
    """Both calendars of the rulebook in the reader's language."""
    return [
        Clock(
            "calendar",
            _("Working hours of staff"),
            _(
                "The time limits for staff run in these hours only; each full 24 hours of a limit"
                " are one working day."
            ),
            [*_free(book.calendar), *_week(book.calendar)],
        ),
        Clock(
            "holidays",
            _("Holidays of buyer and seller"),
            _("On these days the clocks of both sides stand still."),
            _free(book.holidays),
        ),
    ]


def _free(calendar: Calendar) -> list[tuple[str, str]]:
    days = [formats.date_format(day, "DATE_FORMAT") for day in sorted(calendar.days_off)]
    return [
        (_("Time zone"), calendar.zone),
        (_("Public holidays of"), calendar.country or _("no country")),
        (_("Days off"), "; ".join(days) or _("none")),
    ]


def _week(calendar: Calendar) -> list[tuple[str, str]]:
    return [
        (str(WEEKDAYS[number]), ", ".join(map(_window, windows)) or pgettext("hours", "closed"))
        for number, windows in enumerate(calendar.week)
    ]


def _window(window: tuple[int, int]) -> str:
    if window == (0, DAY):
        return _("all day")
    return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in window)
