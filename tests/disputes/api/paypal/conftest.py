"""PayPal's specification, or a visible skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disputes.api.paypal.spec import FILE, Spec, load


@pytest.fixture
def spec(data_dir: Path) -> Spec:
    path = data_dir / FILE
    if not path.is_file():
        pytest.skip(f"PayPal's specification is not there: {FILE}")
    return load(path)
