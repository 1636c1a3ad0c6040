"""Only the very process that was noted is ever stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from zufi.local_services import process

SIGNALS = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        yield child
        child.kill()


def test_a_live_process_is_recognised_by_its_mark(sleeper: subprocess.Popen[bytes]) -> None:
    mark = process.start_mark(sleeper.pid)

    assert mark
    assert process.is_alive(sleeper.pid, mark)
    assert mark != process.start_mark(os.getpid())


def test_a_recycled_pid_is_not_ours_and_stays_alive(sleeper: subprocess.Popen[bytes]) -> None:
    assert not process.is_alive(sleeper.pid, "früher:1")
    assert not process.stop(sleeper.pid, "früher:1", SIGNALS)
    assert sleeper.poll() is None


def test_a_noted_process_is_stopped(sleeper: subprocess.Popen[bytes]) -> None:
    mark = process.start_mark(sleeper.pid) or ""

    assert process.stop(sleeper.pid, mark, SIGNALS)
    assert sleeper.wait(5) == -signal.SIGTERM


def test_a_zombie_is_not_alive(sleeper: subprocess.Popen[bytes]) -> None:
    mark = process.start_mark(sleeper.pid) or ""
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)

    assert process.exists(sleeper.pid)
    assert not process.is_alive(sleeper.pid, mark)


@pytest.mark.parametrize("pid", [0, -1])
def test_pid_zero_is_no_process_of_ours(pid: int) -> None:
    assert process.start_mark(pid) is None
    assert not process.stop(pid, "", SIGNALS)


def test_a_taken_port_is_replaced_by_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PORT_PATIENCE_SECONDS", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        port = process.find_port(taken)

        assert not process.is_port_free(taken)
        assert process.accepts_connections(taken)
    assert port != taken
    assert process.is_port_free(port)


def test_the_preferred_port_is_kept_when_it_is_free() -> None:
    port = process.find_port()

    assert process.find_port(port) == port
    assert process.find_port(port, frozenset({port})) != port
