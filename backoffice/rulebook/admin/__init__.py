"""Rulebooks in the admin: read by all staff, drafted and published by policy managers."""

from backoffice.rulebook.admin import versions  # noqa: F401  registers the pages
