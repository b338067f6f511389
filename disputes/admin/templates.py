"""Message templates, in the admin: policy managers write them, the desk uses them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.queries import staff_actor
from backoffice.audit.queries import timeline
from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid
from disputes.admin.doors import reader
from disputes.models import MessageTemplate
from disputes.queries.filling import VARIABLES, check
from disputes.queries.templates import CHINESE
from disputes.service.templates import SUBJECT, keep

TITLES, BODIES = ("title_en", "title_zh_hans"), ("body_en", "body_zh_hans")


class TemplateForm(forms.ModelForm[MessageTemplate]):
    """A template's texts; what an unknown variable is, is said beside the field."""

    class Meta:
        model = MessageTemplate
        fields = ("code", "active", *TITLES, *BODIES)
        widgets = {name: forms.Textarea(attrs={"rows": 6, "cols": 80}) for name in BODIES} | {
            name: forms.TextInput(attrs={"size": 60}) for name in TITLES
        }

    def clean_body_en(self) -> str:
        """The English text."""
        return self._checked("body_en")

    def clean_body_zh_hans(self) -> str:
        """The Chinese text."""
        return self._checked("body_zh_hans")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        try:
            check(text)
        except Invalid as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        return text


class TemplateAdmin(admin.ModelAdmin[MessageTemplate]):
    """The texts that staff use again and again."""

    form = TemplateForm
    list_display = ("code", "title", "active", "updated_at")
    list_filter = ("active",)
    search_fields = ("code", *TITLES, *BODIES)
    ordering = ("code",)
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/record.html"  # its history is ours, on the page itself
    readonly_fields = ("variables", "history")

    def get_fieldsets(self, request: HttpRequest, obj: MessageTemplate | None = None) -> Any:
        """Each language by itself; the history once there is one."""
        return [
            (None, {"fields": ("code", "active", "variables")}),
            (_("English"), {"fields": ("title_en", "body_en")}),
            (_("Chinese"), {"fields": ("title_zh_hans", "body_zh_hans")}),
            *([(None, {"fields": ("history",)})] if obj else []),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: MessageTemplate | None = None
    ) -> tuple[str, ...]:
        """The code names the audit chain, so it stays."""
        return (*self.readonly_fields, *(("code",) if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A template is put out of use; its history stays."""
        return False

    def save_model(
        self, request: HttpRequest, obj: MessageTemplate, form: Any, change: bool
    ) -> None:
        """Through the service, which tells it in the audit; nothing if nothing is changed."""
        if form.has_changed():
            keep(obj, staff_actor(reader(request)), timezone.now())

    @admin.display(description=_("title"))
    def title(self, template: MessageTemplate) -> str:
        """In the reader's language."""
        chinese = get_language() == CHINESE
        return template.title_zh_hans if chinese else template.title_en

    @admin.display(description=_("variables"))
    def variables(self, template: MessageTemplate) -> SafeString:
        """What may stand in the texts, and what each says."""
        named = (("{" + name + "}", about) for name, about in VARIABLES.items())
        return format_html_join("", "<code>{}</code> {}<br>", named)

    @admin.display(description=_("history"))
    def history(self, template: MessageTemplate) -> SafeString:
        """Who changed it, when; a dash where nobody has."""
        entries = timeline(SUBJECT, template.code, ActorKind.STAFF)
        if not entries:
            return SafeString("–")
        return render_to_string("components/timeline.html", {"entries": entries})
