"""Python's garbage collector, told when it would only be in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No garbage collection during a batch: it would walk every row again and again, for nothing.

    A batch makes no cycles worth the tenth of its time that this saves; its size bounds the memory.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
