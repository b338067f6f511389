"""Photos and documents, kept sealed and shown only as we made them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "backoffice.files"
    label = "files"
    verbose_name = _("Files")
