"""Where files are fetched, and where announced ones are put, by signed address."""

from django.urls import path

from backoffice.files.api.incoming import put
from backoffice.files.api.serving import serve

app_name = "files"
urlpatterns = [
    path("incoming/<str:token>", put, name="incoming"),
    path("<str:token>", serve, name="file"),
]
