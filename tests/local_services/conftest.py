"""A state folder and an environment of their own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "zustand mit blank"
    monkeypatch.setenv("ZUFI_STATE", str(folder))
    monkeypatch.setenv("ZUFI_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    return folder
