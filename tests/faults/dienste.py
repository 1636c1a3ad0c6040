"""PostgreSQL and Elasticsearch of this run alone: they are killed, frozen and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from zufi.local_services import process, services
from zufi.local_services.state import CHECKOUT, Record, read_records, state_dir
from zufi.local_services.unprivileged import service_account, workroom

ADDRESSES = ("DATABASE_URL", "ELASTICSEARCH_URL")


class EigeneDienste:
    """Both servers in a state folder of their own; only those are ever touched."""

    def __init__(self) -> None:
        self.state = CHECKOUT / "var" / f"chaos-{os.getpid()}"
        os.environ["ZUFI_STATE"] = str(self.state)
        self._lock = threading.Lock()

    def start(self) -> None:
        """Both run, the tables exist; they are made while Elasticsearch is still starting."""
        starting = threading.Thread(target=self._ensure_up)
        starting.start()
        deadline = time.monotonic() + 120
        while "postgres" not in read_records(self.state):
            if time.monotonic() > deadline or not starting.is_alive():
                raise RuntimeError("PostgreSQL did not start")
            time.sleep(0.1)
        env = os.environ | {
            "DATABASE_URL": self.database_url,
            "ELASTICSEARCH_URL": "http://127.0.0.1:1",
        }
        env["DJANGO_SETTINGS_MODULE"] = "zufi.settings.dev"
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "migrate", "-v", "0"],
            cwd=CHECKOUT,
            env=env,
            check=True,
        )
        starting.join()
        self.elasticsearch_port  # noqa: B018 - fails here if it did not start

    @property
    def database_url(self) -> str:
        """Address of the database; it stays the same over restarts."""
        return self._record("postgres").url

    @property
    def elasticsearch_url(self) -> str:
        """Address of the server itself, without the proxy."""
        return self._record("elasticsearch").url

    @property
    def elasticsearch_port(self) -> int:
        """Port of the server itself."""
        return self._record("elasticsearch").port

    def kill(self, name: str, number: signal.Signals) -> None:
        """The server has got this signal and, unless it was a stop, is gone."""
        record = self._record(name)
        process.stop(record.pid, record.started, [(number, 30.0)])
        with contextlib.suppress(ChildProcessError):  # a zombie would count as still dying
            os.waitpid(record.pid, 0)

    def freeze(self) -> None:
        """Elasticsearch stands still, with its sockets open."""
        os.kill(self._record("elasticsearch").pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Elasticsearch goes on, if it was frozen."""
        record = self._record("elasticsearch")
        if process.is_alive(record.pid, record.started):
            os.kill(record.pid, signal.SIGCONT)

    def revive(self) -> None:
        """Both run again, on the same ports as before."""
        with self._lock:
            before = {name: record.port for name, record in read_records(self.state).items()}
            self._ensure_up()
            after = {name: record.port for name, record in read_records(self.state).items()}
            if before != after:
                raise RuntimeError(f"other ports after the restart: {before} → {after}")

    def stop(self, *, keep: bool) -> None:
        """Both have ended and their data is gone, unless it is kept to be looked at."""
        if "elasticsearch" in read_records(self.state):
            self.thaw()
        services.stop_all()
        if keep:
            return
        shutil.rmtree(workroom(service_account(), self.state), ignore_errors=True)
        shutil.rmtree(self.state, ignore_errors=True)

    def _ensure_up(self) -> None:
        """Addresses in the environment would name servers of somebody else: not for this call."""
        kept = {name: os.environ.pop(name) for name in ADDRESSES if name in os.environ}
        try:
            services.ensure_up()
        finally:
            os.environ.update(kept)

    def _record(self, name: str) -> Record:
        if state_dir() != self.state:  # nothing else may ever be killed from here
            raise RuntimeError("the state folder is not ours")
        return read_records(self.state)[name]


def python(*arguments: str, env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a Python process of ours, its output in a file."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
