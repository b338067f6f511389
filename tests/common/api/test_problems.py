from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, OperationalError
from django.http import Http404
from django.test import Client
from rest_framework import exceptions, serializers

from backoffice.common.api.problems import to_problem
from backoffice.common.errors import Forbidden, Invalid, NotFound, Refused
from tests.common.api.views import Echo, get


class Price(serializers.Serializer[object]):
    value = serializers.CharField()


class Line(serializers.Serializer[object]):
    sku = serializers.CharField()
    price = Price()


class Order(serializers.Serializer[object]):
    lines = Line(many=True)
    tags = serializers.ListField(child=serializers.IntegerField())


def fields(exc: Exception) -> list[tuple[str, str]]:
    document = to_problem(exc)
    assert document
    return [(error["field"], error["issue"]) for error in document["errors"]]


def test_serializer_errors_carry_their_paths() -> None:
    order = Order(
        data={"lines": [{"sku": "a", "price": {"value": "1"}}, {"price": {}}], "tags": ["x"]}
    )
    with pytest.raises(exceptions.ValidationError) as refused:
        order.is_valid(raise_exception=True)
    assert fields(refused.value) == [
        ("lines[1].sku", "required"),
        ("lines[1].price.value", "required"),
        ("tags[0]", "invalid"),
    ]


def test_a_body_of_the_wrong_kind_is_named_as_a_whole() -> None:
    with pytest.raises(exceptions.ValidationError) as refused:
        Order(data=[]).is_valid(raise_exception=True)
    assert fields(refused.value) == [("", "invalid")]


def test_django_errors_carry_their_fields() -> None:
    error = DjangoValidationError({"name": [DjangoValidationError("Too long.", code="max")]})
    assert fields(error) == [("name", "max")]


@pytest.mark.parametrize(
    ("exc", "status", "code"),
    [
        (Invalid("x", code="invalid_amount"), 400, "invalid_amount"),
        (Forbidden("x"), 403, "forbidden"),
        (NotFound("x"), 404, "not_found"),
        (Refused("x"), 409, "refused"),
        (exceptions.ParseError(), 400, "malformed"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "not_authenticated"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.Throttled(3), 429, "too_many_requests"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "forbidden"),
        (DataError(), 400, "invalid"),
        (OperationalError(), 503, "try_again"),
    ],
)
def test_each_error_has_its_status_and_code(exc: Exception, status: int, code: str) -> None:
    document = to_problem(exc)
    assert document
    assert (document["status"], document["code"]) == (status, code)


def test_our_own_faults_are_no_problem_documents() -> None:
    assert to_problem(ZeroDivisionError()) is None


def test_a_method_that_is_not_there_says_which_are() -> None:
    response = get(Echo)
    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_an_unknown_api_address_is_a_problem_and_an_unknown_page_a_page() -> None:
    assert Client().get("/api/v1/nowhere")["Content-Type"] == "application/problem+json"
    assert Client().get("/nowhere")["Content-Type"].startswith("text/html")
