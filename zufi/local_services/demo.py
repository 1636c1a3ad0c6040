"""`make demo` from the services on: fill the database, build the index, run the site.

Called as `python -m zufi.local_services.demo`; the steps before (virtual environment, packages)
are the Makefile's. No Django in here: every step is a command of `manage.py`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from zufi.local_services import process, services
from zufi.local_services.messages import ServiceError, say
from zufi.local_services.state import CHECKOUT, state_dir

LAST_STEP = 7
LOGINS_FILE = "demo-logins.txt"
# A worker that ends is started again, unless it ends this often within the demo.
MOST_RESTARTS = 5
STOP_SECONDS = 10


@dataclass
class Child:
    """A long-running command of `manage.py`; the site is the one that must not end."""

    title: str
    command: list[str]
    essential: bool = False
    restarts: int = 0
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it in its own session, so that Ctrl-C reaches only us and we end it in order."""
        # Errors and logs come on standard error; on standard output Django only greets.
        self.running = subprocess.Popen(
            self.command,
            cwd=CHECKOUT,
            # Visitors of the demo get our own pages for errors, not Django's for developers.
            env={"DEBUG": "0", **os.environ},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def terminate(self) -> None:
        """Ask it to end; kill it when it has not after some seconds."""
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


def main() -> int:
    """Run the demo and return the exit code; `SERVE=0` ends after the index is built."""
    try:
        return _run()
    except ServiceError as error:
        say(f"Fehler: {error}")
        return 1
    except KeyboardInterrupt:
        say("Abgebrochen.")
        return 130


def supervise(
    children: list[Child], is_over: Callable[[], bool], pause_seconds: float = 0.5
) -> int:
    """Keep the children running until `is_over`, then end them all; return the exit code.

    An essential child that ends by itself ends the demo with 1; a worker is started again.
    """
    try:
        for child in children:
            child.start()
        while not is_over():
            time.sleep(pause_seconds)
            for child in children:
                if child.running is None or child.running.poll() is None:
                    continue
                if child.essential or child.restarts >= MOST_RESTARTS:
                    say(f"{child.title} hat sich beendet; die Demo endet.")
                    return 1
                child.restarts += 1
                say(f"{child.title} hat sich beendet und wird neu gestartet …")
                child.start()
        return 0
    finally:
        for child in reversed(children):
            child.terminate()


def _run() -> int:
    port = int(os.environ.get("PORT") or 8000)
    is_serving = os.environ.get("SERVE", "1") != "0"
    if is_serving and not process.is_port_free(port):
        raise ServiceError(
            f"Der Anschluss {port} ist belegt. Beenden Sie das Programm dort, oder wählen Sie "
            "einen anderen: make demo PORT=8001"
        )
    was_running = _running_services()
    try:
        _prepare()
        if not is_serving:
            _step(LAST_STEP, "Fertig. Website starten: make demo")
            _print_logins()
            return 0
        _step(LAST_STEP, f"Website auf http://127.0.0.1:{port} starten …")
        code = _serve(port)
    except KeyboardInterrupt:
        _stop_own(was_running)
        raise
    _stop_own(was_running)
    say("Die Demo ist beendet.")
    return code


def _prepare() -> None:
    _step(3, "PostgreSQL und Elasticsearch starten …")
    services.ensure_up()
    _step(4, "Datenbank einrichten …")
    _call("migrate", "--verbosity", "0")
    _step(5, "Demodaten laden …")
    _call("load_demo")
    _step(6, "Suchindex aufbauen …")
    _call("rebuild_index")


def _stop_own(was_running: bool) -> None:
    if not was_running:
        services.stop_all()


def _serve(port: int) -> int:
    children = [
        Child("Abgleich mit der Suche", _manage("sync_index")),
        Child("Hintergrundaufgaben", _manage("db_worker", "--no-reload")),
        Child("Geplante Veröffentlichungen", _manage("publish_due", "--alle", "60")),
        Child("Website", _manage("runserver", "--noreload", f"127.0.0.1:{port}"), essential=True),
    ]
    ended: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        ended.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    announced = False

    def is_over() -> bool:
        nonlocal announced
        if not announced and process.accepts_connections(port):
            announced = True
            _announce(port)
        return bool(ended)

    return supervise(children, is_over)


def _announce(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    say("")
    say(f"  Website:    {base}/")
    say(f"  Redaktion:  {base}/admin/")
    _print_logins()
    say("  Beenden mit Strg-C.")


def _print_logins() -> None:
    path = state_dir() / LOGINS_FILE
    if path.exists():
        say(path.read_text(encoding="utf-8").rstrip())


def _running_services() -> bool:
    report = services.status()
    return all(report[service.name]["running"] for service in services.SERVICES)


def _step(number: int, text: str) -> None:
    say(f"[{number}/{LAST_STEP}] {text}")


def _call(*arguments: str) -> None:
    answer = subprocess.run(_manage(*arguments), cwd=CHECKOUT, check=False)
    if answer.returncode != 0:
        raise ServiceError(f"»manage.py {' '.join(arguments)}« ist gescheitert (siehe oben).")


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(CHECKOUT / "manage.py"), *arguments]


if __name__ == "__main__":
    sys.exit(main())
