"""`check --deploy`, run as an operator runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "ALLOWED_HOSTS": "redress.example",
    "SECRET_KEY": "x7Rb2-long-enough-and-random-1f9Qz8KpLwT0vYc3NdHs5MgJe6Au4XoBi",
    "DATABASE_URL": "postgres://redress@db.example/redress",
    "BROKER_URL": "redis://broker.example:6379/0",
    "EMAIL_URL": "smtp://mail.example:587?tls=1",
}


def check(variables: dict[str, str], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **variables}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_production_variables_pass(tmp_path: Path) -> None:
    result = check(PRODUCTION, tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("missing", ["DATABASE_URL", "BROKER_URL", "EMAIL_URL", "SECRET_KEY"])
def test_a_default_is_refused_by_name(missing: str, tmp_path: Path) -> None:
    result = check({k: v for k, v in PRODUCTION.items() if k != missing}, tmp_path)
    assert result.returncode == 1
    assert f"{missing} " in result.stderr


def test_simulated_staff_are_refused(tmp_path: Path) -> None:
    result = check(PRODUCTION | {"SIMULATED_ADJUDICATOR": "ann@redress.example"}, tmp_path)
    assert "SIMULATED_ADJUDICATOR is set" in result.stderr


def test_nothing_set_is_refused(tmp_path: Path) -> None:
    result = check({}, tmp_path)
    assert "ALLOWED_HOSTS is not set" in result.stderr
    assert oct((tmp_path / "secret_key").stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://redress@db.example/redress", "begin it with postgres://"),
        ("EMAIL_URL", "mail.example:587", "begin it with smtp://"),
    ],
)
def test_a_url_of_another_kind_is_refused(name: str, value: str, says: str, tmp_path: Path) -> None:
    result = check(PRODUCTION | {name: value}, tmp_path)
    assert (result.returncode, says in result.stderr) == (1, True)
