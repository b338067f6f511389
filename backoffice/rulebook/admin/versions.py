"""The pages of rulebook versions: list, read, draft, edit, publish."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.accounts.models import User
from backoffice.accounts.queries import staff_actor
from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError
from backoffice.rulebook import service, verbs
from backoffice.rulebook.admin.clocks import clocks
from backoffice.rulebook.admin.presentation import faults, sheets
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.differences import differences
from backoffice.rulebook.engine.problems import Problem, RulebookError
from backoffice.rulebook.engine.writing import write_toml
from backoffice.rulebook.forms import DraftForm, PublishForm, TomlForm
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.queries import book, published
from backoffice.rulebook.schemas import SCHEMAS, load


@admin.register(RulebookVersion)
class RulebookVersionAdmin(admin.ModelAdmin[RulebookVersion]):
    """Published versions can only be read; drafts belong to the policy managers."""

    list_display = ("number", "name", "state", "effective_from", "published_at", "published_by")
    list_display_links = ("number", "name")
    list_select_related = ("published_by",)
    ordering = ("-number",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may draft may add a draft."""
        return _may(request, verbs.DRAFT)

    def has_change_permission(
        self, request: HttpRequest, obj: RulebookVersion | None = None
    ) -> bool:
        """Never by Django's own form."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: RulebookVersion | None = None
    ) -> bool:
        """Never: a version is replaced by publishing another."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RulebookVersion]:
        """Versions, each knowing the number of the one in force now."""
        latest = published().filter(effective_from__lte=timezone.now()).order_by("-effective_from")
        in_force = Subquery(latest.values("number")[:1])
        return super().get_queryset(request).annotate(number_in_force=in_force)

    @admin.display(description=gettext_lazy("state"), ordering=F("effective_from"))
    def state(self, version: RulebookVersion) -> str:
        """Draft, planned, in force, or replaced."""
        if version.effective_from is None:
            return _("draft")
        if version.effective_from > timezone.now():
            return _("planned")
        in_force = getattr(version, "number_in_force", None)
        return _("in force") if version.number == in_force else _("replaced")

    def get_urls(self) -> list[URLPattern]:
        """The pages for drafting and publishing come before Django's catch-all."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/edit/", wrap(self.edit_view), name=_name("edit")),
            path("<int:pk>/publish/", wrap(self.publish_view), name=_name("publish")),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A version to read: its tables if it is sound, else its problems."""
        version = self._version(request, object_id)
        rules, problems = _checked(version)
        context = {
            "state": self.state(version),
            "rules": rules,
            "rates": rules.rates.written() if rules else {},
            "sheets": sheets(rules) if rules else [],
            "clocks": clocks(rules) if rules else [],
            "faults": faults(problems, version.document),
            "may_draft": _may(request, verbs.DRAFT),
            "may_edit": version.published_at is None and _may(request, verbs.DRAFT),
            "may_publish": version.published_at is None and _may(request, verbs.PUBLISH),
        }
        return self._page(request, "version", version, context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new draft, started as a copy of another version."""
        _require(request, verbs.DRAFT)
        form = DraftForm(request.POST or None, initial={"start": request.GET.get("start")})
        if form.is_valid():
            start = form.cleaned_data["start"]
            return _to("edit", service.draft(start.document, _actor(request), timezone.now()))
        return self._page(request, "draft", None, {"form": form})

    def edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft as TOML, with its problems beside it."""
        _require(request, verbs.DRAFT)
        version = self._version(request, str(pk))
        if version.published_at:
            return _to("change", version)
        initial = {"toml": write_toml(version.document, SCHEMAS), "seen": version.sha256}
        form = TomlForm(request.POST or None, initial=initial)
        if form.is_valid():
            data = form.cleaned_data
            now = timezone.now()
            try:
                service.edit(version.number, data["toml"], _actor(request), now, data["seen"])
            except DomainError as error:
                form.add_error(None, error.message)
            else:
                messages.success(request, _("Saved."))
                return _to("edit", version)
        problems = _checked(version)[1]
        context = {"form": form, "faults": faults(problems, version.document)}
        return self._page(request, "edit", version, context)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will change, from when on, and the button that cannot be taken back."""
        _require(request, verbs.PUBLISH)
        version = self._version(request, str(pk))
        if version.published_at:
            return _to("change", version)
        now = timezone.now()
        form = PublishForm(request.POST or None, initial={"seen": version.sha256})
        if form.is_valid():
            data = form.cleaned_data
            try:
                service.publish(
                    version.number,
                    data["effective_from"] or now,
                    _actor(request),
                    now,
                    data["seen"],
                )
            except DomainError as error:
                form.add_error(None, error.message)
            else:
                messages.success(request, _("Version %d is published.") % version.number)
                return _to("change", version)
        rules, problems = _checked(version)
        latest = published().order_by("effective_from").last()
        changes = differences(book(latest.number), rules, _) if rules and latest else []
        context = {
            "form": form,
            "rules": rules,
            "faults": faults(problems, version.document),
            "latest": latest,
            "differences": changes,
        }
        return self._page(request, "publish", version, context)

    def _version(self, request: HttpRequest, object_id: str) -> RulebookVersion:
        version = self.get_object(request, object_id)
        if version is None:
            raise Http404
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return version

    def _page(
        self,
        request: HttpRequest,
        name: str,
        version: RulebookVersion | None,
        context: dict[str, Any],
    ) -> HttpResponse:
        title = _("Rulebook version %d") % version.number if version else _("Draft a rulebook")
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "version": version,
        }
        return TemplateResponse(request, f"admin/rulebook/{name}.html", shared | context)


def _checked(version: RulebookVersion) -> tuple[Rulebook | None, list[Problem]]:
    if version.published_at:
        return book(version.number), []
    try:
        return load(version.document, version.number), []
    except RulebookError as error:
        return None, error.problems


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)  # admin_view let nobody else in
    return staff_actor(request.user)


def _may(request: HttpRequest, permission: str) -> bool:
    return request.user.has_perm(permission)


def _require(request: HttpRequest, permission: str) -> None:
    if not _may(request, permission):
        raise PermissionDenied


def _name(page: str) -> str:
    return f"rulebook_rulebookversion_{page}"


def _to(page: str, version: RulebookVersion) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:{_name(page)}", args=[version.pk]))
