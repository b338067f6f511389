"""Events, to read: a list of what happened, and one event with its chain around it."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from backoffice.audit import catalogue
from backoffice.audit.models import Event
from backoffice.audit.queries import of_subject_id, timeline
from backoffice.common.actors import ActorKind
from backoffice.common.admin.records import RecordAdmin

# What a chain is about, where its kind is no word that people use.
KINDS = {
    "api_client": _("API client"),
    "bundle": _("evidence bundle"),
    "case": _("case"),
    "file": _("file"),
    "order": _("order"),
    "pause": _("pause"),
    "quality_check": _("second look"),
    "reconciliation": _("reconciliation"),
    "rulebook": _("rulebook"),
    "template": _("message template"),
}


class ActorFilter(admin.SimpleListFilter):
    """By kind of actor."""

    title = _("actor")
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds there are."""
        return [(kind.value, str(name)) for kind, name in catalogue.ACTOR_NAMES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """The chosen kind's events."""
        return queryset.filter(actor_kind=self.value()) if self.value() else queryset


class EventAdmin(RecordAdmin[Event]):
    """The one history, newest first; searched by a subject's id."""

    list_display = ("at", "subject", "sentence")
    list_display_links = ("at",)
    list_filter = (ActorFilter,)
    search_fields = ("subject_id",)
    search_help_text = _("A subject's id in full, such as a case number.")
    fields = (
        "sentence",
        "subject",
        "action",
        "at",
        "content",
        "previous_hash",
        "hash",
        "chain",
    )
    readonly_fields = ("sentence", "subject", "content", "chain")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """Whole ids only: the index of the chains answers those, at any size."""
        wanted = search_term.strip()
        return (of_subject_id(queryset, wanted) if wanted else queryset), False

    @admin.display(description=_("subject"))
    def subject(self, event: Event) -> str:
        """Whose chain, and where in it."""
        kind = KINDS.get(event.subject_kind, event.subject_kind)
        return f"{kind} {event.subject_id} #{event.seq}"

    @admin.display(description=_("what happened"))
    def sentence(self, event: Event) -> str:
        """The event in words."""
        return catalogue.sentence(event.action, event.actor, event.data, ActorKind.STAFF)

    @admin.display(description=_("actor and data, as sealed"))
    def content(self, event: Event) -> SafeString:
        """The event's JSON."""
        sealed = {"actor": event.actor, "data": event.data}
        text = orjson.dumps(sealed, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
        return format_html('<pre tabindex="0">{}</pre>', text)

    @admin.display(description=_("the whole chain"))
    def chain(self, event: Event) -> SafeString:
        """Everything that happened to the subject."""
        entries = timeline(event.subject_kind, event.subject_id, ActorKind.STAFF)
        context = {"entries": entries, "current": event.seq}
        return render_to_string("components/timeline.html", context)
