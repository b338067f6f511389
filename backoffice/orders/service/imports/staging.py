"""CSV files in a temporary SQLite file: joined and sorted there, so memory stays flat."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backoffice.common.errors import Invalid
from backoffice.orders.service.imports.mapping import Column, Format, Mapping, Section

CHUNK = 5_000
CELL_LIMIT = 1_000_000
# What a statement of SQLite can hold: 2,000 columns, a million characters.
COLUMN_LIMIT = 1_000
NAME_LIMIT = 200
LINE = "_line"
FED = "_fed"
BLANKS = "' ' || char(9, 10, 13, 160)"
Staged = tuple[Any, ...]
"""A row with its line before its cells."""
Broken = Callable[[str, int, str, str], None]
"""Told of a row that cannot be staged: file, line, issue, reason."""


@contextmanager
def staging() -> Iterator[sqlite3.Connection]:
    """An empty database in a temporary file, removed at the end."""
    with TemporaryDirectory(prefix="redress-import-") as folder:
        database = sqlite3.connect(Path(folder) / "staging.sqlite3")
        try:
            # Nothing to recover: after a crash the import is begun anew.
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            database.execute(f"CREATE TABLE {FED} (ref TEXT PRIMARY KEY, line INTEGER)")
            yield database
        finally:
            database.close()


def load(
    database: sqlite3.Connection, name: str, path: Path, format: Format, broken: Broken
) -> list[str]:
    """Stage the file at `path` as the table `name`; returns its columns.

    A row that is broken (cells missing or too many, bytes that are not text) is told and left out.
    Raises Invalid when the file or its header is unusable.
    """
    try:
        with path.open(encoding=format.encoding, errors="surrogateescape", newline="") as file:
            csv.field_size_limit(CELL_LIMIT)
            reader = csv.reader(file, delimiter=format.delimiter, quotechar=format.quote)
            header = [cell.strip() for cell in next(reader, [])]
            _check_header(path, header, format)
            columns = ", ".join(f"{quoted(column)} TEXT" for column in header)
            database.execute(f"CREATE TABLE {quoted(name)} ({LINE} INTEGER PRIMARY KEY, {columns})")
            marks = ", ".join("?" * (len(header) + 1))
            insert = f"INSERT INTO {quoted(name)} VALUES ({marks})"
            rows = _sound(reader, len(header), path.name, broken)
            while chunk := list(islice(rows, CHUNK)):
                database.executemany(insert, _texts(chunk, path.name, broken))
    except (OSError, ValueError, csv.Error) as exc:
        why = exc.strerror if isinstance(exc, OSError) else exc
        raise Invalid(f"{path.name} cannot be read: {why}.", field=name) from exc
    database.commit()
    return header


def _check_header(path: Path, header: list[str], format: Format) -> None:
    said = ""
    if not header or len(set(header)) != len(header) or not all(header):
        said = f"{path.name} needs a first line of column names, each once."
    elif not _is_text(header) or "\0" in "".join(header):
        said = f"The first line of {path.name} is not text in {format.encoding}; mend `encoding`."
    elif len(header) > COLUMN_LIMIT or max(map(len, header)) > NAME_LIMIT:
        said = (
            f"The first line of {path.name} has {len(header)} columns; at most {COLUMN_LIMIT} can"
            f" be read, with names of {NAME_LIMIT} characters. Is `delimiter` right?"
        )
    if said:
        raise Invalid(said, field="files")


def _sound(reader: Any, width: int, file: str, broken: Broken) -> Iterator[Staged]:
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            broken(file, line, "malformed_csv", f"The row is not CSV: {exc}.")
            continue
        if not row:
            continue  # an empty line
        if len(row) != width:
            said = f"The row has {len(row)} cells, the first line {width}."
            if reader.line_num > line:  # it took all these lines with it
                said += f" It goes on to line {reader.line_num}: is a quote missing?"
            broken(file, line, "malformed_csv", said)
        else:
            yield (line, *row)


def _texts(chunk: list[Staged], file: str, broken: Broken) -> list[Staged]:
    """The rows of `chunk` that are text, which all are, as a rule."""
    if _is_text(chain.from_iterable(row[1:] for row in chunk)):
        return chunk
    sound = []
    for row in chunk:
        if _is_text(row[1:]):
            sound.append(row)
        else:
            broken(file, row[0], "wrong_encoding", "The row holds bytes that are not text.")
    return sound


def _is_text(cells: Iterable[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True


def check_columns(mapping: Mapping, headers: dict[str, list[str]]) -> None:
    """Raise Invalid for a column that the mapping uses and its file lacks."""
    for name, section in mapping.sections():
        for file, column in sorted(section.columns_used()):
            if column not in headers[file]:
                raise Invalid(
                    f"{name} uses {file}.{column}, but {mapping.files[file]} has no such column.",
                    field=name,
                )


def index_joins(
    database: sqlite3.Connection, section: Section, file_names: dict[str, str], broken: Broken
) -> None:
    """Index both sides of every join. Of rows with one key in a joined file, the first counts."""
    for (file, column), (other, key) in section.join_pairs():
        table, cell = quoted(file), quoted(column)
        same = f"SELECT min({LINE}) FROM {table} WHERE {cell} <> '' GROUP BY {cell}"
        doubled = f"FROM {table} WHERE {cell} <> '' AND {LINE} NOT IN ({same})"
        for (line,) in database.execute(f"SELECT {LINE} {doubled}"):
            said = f"An earlier row has the same {column}, by which it is joined."
            broken(file_names[file], line, "duplicate_key", said)
        database.execute(f"DELETE {doubled}")
        for indexed, by in ((file, column), (other, key)):
            index = quoted(f"{indexed} by {by}")
            on = f"{quoted(indexed)} ({quoted(by)})"
            database.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {on}")
    database.commit()


def unjoined(database: sqlite3.Connection, section: Section, file: str) -> Iterator[int]:
    """The lines of the joined `file` that no row of the section names."""
    for (joined, column), (other, key) in section.join_pairs():
        if joined == file:
            named = f"SELECT 1 FROM {quoted(other)} AS o WHERE o.{quoted(key)} = f.{quoted(column)}"
            query = f"SELECT {LINE} FROM {quoted(file)} AS f WHERE NOT EXISTS ({named})"
            for (line,) in database.execute(query):
                yield line


def count(database: sqlite3.Connection, file: str) -> int:
    """How many rows `file` has."""
    query = f"SELECT count(*) FROM {quoted(file)}"
    return int(database.execute(query).fetchone()[0])


def remember_fed(database: sqlite3.Connection, fed: list[tuple[str, int]]) -> None:
    """Keep the orders that were fed, with their lines, until the end."""
    database.executemany(f"INSERT OR REPLACE INTO {FED} VALUES (?, ?)", fed)


def fed_orders(database: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The orders that were fed, with their lines, in the order of the file."""
    yield from database.execute(f"SELECT ref, line FROM {FED} ORDER BY line, ref")


def joined_rows(
    database: sqlite3.Connection, section: Section, columns: list[Column]
) -> Iterator[tuple[Any, ...]]:
    """The section's rows: the line, what they are sorted by, then the trimmed `columns`."""
    key = [_cell(*column) for column in section.sorted_by()]
    cells = [f"nullif(trim({_cell(*column)}, {BLANKS}), '')" for column in columns]
    picked = [f"{quoted(section.rows)}.{LINE}", *key, *cells]
    joins = " ".join(
        f"LEFT JOIN {quoted(file)} ON {_cell(file, column)} = {_cell(*other)}"
        f" AND {_cell(*other)} <> ''"
        for (file, column), other in section.join_pairs()
    )
    order = ", ".join([*key, f"{quoted(section.rows)}.{LINE}"])
    query = f"SELECT {', '.join(picked)} FROM {quoted(section.rows)} {joins} ORDER BY {order}"
    yield from database.execute(query)


def _cell(file: str, column: str) -> str:
    return f"{quoted(file)}.{quoted(column)}"


def quoted(name: str) -> str:
    """A name for SQL that stands for `name`, whatever it holds.

    SQLite's own know no case, hold no NUL and may not begin with some words.
    """
    return f'"x{name.encode().hex()}"'
