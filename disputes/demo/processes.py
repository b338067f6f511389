"""What `manage.py demo` runs beside itself: web, worker and beat, as an operator would."""

from __future__ import annotations

import sys

from django.conf import settings

from backoffice.common.supervisor import Child


def processes(port: int) -> list[Child]:
    """The three processes of docs/operators.md, small, on this machine alone."""
    python, here = sys.executable, str(settings.BASE_DIR)
    web = ["gunicorn", "backoffice.wsgi", "--chdir", here, "--bind", f"127.0.0.1:{port}"]
    celery = ["celery", "--quiet", "--app", "backoffice", "--workdir", here]
    # Alone on a broker of files, a worker has nobody to gossip with.
    alone = ["--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    quiet = ["--loglevel", "WARNING"]
    # It is right, and of no use to who tries a demo in a container.
    as_root = ["-W", "ignore:You're running the worker with superuser"]
    web += ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    return [
        Child("web", [python, "-m", *web]),
        Child("worker", [python, *as_root, "-m", *celery, "worker", *alone, *quiet]),
        Child("beat", [python, "-m", *celery, "beat", *quiet]),
    ]
