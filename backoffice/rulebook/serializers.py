"""The shapes of the rulebook in the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backoffice.common.api.fields import StrictSerializer
from backoffice.common.errors import DomainError
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Column, Fact, Kind
from backoffice.rulebook.engine.evaluation import Evaluation
from backoffice.rulebook.engine.rates import money_fact
from backoffice.rulebook.engine.table import CompiledTable
from backoffice.rulebook.models import RulebookVersion


class VersionSerializer(serializers.ModelSerializer[RulebookVersion]):
    """A published version, in a list."""

    class Meta:
        model = RulebookVersion
        fields = ("number", "name", "sha256", "effective_from", "published_at")


class ColumnSerializer(serializers.Serializer[Any]):
    """A typed column; `values` are an enum's closed list."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    about = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())


class RowSerializer(serializers.Serializer[Any]):
    """A row: its conditions as written (a column left out: any), its outputs, and both in words.

    Outputs are evaluated: days, hours and percent are integers.
    """

    number = serializers.IntegerField()
    when = serializers.DictField(child=serializers.JSONField())
    then = serializers.DictField(child=serializers.JSONField())
    sentence = serializers.CharField()
    note = serializers.CharField()


class TableSerializer(serializers.Serializer[Any]):
    """A decision table; `hit` is FIRST (the first row that matches) or COLLECT (every one)."""

    name = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    hit = serializers.ChoiceField(choices=["FIRST", "COLLECT"])
    inputs = ColumnSerializer(many=True)
    outputs = ColumnSerializer(many=True)
    rows = RowSerializer(many=True)


class CalendarSerializer(serializers.Serializer[Any]):
    """When staff work: their time limits stand still outside these hours."""

    zone = serializers.CharField()
    country = serializers.CharField(allow_blank=True, help_text="Whose public holidays are free.")
    days_off = serializers.ListField(child=serializers.DateField())
    hours = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text='By weekday, windows such as "09:00-13:00".',
    )


class HolidaysSerializer(serializers.Serializer[Any]):
    """Whole days on which the two sides' clocks stand still."""

    zone = serializers.CharField()
    country = serializers.CharField(allow_blank=True, help_text="Whose public holidays they are.")
    days_off = serializers.ListField(child=serializers.DateField(), help_text="Further days.")


class RulebookSerializer(VersionSerializer):
    """A published version with its rates and tables."""

    reference_currency = serializers.CharField()
    rates = serializers.DictField(child=serializers.CharField())
    calendar = CalendarSerializer()
    holidays = HolidaysSerializer()
    tables = TableSerializer(many=True)

    class Meta:
        model = RulebookVersion
        fields = (
            *VersionSerializer.Meta.fields,
            "reference_currency",
            "rates",
            "calendar",
            "holidays",
            "tables",
        )


class QuestionSerializer(StrictSerializer):
    """Facts to try against a table: every input column by name. Money in PayPal's shape."""

    table = serializers.CharField(max_length=100)
    inputs = serializers.DictField(child=serializers.JSONField(allow_null=True))


class TraceSerializer(serializers.Serializer[Any]):
    """How the answer came about: version, table, rows that matched (from 1), inputs seen."""

    version = serializers.IntegerField()
    table = serializers.CharField()
    rows = serializers.ListField(child=serializers.IntegerField())
    inputs = serializers.DictField(child=serializers.JSONField())


class AnswerSerializer(serializers.Serializer[Any]):
    """The outputs of each row that matched, the trace, and the trace in words."""

    matches = serializers.ListField(child=serializers.DictField(child=serializers.JSONField()))
    trace = TraceSerializer()
    sentence = serializers.CharField()


def rulebook_json(version: RulebookVersion, book: Rulebook) -> dict[str, Any]:
    """A published version as `RulebookSerializer` describes it."""
    written = {table["name"]: table.get("rows", []) for table in version.document["tables"]}
    return {
        **VersionSerializer(version).data,
        "reference_currency": book.rates.reference,
        "rates": book.rates.written(),
        "calendar": book.calendar.written(),
        "holidays": HolidaysSerializer(book.holidays.written()).data,
        "tables": [_table(book, t, written[name]) for name, t in book.tables.items()],
    }


def answer_json(book: Rulebook, evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as `AnswerSerializer` describes it."""
    return {
        "matches": [dict(outputs) for outputs in evaluation.matches],
        "trace": evaluation.trace.to_json(),
        "sentence": book.explain(evaluation.trace),
    }


def evaluate_json(book: Rulebook, table: str, inputs: Mapping[str, Any]) -> Evaluation:
    """`book.evaluate` for inputs as JSON has them; errors name `inputs.<column>`."""
    compiled = book.tables.get(table)
    columns = compiled.schema.inputs if compiled else ()
    kinds = {column.name: column.kind for column in columns}
    facts: dict[str, Fact] = {}
    name = ""
    try:
        for name, value in inputs.items():
            facts[name] = money_fact(value) if kinds.get(name) is Kind.MONEY else value
        name = ""
        return book.evaluate(table, facts)
    except DomainError as error:
        if error.field != "table":
            error.field = f"inputs.{name or error.field}" if name or error.field else "inputs"
        raise


def _table(book: Rulebook, table: CompiledTable, written: list[dict[str, Any]]) -> dict[str, Any]:
    schema = table.schema
    sentences = book.sentences(schema.name)
    return {
        "name": schema.name,
        "title": schema.title,
        "about": schema.about,
        "hit": schema.hit.value,
        "inputs": [_column(column) for column in schema.inputs],
        "outputs": [_column(column) for column in schema.outputs],
        "rows": [
            {
                "number": row.number,
                "when": raw.get("when", {}),
                "then": dict(row.outputs),
                "sentence": sentence,
                "note": row.note,
            }
            for row, raw, sentence in zip(table.rows, written, sentences, strict=True)
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "kind": column.kind.value,
        "about": column.about,
        "values": list(column.values),
    }
