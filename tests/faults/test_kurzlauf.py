"""The storm in its short form; `make chaos MINUTES=20` is the long one.

In a process of its own, because it kills its own servers and this one has settled on others.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 540  # a minute on a free machine, several on a busy one


@pytest.mark.es
@pytest.mark.timeout(PATIENCE_SECONDS + 30)
def test_short_storm_leaves_index_and_database_equal() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--short", "--seed", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )

    assert run.returncode == 0, f"{run.stdout[-6000:]}\n{run.stderr[-4000:]}"
    assert "Neuaufbau: umgeschaltet" in run.stdout
