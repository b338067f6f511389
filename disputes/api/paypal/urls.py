"""PayPal's addresses, under /v1/customer/disputes. A verb's name is its place in the address."""

from django.urls import path, re_path

from disputes.api.paypal.base import Elsewhere
from disputes.api.paypal.verbs import VERBS
from disputes.api.paypal.views import DisputesView, DisputeView

app_name = "paypal"
urlpatterns = [
    path("disputes", DisputesView.as_view(), name="disputes"),
    path("disputes/<str:dispute_id>", DisputeView.as_view(), name="dispute"),
    *(
        path(f"disputes/<str:dispute_id>/{view.verb}", view.as_view(), name=view.verb)
        for view in VERBS
    ),
    re_path("", Elsewhere.as_view()),
]
