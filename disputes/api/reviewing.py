"""What the sides do while staff decide, and against what they decided."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from disputes.api.base import VerbView
from disputes.lifecycle import Verb
from disputes.serializers import reviewing_bodies as bodies
from disputes.serializers.dispute import DisputeOut
from disputes.verbs.appeals import appeal
from disputes.verbs.supporting_info import provide_supporting_info


def _described(summary: str, **example: Any) -> Any:
    shown = OpenApiExample(summary, value=example, request_only=True)
    return extend_schema(
        tags=["disputes"], summary=summary, responses={200: DisputeOut}, examples=[shown]
    )


@_described("Appeal", text="The carrier has now confirmed that it went to another address.")
class AppealView(VerbView):
    """Appeal against what staff or a rule decided, with something new, once for each side.

    Somebody who had no part in the decision hears it. No money moves until then.
    """

    verb = Verb.APPEAL
    function = appeal
    serializer_class = bodies.AppealBody


@_described(
    "Provide supporting information", evidence_type="OTHER", note="The neighbour has seen it."
)
class SupportingInfoView(VerbView):
    """Give more while staff decide, or while a decision is proposed. No clock moves."""

    verb = Verb.PROVIDE_SUPPORTING_INFO
    function = provide_supporting_info
    serializer_class = bodies.SupportingInfo


VERBS = (AppealView, SupportingInfoView)
