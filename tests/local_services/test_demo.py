"""The demo keeps its processes running and ends them all."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import pytest

from zufi.local_services import demo
from zufi.local_services.demo import Child, supervise

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_all_children_end_with_the_demo() -> None:
    children = [Child("Website", SLEEP, essential=True), Child("Abgleich", SLEEP)]

    assert supervise(children, lambda: True) == 0

    for child in children:
        assert child.running is not None
        assert child.running.poll() is not None


def test_the_demo_ends_with_its_website(capsys: pytest.CaptureFixture[str]) -> None:
    website = Child("Website", [sys.executable, "-c", "raise SystemExit(3)"], essential=True)
    worker = Child("Abgleich", SLEEP)

    assert supervise([worker, website], lambda: False, pause_seconds=0.01) == 1

    assert worker.running is not None
    assert worker.running.poll() is not None
    assert "Website hat sich beendet" in capsys.readouterr().err


def test_a_worker_is_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    worker = Child("Abgleich", [sys.executable, "-c", ""])
    deadline = time.monotonic() + 20

    supervise(
        [worker], lambda: worker.restarts > 0 or time.monotonic() > deadline, pause_seconds=0.01
    )

    assert worker.restarts == 1
    assert "neu gestartet" in capsys.readouterr().err


def test_a_taken_port_is_named_before_anything_starts(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        monkeypatch.setenv("SERVE", "1")
        code = demo.main()

    assert code == 1
    assert "make demo PORT=8001" in capsys.readouterr().err
    assert not state.exists()
