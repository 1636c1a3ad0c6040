"""An earlier report comes from a file or from a commit, and nothing else runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from search.bewertung.frueher import load_bericht
from search.bewertung.vergleich import VergleichFehler

TSV = Path("tests/search/judged/dev.tsv")


@pytest.fixture
def repository(tmp_path: Path, settings: Any) -> Path:
    """A repository with one commit, tagged v1, that holds a report of dev.tsv."""
    settings.BASE_DIR = tmp_path
    stored = tmp_path / "docs" / "suchguete" / "dev.json"
    stored.parent.mkdir(parents=True)
    stored.write_text('{"cases": []}', encoding="utf-8")
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
        subprocess.run(["git", *who, *command], cwd=tmp_path, check=True)
    stored.unlink()
    return tmp_path


def test_a_file_wins(tmp_path: Path) -> None:
    path = tmp_path / "frueher.json"
    path.write_text(json.dumps({"cases": [1]}), encoding="utf-8")

    assert load_bericht(str(path), TSV) == {"cases": [1]}


@pytest.mark.parametrize("ref", ["v1", "HEAD", "HEAD~0"])
def test_a_commit_holds_the_report_of_the_same_file(repository: Path, ref: str) -> None:
    assert load_bericht(ref, TSV) == {"cases": []}


@pytest.mark.parametrize("ref", ["v2", "--output=x", "", "v1:README.md", "HEAD;ls"])
def test_what_is_neither_is_named(repository: Path, ref: str) -> None:
    with pytest.raises(VergleichFehler, match=r"docs/suchguete/dev\.json"):
        load_bericht(ref, TSV)
    assert [path.name for path in repository.iterdir()].count("x") == 0


@pytest.mark.parametrize("text", ["kein json", "[1]"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "frueher.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(VergleichFehler, match=r"JSON|json"):
        load_bericht(str(path), TSV)
