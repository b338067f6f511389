"""The disputes' addresses under /api/v1/. A verb's name is its place in the address."""

from django.urls import path

from disputes.api import verbs
from disputes.api.views import DisputesView, DisputeView

VERBS = (
    verbs.SendMessageView,
    verbs.AcceptClaimView,
    verbs.DenyView,
    verbs.EscalateView,
    verbs.WithdrawView,
    verbs.ProvideEvidenceView,
)

app_name = "disputes"
urlpatterns = [
    path("disputes", DisputesView.as_view(), name="disputes"),
    path("disputes/<str:dispute_id>", DisputeView.as_view(), name="dispute"),
    *(
        path(f"disputes/<str:dispute_id>/{view.verb}", view.as_view(), name=view.verb)
        for view in VERBS
    ),
]
