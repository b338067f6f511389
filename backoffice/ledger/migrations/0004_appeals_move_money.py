"""The kinds of transfer that a decision on appeal makes, each once in a case."""

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from backoffice.common.triggers import Guard, run

guards = import_module("backoffice.ledger.migrations.0002_guards")


def guard_again(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes a table anew to alter it, and its triggers go."""
    vendor = editor.connection.vendor
    guard = Guard("ledger_transfer", update_unless=guards.SETTLES)
    run(editor.connection, [*guard.drop_sql(vendor), *guard.create_sql(vendor)])
    if vendor != "postgresql":
        run(editor.connection, guards.SQLITE)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_balances_from_an_index"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="transfer",
            name="a_transfer_has_a_known_kind",
        ),
        migrations.AlterField(
            model_name="transfer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("HOLD", "Hold of the seller's money while a case is open"),
                    ("REFUND", "Refund to the buyer"),
                    ("FURTHER", "Further refund to the buyer, on appeal"),
                    ("REIMBURSE", "What the seller bore, given back by the platform on appeal"),
                    ("RECOVERY", "What the platform had borne, charged to the seller on appeal"),
                    ("CLAWBACK", "A refund taken back from the buyer for fraud"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["HOLD", "REFUND", "FURTHER", "REIMBURSE", "RECOVERY", "CLAWBACK"])
                ),
                name="a_transfer_has_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["FURTHER", "REIMBURSE", "RECOVERY", "CLAWBACK"])),
                fields=("subject", "kind"),
                name="an_appeal_moves_money_of_a_kind_once",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
