"""The adjudication desk, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.home import register_panel
from backoffice.common.admin.navigation import register_link
from disputes.admin.cases import CaseAdmin
from disputes.admin.home import cases_panel
from disputes.admin.pauses import PERMISSION as MAY_PAUSE
from disputes.admin.team import PERMISSION
from disputes.admin.templates import TemplateAdmin
from disputes.models import Case, MessageTemplate

admin.site.register(Case, CaseAdmin)
admin.site.register(MessageTemplate, TemplateAdmin)
register_panel("admin/disputes/home.html", cases_panel, order=10)
register_link(_("Cases"), "admin:disputes_case_changelist", "disputes.view_case", order=10)
register_link(
    _("Second looks"),
    "admin:disputes_case_second_looks",
    "disputes.adjudicate_case",
    order=14,
    keys="g s",
)
register_link(_("Pauses"), "admin:disputes_case_pauses", MAY_PAUSE, order=16, keys="g p")
register_link(_("Team"), "admin:disputes_case_team", PERMISSION, order=15, keys="g t")
