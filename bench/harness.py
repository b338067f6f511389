"""What every bench shares: a PostgreSQL database of its own, medians, memory, a printed table."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from rich.console import Console
from rich.table import Table

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
console = Console()


def url_of(database: str) -> str:
    """The address of `database` on the bench's server."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


@contextmanager
def own_database(name: str, template: str = "template0") -> Iterator[str]:
    """A database made for this bench (a copy of `template`) and dropped after it."""
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        admin.execute(drop.format(sql.Identifier(name)))
        admin.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield url_of(name)
        finally:
            admin.execute(drop.format(sql.Identifier(name)))


def use(url: str) -> None:
    """Set Django up on the database at `url` (once per process)."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    import django

    django.setup()


def close_all() -> None:
    """Give back every connection, so that the database can be copied or dropped."""
    from django.db import connection

    connection.close()
    getattr(connection, "close_pool", lambda: None)()


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes by the wall."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median(values: list[float]) -> float:
    """The middle one: machines are noisy."""
    return statistics.median(values)


def memory_mb() -> int:
    """This process's highest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def show(title: str, head: list[str], rows: list[list[str]]) -> None:
    """Print one table."""
    table = Table(*head, title=title)
    for row in rows:
        table.add_row(*row)
    console.print(table)
