"""The desk's place in the admin: its addresses, and what the stock pages would do instead."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, re_path

from disputes.admin import (
    acting,
    adjudication,
    bundle,
    case_page,
    deciding_alike,
    elsewhere,
    files,
    pauses,
    queue,
    saved,
    second_looks,
    talking,
    team,
)
from disputes.admin.doors import Door, button, door, queue_button
from disputes.models import Case

CASE = r"^(?P<public_id>RD-[0-9A-Z]{1,17})/"


class CaseAdmin(admin.ModelAdmin[Case]):
    """Cases are worked on from the queue and their own page; the stock forms edit nothing here."""

    def get_urls(self) -> list[URLPattern]:
        """The desk's addresses, before the stock ones."""
        desk = [*self._lists(), *self._of_a_case(), *self._papers()]
        return desk + super().get_urls()

    def _lists(self) -> list[URLPattern]:
        """What is about many cases: the queue, second looks, the team."""
        return [
            path("queue/", door(self, queue.queue_page), name="disputes_case_queue"),
            path(
                "queue/take-next/",
                queue_button(self, queue.take_next),
                name="disputes_case_take_next",
            ),
            path("queue/views/", queue_button(self, saved.save), name="disputes_case_save_view"),
            path(
                "queue/views/<int:view_id>/remove/",
                queue_button(self, saved.forget),
                name="disputes_case_forget_view",
            ),
            path(
                "second-looks/",
                door(self, second_looks.second_looks),
                name="disputes_case_second_looks",
            ),
            path(
                "second-looks/<int:check_id>/",
                queue_button(self, second_looks.look),
                name="disputes_case_second_look",
            ),
            path("pauses/", door(self, pauses.pauses_page), name="disputes_case_pauses"),
            path("team/", door(self, team.team_page), name="disputes_case_team"),
            path("set-aside/", door(self, queue.set_aside_page), name="disputes_case_set_aside"),
        ]

    def _of_a_case(self) -> list[URLPattern]:
        """A case's page, the pages beside it, and its buttons."""
        pages: dict[str, Door] = {
            "alike": deciding_alike.decide_page,
            "arrived": case_page.arrived,
            "elsewhere": elsewhere.elsewhere,
        }
        buttons: dict[str, Door] = {name: acting.press(name) for name in acting.BUTTONS}
        buttons |= {"adjudicate": adjudication.adjudicate, "put-back": queue.put_back}
        buttons |= {"decide-appeal": adjudication.on_appeal}
        buttons |= {"read": talking.read}
        return [
            re_path(f"{CASE}$", door(self, case_page.case_page), name="disputes_case_page"),
            *(
                re_path(f"{CASE}{end}/$", door(self, view), name=f"disputes_case_{end}")
                for end, view in pages.items()
            ),
            *(
                re_path(f"{CASE}{end}/$", button(self, view), name=f"disputes_case_{end}")
                for end, view in buttons.items()
            ),
        ]

    def _papers(self) -> list[URLPattern]:
        """What belongs to a case as files: those it was given, and all of it as one."""
        return [
            re_path(f"{CASE}files/$", button(self, files.upload), name="disputes_case_files"),
            re_path(
                f"{CASE}files/(?P<file_id>F-[0-9A-Z]{{1,17}})/original/$",
                door(self, files.original),
                name="disputes_case_original",
            ),
            re_path(f"{CASE}bundle/$", door(self, bundle.bundle_page), name="disputes_case_bundle"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue is the list of cases."""
        return redirect("admin:disputes_case_queue")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The case page, found by the row's id: links from elsewhere in the admin lead here."""
        key = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        return redirect("admin:disputes_case_page", get_object_or_404(Case, pk=key).public_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Buyers file claims."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Verbs change cases."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Nothing is forgotten."""
        return False
