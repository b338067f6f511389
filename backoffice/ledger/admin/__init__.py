"""The books, to read."""

from django.contrib import admin

from backoffice.ledger.admin.accounts import AccountAdmin
from backoffice.ledger.admin.transfers import TransferAdmin
from backoffice.ledger.models import Account, Transfer

admin.site.register(Account, AccountAdmin)
admin.site.register(Transfer, TransferAdmin)
