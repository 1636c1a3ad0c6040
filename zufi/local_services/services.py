"""Up, down and status of both services together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from signal import Signals
from typing import Any
from urllib.parse import urlsplit

from zufi.local_services import elasticsearch, postgres, process
from zufi.local_services.messages import say
from zufi.local_services.state import (
    ENVIRONMENT_KEYS,
    Record,
    locked,
    read_records,
    state_dir,
    write_record,
)
from zufi.local_services.unprivileged import Account, service_account, workroom

# How long a live but silent process may be busy before it is taken for hung, in seconds.
PATIENCE_SECONDS = 20
_DEFAULT_PORTS = {"postgres": 5432, "elasticsearch": 9200}


@dataclass(frozen=True)
class Service:
    """What this module needs to know of a server."""

    name: str
    title: str
    start: Callable[[Account, Path, Record | None], Record]
    answers: Callable[[Record], bool]
    stop_signals: Sequence[tuple[Signals, float]]


SERVICES = tuple(
    Service(module.NAME, module.TITLE, module.start, module.answers, module.STOP_SIGNALS)
    for module in (postgres, elasticsearch)
)


def ensure_up() -> dict[str, str]:
    """Start what does not run and return both addresses, keyed like the environment variables.

    A service whose variable is set belongs to the operator: it is neither started nor tested.

    Raises:
        ServiceError: one cannot be started; the text says in German what to do.
    """
    state = state_dir()
    found: dict[str, str] = {}
    with locked(state, "Starten oder Beenden der lokalen Dienste"):
        for service in SERVICES:
            key = ENVIRONMENT_KEYS[service.name]
            found[key] = external_url(service.name) or _start_if_needed(service, state).url
    return found


def stop_all() -> list[str]:
    """Stop the services that we started, and nothing else; return the titles of the stopped."""
    state = state_dir()
    stopped: list[str] = []
    with locked(state, "Starten oder Beenden der lokalen Dienste"):
        for name, record in read_records(state).items():
            service = next(each for each in SERVICES if each.name == name)
            if process.stop(record.pid, record.started, service.stop_signals):
                stopped.append(service.title)
            write_record(name, replace(record, pid=0, started=""), state)
    return stopped


def status() -> dict[str, Any]:
    """Return what runs where, in the shape of `status --json`; starts nothing.

    `managed` is False for a service of the operator, of which only url, host and port are known.
    """
    records = read_records()
    report: dict[str, Any] = {"state": str(state_dir())}
    for service in SERVICES:
        url = external_url(service.name)
        record = records.get(service.name)
        report[service.name] = (
            _external_status(service, url) if url else _local_status(service, record)
        )
    return report


def external_url(name: str) -> str:
    """Return the address that the environment gives for this service, or an empty text."""
    return os.environ.get(ENVIRONMENT_KEYS[name], "").strip()


def split_hosts(name: str, url: str) -> list[tuple[str, int]]:
    """Return host and port of each server in an address; several are separated by commas."""
    hosts = []
    for part in url.split(","):
        # Without a scheme urlsplit takes the host for a path.
        target = urlsplit(part.strip() if "//" in part else f"//{part.strip()}")
        port = target.port or (443 if target.scheme == "https" else _DEFAULT_PORTS[name])
        hosts.append((target.hostname or "127.0.0.1", port))
    return hosts


def _start_if_needed(service: Service, state: Path) -> Record:
    record = read_records(state).get(service.name)
    if record and _settles(service, record):
        return record
    began = time.monotonic()
    account = service_account()
    say(f"{service.title} wird gestartet …")
    started = service.start(account, workroom(account, state), record)
    write_record(service.name, started, state)
    say(f"{service.title} ist nach {time.monotonic() - began:.1f} s bereit.")
    return started


def _settles(service: Service, record: Record) -> bool:
    """Return whether the noted process runs and answers; a hung one is ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.is_alive(record.pid, record.started):
        if service.answers(record):
            return True
        if time.monotonic() > deadline:
            say(f"{service.title} antwortet nicht mehr und wird neu gestartet …")
            process.stop(record.pid, record.started, service.stop_signals)
            return False
        time.sleep(0.5)
    return False


def _local_status(service: Service, record: Record | None) -> dict[str, Any]:
    if record is None:
        empty = dict.fromkeys(("url", "port", "pid", "data", "version"))
        return {"running": False, "managed": True, **empty}
    running = process.is_alive(record.pid, record.started) and service.answers(record)
    return {
        "running": running,
        "managed": True,
        "url": record.url,
        "port": record.port,
        "pid": record.pid if running else None,
        "data": record.data,
        "version": record.version,
    }


def _external_status(service: Service, url: str) -> dict[str, Any]:
    hosts = split_hosts(service.name, url)
    return {
        "running": any(process.accepts_connections(port, host) for host, port in hosts),
        "managed": False,
        "url": url,
        "port": hosts[0][1],
        "pid": None,
        "data": None,
        "version": None,
    }
