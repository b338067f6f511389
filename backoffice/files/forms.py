"""Files in a form: one field, drawn as the upload component, with or without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

BROUGHT = "brought"
MOST = 20
LABEL = _("Photos and PDFs")


@dataclass(frozen=True, slots=True)
class Picked:
    """What the field holds: the ids of files that came ahead, and files that come with the form."""

    ids: tuple[str, ...] = ()
    sent: tuple[UploadedFile[Any], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.sent)


class UploadWidget(forms.Widget):
    """The component of templates/components/upload.html; it brings its own label and help.

    `upload_to` is where upload.js sends files ahead; `brought` are those that came with the form
    that was refused (`id`, `name`, `thumb`), and `wrong` says of others why they did not.
    """

    needs_multipart_form = True
    upload_to = ""
    brought: Sequence[Mapping[str, str]] = ()
    wrong: Sequence[str] = ()

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Picked:
        """Both ways of sending."""
        ids = data.getlist(BROUGHT) if isinstance(data, QueryDict) else data.get(BROUGHT, [])
        sent = files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name, [])
        return Picked(tuple(ids), tuple(sent))

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """No files is an answer too."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Whatever draws the form must not label it a second time."""
        return id_

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The component."""
        context = {
            "name": name,
            "upload_id": (attrs or {}).get("id", name),
            "upload_to": self.upload_to,
            "brought": self.brought,
            "wrong": self.wrong,
        }
        return render_to_string("components/upload.html", context)


class UploadField(forms.Field):
    """Photos and PDFs that go with the form; `Picked` once it is clean."""

    widget = UploadWidget

    def __init__(self, label: str | Promise = LABEL, **options: Any) -> None:
        super().__init__(**{"label": label, "required": False, **options})

    def shows(self, files: Sequence[Mapping[str, str]], wrong: Sequence[str]) -> None:
        """Shown again, the form keeps `files` and says what was `wrong` with others."""
        drawn = self.drawn
        drawn.brought, drawn.wrong = files, wrong

    @property
    def drawn(self) -> UploadWidget:
        """The widget: a form makes one of the class."""
        return cast(UploadWidget, self.widget)

    def clean(self, value: Picked) -> Picked:
        """Raises ValidationError for more than MOST."""
        if len(value.ids) + len(value.sent) > MOST:
            raise forms.ValidationError(
                _("At most %(most)d files at once."), code="too_many_files", params={"most": MOST}
            )
        return value
