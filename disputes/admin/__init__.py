"""The adjudication desk, in the admin."""

from django.contrib import admin

from backoffice.common.admin.home import register_panel
from disputes.admin.cases import CaseAdmin
from disputes.admin.home import cases_panel
from disputes.models import Case

admin.site.register(Case, CaseAdmin)
register_panel("admin/disputes/home.html", cases_panel, order=10)
