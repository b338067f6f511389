"""Events as verifiers read them."""

from rest_framework import serializers

from backoffice.audit import catalogue
from backoffice.audit.models import Event
from backoffice.common.actors import ActorKind


class EventSerializer(serializers.ModelSerializer[Event]):
    """Every sealed field as it was sealed, and what it says in a sentence."""

    sentence = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "subject_kind",
            "subject_id",
            "seq",
            "action",
            "actor",
            "at",
            "data",
            "previous_hash",
            "hash",
            "sentence",
        ]

    def get_sentence(self, event: Event) -> str:
        """What happened, in words."""
        return catalogue.sentence(event.action, event.actor, event.data, ActorKind.MARKETPLACE)
