"""What callers send while staff decide, and against what they decided."""

from __future__ import annotations

from backoffice.common.api.fields import Text
from disputes.serializers.bodies import As, NewEvidence
from disputes.verbs.messages import MAX_LENGTH


class AppealBody(As):
    """A side's appeal."""

    text = Text(max_length=MAX_LENGTH, help_text="What is new; it cannot be left out.")


class SupportingInfo(NewEvidence):
    """At least one of `note`, `tracking_number` and `files`."""
