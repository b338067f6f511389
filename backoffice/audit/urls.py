"""The audit's addresses under /api/v1/."""

from django.urls import path

from backoffice.audit.api.views import ChainView

urlpatterns = [
    path("audit/<str:subject_kind>/<str:subject_id>", ChainView.as_view(), name="audit-chain"),
]
