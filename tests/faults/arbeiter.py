"""Two to four workers under a supervisor that starts again whatever was killed."""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from tests.faults.dienste import python
from tests.faults.proxy import Phase, Proxy

SLOTS = 4
PATIENCE_SECONDS = 20.0  # for SIGTERM: the batch at hand may wait for its 5 s twice


class Arbeiter:
    """Keeps `wanted` workers running; each speaks to a port of the proxy of its own."""

    def __init__(self, proxy: Proxy, env: dict[str, str], folder: Path, seed: int) -> None:
        self.proxy = proxy
        self.folder = folder
        self.wanted = 2
        self.killed = 0
        self.fehler: list[str] = []
        self._random = random.Random(seed)
        self._env = [
            env | {"ELASTICSEARCH_URL": f"http://127.0.0.1:{proxy.listen(f'w{slot}')}"}
            for slot in range(SLOTS)
        ]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._ours: set[int] = set()  # pids that we killed
        self._again: dict[int, float] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._supervise, daemon=True)

    def start(self) -> None:
        """The first workers start."""
        self._thread.start()

    def kill_at_bulk(self, phase: Phase, patience: float) -> str:
        """Kill one worker with -9 at its next bulk call; return what happened.

        Without a bulk call in `patience` seconds it is killed where it stands.
        """
        slot = self._choose()
        if slot is None:
            return "kein Arbeiter"
        fired = threading.Event()

        def kill() -> None:
            self._kill(slot)
            fired.set()

        name = f"w{slot}"
        self.proxy.at_next_bulk(name, phase, kill)
        if fired.wait(patience):
            return str(phase)
        if self.proxy.forget(name):
            self._kill(slot)
        return "im Leerlauf"

    def kill_one(self) -> None:
        """Kill one worker with -9 wherever it is."""
        slot = self._choose()
        if slot is not None:
            self._kill(slot)

    def stop(self) -> None:
        """All workers have ended on SIGTERM; whatever did not end well is a failure."""
        self._stopped.set()
        self._thread.join()
        running = list(self._running.values())
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            self._expect_end(process)

    def _expect_end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            code = process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.fehler.append("ein Arbeiter endet nicht auf SIGTERM")
            return
        # Still importing Django, it has no handler yet.
        if code not in {0, -signal.SIGTERM}:
            self.fehler.append(f"ein Arbeiter endet auf SIGTERM mit {code}")

    def _choose(self) -> int | None:
        with self._lock:
            alive = [slot for slot, p in self._running.items() if p.poll() is None]
        return self._random.choice(alive) if alive else None

    def _kill(self, slot: int) -> None:
        with self._lock:
            process = self._running.get(slot)
            if process is not None and process.poll() is None:
                self._ours.add(process.pid)
                self.killed += 1
                process.kill()

    def _supervise(self) -> None:
        while not self._stopped.wait(0.1):
            with self._lock:
                for slot in range(SLOTS):
                    self._look_after(slot, time.monotonic())

    def _look_after(self, slot: int, now: float) -> None:
        process = self._running.get(slot)
        if process is not None and process.poll() is not None:
            del self._running[slot]
            if process.pid not in self._ours and process.returncode not in {0, -signal.SIGTERM}:
                self.fehler.append(f"ein Arbeiter endete von selbst mit {process.returncode}")
            self._again[slot] = now + self._random.uniform(0, 2)
        elif process is None and slot < self.wanted and now >= self._again.get(slot, 0):
            self._running[slot] = python(
                "manage.py",
                "sync_index",
                env=self._env[slot],
                log=self.folder / f"arbeiter-{slot}.log",
            )
        elif process is not None and slot >= self.wanted and process.pid not in self._ours:
            self._ours.add(process.pid)
            process.send_signal(signal.SIGTERM)
