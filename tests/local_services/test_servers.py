"""Settings of the two servers and recognising those that already run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from zufi.local_services import elasticsearch, postgres
from zufi.local_services.elasticsearch import Node
from zufi.local_services.java import parse_major
from zufi.local_services.unprivileged import own_folder, reachable, run, service_account

PACKAGED_OPTIONS = """
## eine Erklärung
-XX:+UseG1GC
20-:--add-modules=jdk.incubator.vector
-XX:+HeapDumpOnOutOfMemoryError
-Xlog:gc*,gc+age=trace,safepoint:file=gc.log
-Djava.io.tmpdir=${ES_TMPDIR}
"""


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return Node(tmp_path / 'ein "Ordner"', service_account())


def test_elasticsearch_stays_on_loopback_and_creates_no_index_by_itself(node: Node) -> None:
    lines = elasticsearch.settings_text(node, 20_001, 20_002).splitlines()

    assert {
        "discovery.type: single-node",
        "network.host: 127.0.0.1",
        "http.port: 20001",
        "transport.port: 20002",
        "action.auto_create_index: false",
    } <= set(lines)
    assert any(line.endswith(r'ein \"Ordner\"/data"') for line in lines)


def test_java_options_fit_the_small_runtime(node: Node) -> None:
    options = elasticsearch.jvm_options(PACKAGED_OPTIONS, node).splitlines()

    assert options == [
        "-XX:+UseG1GC",
        "-Djava.io.tmpdir=${ES_TMPDIR}",
        "-Xms512m",
        "-Xmx512m",
        node.option,
    ]


@pytest.mark.parametrize(
    ("answer", "major"),
    [
        ('openjdk version "21.0.8" 2025-07-15 LTS', 21),
        ('openjdk version "17" 2021-09-14', 17),
        ('java version "1.8.0_402"', 8),
        ("command not found", 0),
    ],
)
def test_major_version_of_java(answer: str, major: int) -> None:
    assert parse_major(answer) == major


def test_a_foreign_process_in_the_pid_file_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n0\n20001\n")

    assert postgres.find_orphan(tmp_path) == (0, 0)


def test_no_pid_file_means_no_running_server(node: Node, tmp_path: Path) -> None:
    assert postgres.find_orphan(tmp_path) == (0, 0)
    assert elasticsearch.find_orphan(node) == (0, 0)


def test_servers_never_run_as_root(tmp_path: Path) -> None:
    account = service_account()
    folder = own_folder(account, tmp_path / "daten")

    assert account.uid != 0
    assert run(account, ["id", "-u"]).stdout.strip() == str(account.uid)
    assert folder.stat().st_uid == account.uid


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that other accounts may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setenv("ZUFI_CACHE", f"{name}/cache")
        yield Path(name)


def test_a_program_out_of_reach_is_copied(open_folder: Path, tmp_path: Path) -> None:
    account = service_account()
    program = tmp_path / "paket" / "programm"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    tmp_path.chmod(0o700)

    found = reachable(account, tmp_path, ["paket", "fehlt"], "paket/programm", "paket-1")

    assert found == (open_folder / "cache" / "paket-1" if account.switch else tmp_path)
    assert run(account, [found / "paket/programm"]).returncode == 0
