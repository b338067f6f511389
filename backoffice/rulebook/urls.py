"""Addresses of the rulebook's API."""

from django.urls import path

from backoffice.rulebook.api.views import RulebookDetail, RulebookEvaluation, RulebookList

urlpatterns = [
    path("rulebooks", RulebookList.as_view(), name="rulebooks"),
    path("rulebooks/<int:number>", RulebookDetail.as_view(), name="rulebook"),
    path("rulebooks/<int:number>/evaluate", RulebookEvaluation.as_view(), name="rulebook-evaluate"),
]
