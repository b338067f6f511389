"""The doors' addresses. Apps are named as strings: the ground floor imports no floor above it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("c/", include("disputes.hosted.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("files/", include("backoffice.files.urls")),
    path("api/v1/", include("backoffice.rulebook.urls")),
    path("api/v1/", include("backoffice.orders.urls")),
    path("api/v1/", include("backoffice.ledger.urls")),
    path("api/v1/", include("backoffice.audit.urls")),
    path("api/v1/", include("disputes.urls")),
    path("v1/", include("disputes.api.paypal.urls")),
    path("api/v1/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("api/v1/docs", SpectacularSwaggerSplitView.as_view(url_name="openapi"), name="api-docs"),
]

handler400 = "backoffice.common.api.problems.bad_request"
handler404 = "backoffice.common.api.problems.not_found"
handler500 = "backoffice.common.api.problems.server_error"
