"""The rulebook Redress ships with: FIELD.md's numbers, each row with its source."""

from functools import cache
from pathlib import Path
from typing import Any

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.document import parse_toml
from backoffice.rulebook.schemas import load

DEFAULT_TOML = Path(__file__).with_name("default.toml")


def default_document() -> dict[str, Any]:
    """The document in default.toml."""
    return parse_toml(DEFAULT_TOML.read_bytes())


@cache
def default_book() -> Rulebook:
    """The default rulebook compiled as version 1, without a database."""
    return load(default_document(), 1)
