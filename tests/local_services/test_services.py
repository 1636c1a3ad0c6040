"""Status, addresses of one's own services, and what the commands print."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from zufi.local_services import process, services
from zufi.local_services.__main__ import hide_password, main
from zufi.local_services.messages import ServiceError
from zufi.local_services.state import Record, read_records, write_record

LOCAL_KEYS = {"running", "managed", "url", "port", "pid", "data", "version"}


def test_status_json_before_the_first_start(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)

    assert set(report) == {"postgres", "elasticsearch", "state"}
    assert report["state"] == str(state)
    for name in ("postgres", "elasticsearch"):
        assert set(report[name]) == LOCAL_KEYS
        assert not report[name]["running"]


def test_down_forgets_a_recycled_pid_and_leaves_that_process_alone(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = Record(os.getpid(), "früher:1", 20_001, "http://127.0.0.1:20001", "/d", "8.19.4")
    write_record("elasticsearch", record)

    assert main(["down"]) == 0

    assert "lief kein" in capsys.readouterr().out
    assert read_records()["elasticsearch"].pid == 0
    assert read_records()["elasticsearch"].port == 20_001


def test_own_services_are_neither_started_nor_stopped(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        monkeypatch.setenv("DATABASE_URL", f"postgres://zufi:geheim@127.0.0.1:{port}/zufi")
        monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:1")
        assert main(["up"]) == 0
        assert main(["status"]) == 0
    printed = capsys.readouterr()

    assert "eigener Dienst aus DATABASE_URL, erreichbar" in printed.out
    assert "eigener Dienst aus ELASTICSEARCH_URL, nicht erreichbar" in printed.out
    assert "geheim" not in printed.out + printed.err
    assert read_records() == {}


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("http://es:9201", [("es", 9201)]),
        ("https://a:1,https://u:p@b", [("a", 1), ("b", 443)]),
        ("es1, es2:92", [("es1", 9200), ("es2", 92)]),
        ("http://[::1]:9200", [("::1", 9200)]),
    ],
)
def test_hosts_of_an_address(url: str, hosts: list[tuple[str, int]]) -> None:
    assert services.split_hosts("elasticsearch", url) == hosts


def test_passwords_are_hidden_in_every_part_of_an_address() -> None:
    shown = hide_password("https://a:geheim1@x:1,https://b:geheim2@y")

    assert shown == "https://a:***@x:1,https://b:***@y"


def test_an_error_is_one_german_sentence(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", str(state / "fehlt"))

    assert main(["chromium"]) == 1
    assert capsys.readouterr().err.startswith("Fehler: Chromium startet nicht")


def test_the_real_services_answer_and_keep_their_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ZUFI_CACHE", raising=False)
    try:
        first = services.ensure_up()
    except ServiceError as error:
        pytest.fail(str(error))
    report = services.status()

    assert set(first) == {"DATABASE_URL", "ELASTICSEARCH_URL"}
    assert services.ensure_up() == first
    for name in ("postgres", "elasticsearch"):
        assert report[name]["running"], f"{name} läuft nicht: make services-up"
        if report[name]["managed"]:
            assert process.exists(report[name]["pid"])
            assert report[name]["url"] in first.values()
