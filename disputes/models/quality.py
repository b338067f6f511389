"""A second look at a decided case, to learn how well cases are decided."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disputes.enums import QualityVerdict
from disputes.models.decision import Decision


class QualityCheck(models.Model):
    """One decision drawn for a second look, and what somebody else thought of it.

    Which decisions are drawn follows from the case's id and the rulebook's share alone, so nobody
    chooses. `verdict` is blank until it was looked at; it changes nothing about the case.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="quality_check")
    drawn_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100)
    checked_by = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=QualityVerdict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("quality check")
        verbose_name_plural = _("quality checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", checked_by="", checked_at=None)
                | (
                    Q(verdict__in=QualityVerdict.values, checked_at__isnull=False)
                    & ~Q(checked_by="")
                    & ~Q(note="")
                ),
                name="a_second_look_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(checked_by=F("decided_by")), name="nobody_checks_his_own_decision"
            ),
        ]
        indexes = [
            models.Index(
                fields=["drawn_at", "id"], condition=Q(verdict=""), name="checks_to_be_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.verdict}"
