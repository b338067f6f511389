"""A small API of the tests' own: one view that takes anything, and how to call it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import Group
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from backoffice.common.api.pagination import KeysetPagination
from backoffice.common.api.views import ApiView
from backoffice.common.errors import Refused


class Open(APIView):
    """No key needed: what is tested lies behind the door."""

    authentication_classes = []
    permission_classes = []


class Echo(Open):
    """Answers with the body it was sent."""

    def post(self, request: Request) -> Response:
        return Response(request.data)


class Groups(Open, ApiView):
    """Makes a group on POST, so that an effect can be counted; lists them on GET."""

    keyset = ("name", "id")

    def get(self, request: Request) -> Response:
        pages = KeysetPagination()
        rows = pages.paginate_queryset(Group.objects.all(), request, view=self)
        return pages.get_paginated_response([group.name for group in rows])

    def post(self, request: Request) -> Response:
        group = Group.objects.create(name=request.data["name"])
        if group.name == "raised":
            raise Refused("Not this one.")
        if group.name == "failed":
            return Response({"name": group.name}, status=503)
        status = 409 if group.name == "refused" else 201
        return Response({"id": group.pk}, status=status, headers={"Location": f"/g/{group.pk}"})


def post(view: type[APIView], body: bytes | Any, **headers: str) -> Any:
    """The rendered answer of `view` to a POST of `body`."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = APIRequestFactory().generic(
        "POST", "/api/v1/test", raw, content_type="application/json", headers=headers
    )
    return rendered(view.as_view()(request))


def get(view: type[APIView], **query: object) -> Any:
    """The rendered answer of `view` to a GET with `query`."""
    return rendered(view.as_view()(APIRequestFactory().get("/api/v1/test", query)))


def rendered(response: Any) -> Any:
    """`response` with its content made, and parsed into `document` where it is JSON."""
    if hasattr(response, "render"):
        response.render()
    response.document = json.loads(response.content) if response.content else None
    return response
