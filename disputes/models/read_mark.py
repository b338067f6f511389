"""How far each side has read."""

from django.db import models
from django.db.models import Q

from disputes.enums import Party
from disputes.models.case import Case
from disputes.models.message import Message


class ReadMark(models.Model):
    """Up to which message one side of a case (buyer, seller or staff) has read, and since when.

    One row for a case and side; none means that nothing was read. It only moves forward. It is no
    part of the case's history: reading changes nothing, so it is in no chain and makes no version.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="read_marks")
    side = models.CharField(max_length=6, choices=Party)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "side"], name="a_side_has_read_up_to_one_message"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Party.values), name="a_known_side_has_read"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.side} {self.message_id}"
