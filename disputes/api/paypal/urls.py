"""PayPal's addresses, under /v1. A verb's name is its place in the address."""

from django.urls import path, re_path

from disputes.api.paypal.base import Elsewhere
from disputes.api.paypal.token import TokenView
from disputes.api.paypal.verbs import VERBS
from disputes.api.paypal.views import DisputesView, DisputeView

app_name = "paypal"
urlpatterns = [
    path("customer/disputes", DisputesView.as_view(), name="disputes"),
    path("customer/disputes/<str:dispute_id>", DisputeView.as_view(), name="dispute"),
    *(
        path(f"customer/disputes/<str:dispute_id>/{view.verb}", view.as_view(), name=view.verb)
        for view in VERBS
    ),
    path("oauth2/token", TokenView.as_view(), name="token"),
    re_path("^(customer|oauth2)/", Elsewhere.as_view()),
]
