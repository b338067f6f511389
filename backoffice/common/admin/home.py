"""The staff's home: apps register panels, so that the ground floor need not know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Context = Callable[[HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the home page: a template and what it shows to whoever asks.

    `context` answers None where the panel is not for this reader. Lower `order` stands higher.
    """

    template: str
    context: Context
    order: int


_PANELS: dict[str, Panel] = {}


def register_panel(template: str, context: Context, order: int) -> None:
    """Show `template` on the home page of everybody for whom `context` has something to say."""
    _PANELS[template] = Panel(template, context, order)


def panels_for(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """The templates and contexts of the panels this reader sees, in their order."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda p: p.order):
        context = panel.context(request)
        if context is not None:
            shown.append((panel.template, context))
    return shown
