"""When staff were first to answer is kept beside the next reminder: the queue goes by it."""

from django.db import migrations, models
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce

OPEN = Q(due_at__isnull=False)


def first_reminders(apps, schema_editor):
    """Of cases reminded of already: staff were to answer when the first reminder came.

    (A sweep comes by each minute. Of a wait whose chain tells of none, only its beginning is sure.)
    """
    chain = apps.get_model("audit", "Event").objects.filter(
        subject_kind="case", action="case.review_overdue"
    )
    for case in apps.get_model("disputes", "Case").objects.filter(reminders__gt=0).iterator():
        told = chain.filter(subject_id=case.public_id, at__gte=case.waiting_since)
        first = told.order_by("seq").values_list("at", flat=True).first()
        case.overdue_since = first or case.waiting_since
        case.save(update_fields=["overdue_since"])


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0014_both_sides_appeal"),
        ("orders", "0004_names_for_readers"),
        ("audit", "0002_append_only"),
    ]
    operations = [
        migrations.RemoveIndex("case", "open_cases_by_state"),
        migrations.RemoveIndex("case", "reviews_overdue"),
        migrations.AddField("case", "overdue_since", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(first_reminders, migrations.RunPython.noop),
        migrations.AddField(
            "case",
            "expected_by",
            models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(due_at__isnull=False, then=Coalesce("overdue_since", "due_at")),
                    default=None,
                ),
                output_field=models.DateTimeField(null=True),
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["state", "expected_by", "id"], condition=OPEN, name="open_cases_by_state"
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, sweep_error=""),
                name="cases_by_urgency",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["expected_by", "id"],
                condition=Q(due_at__isnull=False, reminders__gt=0),
                name="reviews_overdue",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(reminders=0, overdue_since=None)
                | Q(reminders__gt=0, overdue_since__isnull=False),
                name="a_case_reminded_of_says_since_when",
            ),
        ),
    ]
