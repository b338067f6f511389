"""One ruling on many like cases."""

from django.db import models


class SharedRuling(models.Model):
    """Why many like cases were decided at once, in one sentence for all. Never changed.

    Its cases are the Decisions and Proposals that name it: each case was still decided by itself,
    by the same verb and under the same checks.
    """

    public_id = models.CharField(max_length=20, unique=True)
    reason = models.TextField()
    decided_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="a_shared_ruling_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.public_id
