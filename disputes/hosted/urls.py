"""The hosted page's addresses, under /c/."""

from django.urls import path

from disputes.hosted import views

app_name = "hosted"
urlpatterns = [
    path("<str:token>", views.page, name="page"),
    path("<str:token>/<str:verb>", views.do, name="do"),
]
