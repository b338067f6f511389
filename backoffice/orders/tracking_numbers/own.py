"""An operator's own couriers: patterns from the TOML file that TRACKING_PATTERNS names."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backoffice.orders.tracking_numbers.checksums import CHECKSUMS
from backoffice.orders.tracking_numbers.patterns import PATTERNS, Pattern, courier_name


class Row(BaseModel):
    """One `[[patterns]]` of the file."""

    model_config = ConfigDict(extra="forbid")

    courier: str = Field(min_length=1)
    form: str = Field(min_length=1)
    checksum: str = ""


class File(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    patterns: list[Row] = Field(min_length=1)


def known_patterns() -> tuple[Pattern, ...]:
    """Ours, and the operator's. Raises ImproperlyConfigured, as the process starts."""
    path: Path | None = settings.TRACKING_PATTERNS
    return PATTERNS + read_patterns(path) if path else PATTERNS


@lru_cache(maxsize=8)
def read_patterns(path: Path) -> tuple[Pattern, ...]:
    """The patterns of the file at `path`. Raises ImproperlyConfigured naming the row."""
    try:
        rows = File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig"))).patterns
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ImproperlyConfigured(f"TRACKING_PATTERNS cannot be read: {exc}") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ImproperlyConfigured(f"TRACKING_PATTERNS: {where}: {first['msg']}") from exc
    return tuple(_pattern(number, row) for number, row in enumerate(rows, 1))


def _pattern(number: int, row: Row) -> Pattern:
    try:
        return Pattern(courier_name(row.courier), row.form, row.checksum)
    except (ValueError, re.error) as exc:
        known = ", ".join(sorted(CHECKSUMS))
        said = f"TRACKING_PATTERNS: pattern {number}: {exc}. Checksums: {known}."
        raise ImproperlyConfigured(said) from exc
