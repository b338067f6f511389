"""`manage.py demo`: an invented marketplace, and everything running on this machine."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from backoffice.common.errors import DomainError
from backoffice.common.supervisor import ChildDied, Supervisor, free_port
from disputes.demo.check import Checker, CheckFailed
from disputes.demo.load import ORDERS, load
from disputes.demo.orders import DAYS
from disputes.demo.people import LOGINS, PASSWORD
from disputes.demo.processes import processes

START_SECONDS = 60
CHECK_ORDERS = 250  # a smaller marketplace: its story is another


class Command(BaseCommand):
    help = "An invented marketplace with web, worker and beat running; --check drives it and ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port, or the next free one")
        parser.add_argument(
            "--check", action="store_true", help="drive the main story on a scratch copy, and end"
        )
        parser.add_argument("--scratch", type=Path, help="made by --check: a folder to remove")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's passwords are public: not with ALLOWED_HOSTS set.")
        if options["check"] and not options["scratch"]:
            _again_on_scratch(options["port"])
        self.console = Console(highlight=False)
        try:
            port = free_port(options["port"])
            self._load(CHECK_ORDERS if options["check"] else ORDERS, f"http://127.0.0.1:{port}")
            self._run(port, options["check"])
        except (ChildDied, CheckFailed, DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.console.print("Stopped.")
        finally:
            if options["scratch"]:
                shutil.rmtree(options["scratch"], ignore_errors=True)

    def _load(self, orders: int, home: str) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[day]}"),
            TimeElapsedColumn(), console=self.console,
        )  # fmt: skip
        now = timezone.now()
        with bar:
            task = bar.add_task("An invented marketplace", total=DAYS, day="", visible=False)

            def show(tick: datetime) -> None:
                days = (tick - now) / timedelta(days=1) + DAYS
                bar.update(task, completed=days, day=f"{tick:%d %b %Y}", visible=True)

            if load(self._key_file, now, show, orders=orders, home=home):
                bar.update(task, completed=DAYS)

    @property
    def _key_file(self) -> Path:
        return Path(settings.VAR_DIR) / "demo_api_key"

    def _run(self, port: int, check: bool) -> None:
        supervisor = Supervisor(self._log)
        key, home = self._key_file.read_text(), f"http://127.0.0.1:{port}"
        checker = Checker(home, key, timezone.now(), supervisor.check) if check else None
        with supervisor.running(processes(port)):
            supervisor.wait_for_answer(port, "/admin/login/", START_SECONDS)
            if checker:
                self._check(checker)
            else:
                self._tell(home)
                supervisor.wait()

    def _log(self, name: str, line: str) -> None:
        if not line.strip():  # Celery leaves some room around its farewell
            return
        self.console.print(f"[dim]{name:>6} |[/] {escape(line)}", soft_wrap=True)

    def _check(self, checker: Checker) -> None:
        for step, told in checker.steps():
            done = f"[green]✓[/] {escape(step)}  [dim]{escape(told)}[/]"
            self.console.print(done, soft_wrap=True)
        self.console.print("[bold green]All of it holds.[/]")

    def _tell(self, home: str) -> None:
        places = Table("place", "address", box=None, show_header=False, padding=(0, 2))
        places.add_row("home", f"{home}/")
        places.add_row("queue", f"{home}/admin/disputes/case/queue/")
        places.add_row("API", f"{home}/api/v1/docs")
        places.add_row("API key", str(self._key_file))
        people = Table("role", "log in as", "name", box=None, padding=(0, 2))
        for login in LOGINS:
            role = str(login.role.label) if login.role else "May do everything"
            people.add_row(role, login.email, login.name)
        self.console.print("\n[bold]Redress, on an invented marketplace[/]", places, "", people)
        self.console.print(f"\n  Every password is [bold]{PASSWORD}[/]. Ctrl-C stops all of it.\n")


def _again_on_scratch(port: int) -> None:
    """Become the same command with everything in a new folder, which it removes in the end."""
    folder = tempfile.mkdtemp(prefix="redress-demo-")
    scratch = {
        "VAR_DIR": folder,
        "DATABASE_URL": "",
        "BROKER_URL": "",
        "EMAIL_URL": "",
        "SWEEP_SECONDS": "3",
    }
    manage = [sys.argv[0], "demo", "--check", "--scratch", folder, "--port", str(port)]
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *manage], {**os.environ, **scratch})  # noqa: S606
