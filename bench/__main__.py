"""Every bench, one after the other. `python -m bench sweep` runs one."""

import runpy
import sys
from pathlib import Path

NAMES = sorted(p.stem for p in Path(__file__).parent.glob("*.py"))
BENCHES = [name for name in NAMES if name in {"sweep", "feed", "hashes", "pages", "photos", "desk"}]

for name in sys.argv[1:2] or BENCHES:
    sys.argv = [name]
    runpy.run_module(f"bench.{name}", run_name="__main__")
