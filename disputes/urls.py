"""The disputes' addresses under /api/v1/. A verb's name is its place in the address."""

from django.urls import path

from disputes.api import files, reviewing, settling, verbs
from disputes.api.bundle import BundleView
from disputes.api.links import LinksView
from disputes.api.reading import ReadView
from disputes.api.views import DisputesView, DisputeView

VERBS = (
    verbs.SendMessageView,
    verbs.AcceptClaimView,
    verbs.DenyView,
    verbs.EscalateView,
    verbs.WithdrawView,
    verbs.ProvideEvidenceView,
    *settling.VERBS,
    *reviewing.VERBS,
)

app_name = "disputes"
urlpatterns = [
    path("disputes", DisputesView.as_view(), name="disputes"),
    path("disputes/<str:dispute_id>", DisputeView.as_view(), name="dispute"),
    path("disputes/<str:dispute_id>/links", LinksView.as_view(), name="links"),
    path("disputes/<str:dispute_id>/bundle", BundleView.as_view(), name="bundle"),
    path("disputes/<str:dispute_id>/files", files.FilesView.as_view(), name="files"),
    path("disputes/<str:dispute_id>/uploads", files.UploadsView.as_view(), name="uploads"),
    path(
        "disputes/<str:dispute_id>/uploads/<str:upload_id>/complete",
        files.CompleteView.as_view(),
        name="complete-upload",
    ),
    path("disputes/<str:dispute_id>/read", ReadView.as_view(), name="read"),
    *(
        path(f"disputes/<str:dispute_id>/{view.verb}", view.as_view(), name=view.verb)
        for view in VERBS
    ),
]
