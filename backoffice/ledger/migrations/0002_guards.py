"""The ledger's laws that constraints cannot say: appended only, one currency, one step."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from backoffice.common.triggers import append_only, run

# The one step: pending -> posted or voided, nothing else of the row changed.
SETTLES = " AND ".join(
    [
        "OLD.state = 'PENDING'",
        "NEW.state IN ('POSTED', 'VOIDED')",
        *(
            f"NEW.{column} = OLD.{column}"
            for column in (
                "id key kind debit_id credit_id amount_minor currency subject created_at".split()
            )
        ),
    ]
)
POSTGRESQL = [
    "ALTER TABLE ledger_account ADD CONSTRAINT account_and_currency UNIQUE (id, currency)",
    *(
        f"ALTER TABLE ledger_transfer ADD CONSTRAINT {side}_is_in_the_currency"
        f" FOREIGN KEY ({side}_id, currency) REFERENCES ledger_account (id, currency)"
        for side in ("debit", "credit")
    ),
]
SQLITE = [
    "CREATE TRIGGER ledger_transfer_one_currency BEFORE INSERT ON ledger_transfer"
    " WHEN (SELECT count(*) FROM ledger_account"
    "       WHERE id IN (NEW.debit_id, NEW.credit_id) AND currency = NEW.currency) <> 2"
    " BEGIN SELECT RAISE(ABORT, 'a transfer and its accounts share one currency'); END"
]


def one_currency(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    run(editor.connection, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        append_only("ledger_account"),
        append_only("ledger_transfer", update_unless=SETTLES),
        migrations.RunPython(one_currency, migrations.RunPython.noop),
    ]
