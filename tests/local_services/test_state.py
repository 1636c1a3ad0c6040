"""The state file survives damage and keeps its secrets."""

from __future__ import annotations

import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from zufi.local_services.state import (
    CHECKOUT,
    Record,
    addresses,
    locked,
    read_records,
    state_dir,
    write_record,
)

RECORD = Record(
    pid=0, started="", port=20_001, url="postgres://127.0.0.1:20001/zufi", data="/d", version="18.6"
)


def test_state_lies_in_var_of_the_checkout_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZUFI_STATE", raising=False)

    assert state_dir() == CHECKOUT / "var"
    assert (CHECKOUT / "manage.py").exists()


def test_nothing_is_known_before_the_first_start(state: Path) -> None:
    assert addresses() == {}
    assert not state.exists()


def test_records_of_both_services_are_kept_side_by_side(state: Path) -> None:
    other = replace(RECORD, port=20_002, url="http://127.0.0.1:20002")
    write_record("postgres", RECORD)
    write_record("elasticsearch", other)

    assert read_records() == {"postgres": RECORD, "elasticsearch": other}
    assert addresses() == {"DATABASE_URL": RECORD.url, "ELASTICSEARCH_URL": other.url}


def test_the_file_holds_a_password_and_is_private(state: Path) -> None:
    write_record("postgres", RECORD)

    assert stat.S_IMODE((state / "services.json").stat().st_mode) == 0o600
    assert sorted(path.name for path in state.iterdir()) == ["services.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"postgres": 7}', '{"postgres": {"x": 1}}'])
def test_a_damaged_file_counts_as_none(state: Path, content: str) -> None:
    state.mkdir()
    (state / "services.json").write_text(content)

    assert read_records() == {}
    write_record("postgres", RECORD)
    assert read_records() == {"postgres": RECORD}


def test_a_second_process_waits_for_the_lock(state: Path) -> None:
    wait = (
        "import sys; from pathlib import Path; from zufi.local_services.state import locked\n"
        "with locked(Path(sys.argv[1]), 'Test'): print('drin')"
    )
    with locked(state, "Test"):
        second = subprocess.Popen(
            [sys.executable, "-c", wait, str(state)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        assert "warte" in second.stderr.readline()
        assert second.poll() is None
    output, _ = second.communicate(timeout=10)

    assert output.strip() == "drin"
