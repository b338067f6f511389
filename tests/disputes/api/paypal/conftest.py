"""PayPal's specification, or a visible skip."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.disputes.api.paypal.spec import FILE, Spec, load


@pytest.fixture
def spec(data_dir: Path) -> Spec:
    path = data_dir / FILE
    if not path.is_file():
        pytest.skip(f"PayPal's specification is not there: {FILE}")
    return load(path)


@pytest.fixture
def photo() -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()
