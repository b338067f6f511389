"""The ledger's addresses under /api/v1/."""

from django.urls import path

from backoffice.ledger.api.views import AccountsView, TransfersView

app_name = "ledger"
urlpatterns = [
    path("ledger/accounts", AccountsView.as_view(), name="accounts"),
    path("ledger/transfers", TransfersView.as_view(), name="transfers"),
]
