"""Reading rulebooks, and trying facts against them."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.enums import Scope
from backoffice.common.api.views import ApiView
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.queries import book, published, version_row
from backoffice.rulebook.serializers import (
    AnswerSerializer,
    QuestionSerializer,
    RulebookSerializer,
    VersionSerializer,
    answer_json,
    evaluate_json,
    rulebook_json,
)

QUESTION = {"table": "claim_limit", "inputs": {"reason": "COUNTERFEIT"}}
READ: dict[str, Scope] = {"GET": Scope.RULEBOOK_READ, "POST": Scope.RULEBOOK_READ}


@extend_schema(summary="List rulebooks")
class RulebookList(ApiView, ListAPIView[RulebookVersion]):
    """The published versions, newest first. Each is in force until the next one's date."""

    scopes = READ
    keyset = ("-number",)
    queryset = published()
    serializer_class = VersionSerializer


class RulebookDetail(ApiView):
    """A published version: its rates and its tables, row by row, with a sentence for each."""

    scopes = READ

    @extend_schema(summary="Read a rulebook", responses=RulebookSerializer)
    def get(self, request: Request, number: int) -> Response:
        """The version. Raises NotFound."""
        return Response(rulebook_json(version_row(number), book(number)))


class RulebookEvaluation(ApiView):
    """What a table of a published version says about given facts. Nothing is stored."""

    scopes: ClassVar[dict[str, Scope]] = READ

    @extend_schema(
        summary="Ask a rulebook",
        request=QuestionSerializer,
        responses=AnswerSerializer,
        examples=[OpenApiExample("The most that can be claimed", QUESTION, request_only=True)],
    )
    def post(self, request: Request, number: int) -> Response:
        """The answer with its trace. Raises NotFound, or Invalid naming the input at fault."""
        rules = book(number)
        question = QuestionSerializer(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        return Response(answer_json(rules, evaluate_json(rules, asked["table"], asked["inputs"])))
