"""The hosted page's addresses, under /c/."""

from django.urls import path

from disputes.hosted import files, views

app_name = "hosted"
urlpatterns = [
    path("<str:token>", views.page, name="page"),
    path("<str:token>/files", files.upload, name="files"),
    path("<str:token>/read", views.read_messages, name="read"),
    path("<str:token>/<str:verb>", views.do, name="do"),
]
