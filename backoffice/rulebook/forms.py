"""What policy managers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.rulebook.engine.document import parse_toml
from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.models import RulebookVersion


class DraftForm(forms.Form):
    """Which version a new draft starts from."""

    start = forms.ModelChoiceField(
        RulebookVersion.objects.order_by("-number"),
        label=_("Start from"),
        empty_label=None,
        help_text=_("The draft begins as a copy of this version."),
    )


class TomlForm(forms.Form):
    """A draft as TOML; `seen` is the hash of what was opened."""

    toml = forms.CharField(
        label=_("Rules"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false", "class": "rb-toml"}),
        help_text=_("Comments are not kept when saving: write a note to the row instead."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_toml(self) -> dict[str, Any]:
        """The document."""
        try:
            return parse_toml(self.cleaned_data["toml"])
        except RulebookError as error:
            raise ValidationError([problem.message for problem in error.problems]) from error


class PublishForm(forms.Form):
    """From when on, and that it is meant."""

    effective_from = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: at once. Orders placed from then on are judged by this version."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["effective_from"].label = _("In force from (%(zone)s)") % {"zone": zone}
