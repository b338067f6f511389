"""The books, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.navigation import register_link
from backoffice.ledger.admin.accounts import AccountAdmin
from backoffice.ledger.admin.transfers import TransferAdmin
from backoffice.ledger.models import Account, Transfer

admin.site.register(Account, AccountAdmin)
admin.site.register(Transfer, TransferAdmin)
register_link(
    _("Ledger"), "admin:ledger_transfer_changelist", "ledger.view_transfer", order=40, keys="g l"
)
