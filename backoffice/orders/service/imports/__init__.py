"""Importing any shop's CSV files by a mapping (docs/import.md), through the feed."""

from backoffice.orders.service.imports.mapping import Mapping
from backoffice.orders.service.imports.reading import read_mapping
from backoffice.orders.service.imports.report import Report
from backoffice.orders.service.imports.run import import_files

__all__ = ["Mapping", "Report", "import_files", "read_mapping"]
