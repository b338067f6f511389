"""Balances are read from an index alone; it takes the place of the foreign keys' own.

Their indexes are dropped by name: altering the fields would make SQLite copy the table, and lose
the triggers that guard it.
"""

import django.db.models.deletion
from django.db import migrations, models

OLD = ["ledger_transfer_debit_id_9031bbea", "ledger_transfer_credit_id_af787b0c"]


def _unindexed(name: str, related_name: str) -> migrations.AlterField:
    return migrations.AlterField(
        "transfer",
        name,
        models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name=related_name,
            to="ledger.account",
            verbose_name=name,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]

    operations = [
        migrations.AddIndex(
            "transfer",
            models.Index(fields=["debit", "state", "amount_minor"], name="debits_of_an_account"),
        ),
        migrations.AddIndex(
            "transfer",
            models.Index(fields=["credit", "state", "amount_minor"], name="credits_of_an_account"),
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL([f"DROP INDEX {name}" for name in OLD], migrations.RunSQL.noop)],
            [_unindexed("debit", "debits"), _unindexed("credit", "credits")],
        ),
    ]
