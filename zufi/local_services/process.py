"""Processes of other programs: recognise them by start time, stop them, find free ports."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

# Below the range that kernels give to outgoing connections (32768 on Linux, 49152 on macOS), so
# that a service finds its old port free when it starts again.
PORTS = range(20_000, 32_000)
PORT_PATIENCE_SECONDS = 2.0
_PROC = Path("/proc")


def start_mark(pid: int) -> str | None:
    """Return a text that only this very process has, or None if no such process lives.

    Linux: boot id and start time in clock ticks (proc(5), field 22). Elsewhere: `ps -o lstart`.
    """
    if pid <= 0:
        return None
    if (_PROC / "self" / "stat").exists():
        try:
            fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        if fields[0] in {"Z", "X"}:  # a zombie holds a pid, but runs nothing
            return None
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}:{fields[19]}"
    return _ps(pid, "lstart=") or None


def is_alive(pid: int, mark: str) -> bool:
    """Return whether the process `pid` still is the one whose start mark was noted."""
    return bool(mark) and start_mark(pid) == mark


def exists(pid: int) -> bool:
    """Return whether the kernel knows the pid, if only as a zombie or of another user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(pid: int) -> str:
    """Return program and arguments separated by blanks, or an empty text."""
    if (_PROC / "self" / "stat").exists():
        try:
            raw = (_PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return ""
        return raw.replace(b"\0", b" ").decode(errors="replace").strip()
    return _ps(pid, "command=")


def pids_working_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is `folder` (Linux; elsewhere none)."""
    found = []
    for entry in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == folder.resolve():
                found.append(int(entry.name))
    return found


def stop(pid: int, mark: str, signals: Sequence[tuple[signal.Signals, float]]) -> bool:
    """Send the signals in turn, each with its patience in seconds, until the process is gone.

    A process with another start mark is never touched. Returns whether one was stopped.
    """
    stopped = False
    for number, patience in signals:
        if not is_alive(pid, mark):
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
            stopped = True
        deadline = time.monotonic() + patience
        while is_alive(pid, mark) and time.monotonic() < deadline:
            time.sleep(0.05)
    return stopped


def is_port_free(port: int) -> bool:
    """Return whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def find_port(preferred: int = 0, taken: frozenset[int] = frozenset()) -> int:
    """Return `preferred` if it is free, else any other free loopback port outside `taken`.

    A preferred port gets a moment, since a server that has just been killed lets it go late.
    """
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while preferred and preferred not in taken:
        if is_port_free(preferred):
            return preferred
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    candidates = random.SystemRandom().sample(PORTS, 200)
    for port in candidates:
        if port not in taken and is_port_free(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, indented, for an error message."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "    (kein Protokoll vorhanden)"
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:]) or "    (leer)"


def _ps(pid: int, column: str) -> str:
    answer = subprocess.run(
        ["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def accepts_connections(port: int, host: str = "127.0.0.1", timeout: float = 2.0) -> bool:
    """Return whether something listens there; `timeout` is in seconds."""
    try:
        with socket.create_connection((host, port), timeout=timeout):
            return True
    except OSError:
        return False
